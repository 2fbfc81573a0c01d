from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    name = "nenep.briefings"
    label = "briefings"
    verbose_name = "Giao ban cụm"

    def ready(self) -> None:
        from nenep.briefings.events import LABELS  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415

        verbs.register(LABELS)
