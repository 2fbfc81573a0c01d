from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "nenep.calendars"
    label = "calendars"
    verbose_name = "Lịch"

    def ready(self) -> None:
        from nenep.calendars import providing  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415

        verbs.register(
            {
                "calendar_feed.made": "Tạo địa chỉ lịch riêng",
                "calendar_feed.revoked": "Hủy địa chỉ lịch riêng",
                "public_calendar.opened": "Mở lịch công khai của chi bộ",
                "public_calendar.changed": "Đổi nội dung lịch công khai",
                "public_calendar.closed": "Đóng lịch công khai của chi bộ",
            }
        )
        providers.links.register(providing.links)
