from django.apps import AppConfig


class BriefingsConfig(AppConfig):
    name = "nenep.briefings"
    label = "briefings"
    verbose_name = "Giao ban cụm"

    def ready(self) -> None:
        from nenep.briefings.events import LABELS  # noqa: PLC0415
        from nenep.briefings.reads import records_of_plan  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.plans.providers import records  # noqa: PLC0415

        records.register(records_of_plan)
        verbs.register(LABELS)
