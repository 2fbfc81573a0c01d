from django.apps import AppConfig


class ReturnsConfig(AppConfig):
    name = "nenep.returns"
    label = "returns"
    verbose_name = "Báo cáo tháng"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.returns import events, providing  # noqa: PLC0415

        verbs.register(events.LABELS)
        providers.links.register(providing.links)
        providers.after_signing.register(providing.after_signing)
