from django.apps import AppConfig


class RoomsConfig(AppConfig):
    name = "nenep.rooms"
    label = "rooms"
    verbose_name = "Điều hành kỳ sinh hoạt"

    def ready(self) -> None:
        from nenep.journal import following, verbs  # noqa: PLC0415
        from nenep.live.streams import register  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.rooms import events, operations, providing, writing  # noqa: PLC0415
        from nenep.rooms.screen import STREAM, ring  # noqa: PLC0415

        verbs.register(events.LABELS)
        register(STREAM)
        following.follow([*events.LABELS, *events.OF_OTHERS], ring)
        following.follow(["item.recorded"], writing.forget_writer)
        providers.room_left.register(operations.forget)
        providers.room_left.register(writing.forget_writers)
        providers.links.register(providing.links)
        providers.figures.register(providing.figures)
