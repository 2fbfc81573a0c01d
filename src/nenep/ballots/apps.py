from django.apps import AppConfig


class BallotsConfig(AppConfig):
    name = "nenep.ballots"
    label = "ballots"
    verbose_name = "Bỏ phiếu kín trên giấy"

    def ready(self) -> None:
        from nenep.ballots import events, providing  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.votes.providers import when_decided  # noqa: PLC0415

        verbs.register(events.LABELS)
        providers.obstacles.register(providing.obstacles)
        providers.links.register(providing.links)
        providers.item_lines.register(providing.item_lines)
        providers.minutes_blocks.register(providing.minutes_blocks)
        when_decided(providing.decided)
