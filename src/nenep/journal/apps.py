from django.apps import AppConfig


class JournalConfig(AppConfig):
    name = "nenep.journal"
    label = "journal"
    verbose_name = "Nhật ký"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415

        verbs.register({"journal.witnessed": "Ghi nhận đầu chuỗi nhật ký của cấp dưới"})
