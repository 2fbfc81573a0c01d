from django.apps import AppConfig


class VisitsConfig(AppConfig):
    name = "nenep.visits"
    label = "visits"
    verbose_name = "Lịch dự sinh hoạt"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.visits import events, providing, telling  # noqa: PLC0415

        verbs.register(events.LABELS)
        providers.links.register(providing.links)
        providers.visitors.register(providing.links)
        providers.announced.register(telling.tell_of_meeting)
