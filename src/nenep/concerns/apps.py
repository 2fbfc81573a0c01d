from django.apps import AppConfig


class ConcernsConfig(AppConfig):
    name = "nenep.concerns"
    label = "concerns"
    verbose_name = "Tâm tư, kiến nghị"

    def ready(self) -> None:
        from nenep.concerns import providing  # noqa: PLC0415
        from nenep.concerns.events import LABELS  # noqa: PLC0415
        from nenep.concerns.jobs import remind_of_overdue  # noqa: PLC0415
        from nenep.concerns.operations import forget_concerns  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.notices.jobs import register_job  # noqa: PLC0415
        from nenep.privacy import retention  # noqa: PLC0415

        verbs.register(LABELS)
        retention.register("concerns.Concern", forget_concerns)
        register_job("concerns.remind", every="day", run=remind_of_overdue)
        providers.suggestions.register(providing.suggestions)
        providers.origins.register(providing.pages)
        providers.suggestions.register(providing.official_suggestions)
        providers.origins.register(providing.official_pages)
