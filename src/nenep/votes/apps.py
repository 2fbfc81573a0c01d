from django.apps import AppConfig


class VotesConfig(AppConfig):
    name = "nenep.votes"
    label = "votes"
    verbose_name = "Biểu quyết ghi tên"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.privacy import retention  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415
        from nenep.votes import events, forgetting, providing  # noqa: PLC0415

        verbs.register(events.LABELS)
        register_list_reads("named_vote.read")
        providers.obstacles.register(providing.obstacles)
        providers.links.register(providing.links)
        providers.minutes_blocks.register(providing.minutes_blocks)
        providers.figures.register(providing.figures)
        retention.register("votes.Cast", forgetting.forget_casts)
        retention.register("votes.Reservation", forgetting.forget_reservations)
