from django.apps import AppConfig


class GuidanceConfig(AppConfig):
    name = "nenep.guidance"
    label = "guidance"
    verbose_name = "Trọng tâm sinh hoạt của cấp trên"

    def ready(self) -> None:
        from nenep.guidance import providing  # noqa: PLC0415
        from nenep.guidance.events import LABELS  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.plans.providers import focuses  # noqa: PLC0415

        verbs.register(LABELS)
        focuses.register(providing.focuses_of_year)
        providers.suggestions.register(providing.suggestions)
        providers.origins.register(providing.pages)
