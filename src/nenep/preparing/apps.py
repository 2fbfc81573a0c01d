from django.apps import AppConfig


class PreparingConfig(AppConfig):
    name = "nenep.preparing"
    label = "preparing"
    verbose_name = "Chuẩn bị kỳ sinh hoạt"

    def ready(self) -> None:
        from nenep.files.owners import register_owner  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.preparing import events, providing, reading, shown, thematic  # noqa: PLC0415
        from nenep.privacy import retention  # noqa: PLC0415

        verbs.register(events.LABELS)
        retention.register("preparing.Reading", reading.forget_readings)
        register_owner("preparing.material", providing.material_is_readable)
        register_owner("preparing.regulation", providing.regulation_is_readable)
        providers.preparation.register(providing.preparation)
        providers.links.register(providing.links)
        providers.duties.register(providing.duties)
        providers.item_papers.register(shown.item_papers)
        providers.shortfalls.register(thematic.shortfalls)
