from django.apps import AppConfig


class PlansConfig(AppConfig):
    name = "nenep.plans"
    label = "plans"
    verbose_name = "Kế hoạch năm"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.plans import adopting, events, operations, providing  # noqa: PLC0415

        verbs.register(events.LABELS)
        providers.planned.register(providing.planned)
        providers.born.register(providing.follow)
        providers.awaiting.register(providing.awaiting)
        providers.replanned.register(operations.tell_of_meeting)
        providers.links.register(providing.links)
        providers.suggestions.register(adopting.suggestions)
        providers.origins.register(adopting.pages)
