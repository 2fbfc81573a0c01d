from django.apps import AppConfig


class NoticesConfig(AppConfig):
    name = "nenep.notices"
    label = "notices"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from nenep.access import signing_out  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.notices import jobs, kept, operations  # noqa: PLC0415
        from nenep.notices.choosing import Forgetting  # noqa: PLC0415
        from nenep.people import telling  # noqa: PLC0415
        from nenep.privacy.kept import register  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415

        telling.follow(operations.notify)
        signing_out.follow(Forgetting())
        register("notices", kept.deliveries_to)
        register_list_reads("delivery.listed")
        jobs.register_job("notices.forget", every="month", run=operations.forget_old)
        verbs.register(
            {
                "notice.sent": "Gửi thông báo",
                "notice.read": "Đọc thông báo",
                "notice.forgotten": "Xóa thông báo hết hạn lưu",
                "delivery.listed": "Xem danh sách phải báo trực tiếp",
                "delivery.told": "Báo trực tiếp cho đảng viên",
                "delivery.reopened": "Bỏ đánh dấu đã báo",
                "delivery.sent_again": "Gửi lại thư điện tử",
                "preference.chosen": "Chọn cách nhận thông báo",
                "push.added": "Bật báo trên máy",
                "push.removed": "Tắt báo trên máy",
            }
        )
