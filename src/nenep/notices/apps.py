from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "nenep.notices"
    label = "notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415

        verbs.register(
            {
                "notice.sent": "Gửi thông báo",
                "notice.read": "Đọc thông báo",
                "delivery.told": "Báo trực tiếp cho đảng viên",
                "delivery.reopened": "Bỏ đánh dấu đã báo",
            }
        )
