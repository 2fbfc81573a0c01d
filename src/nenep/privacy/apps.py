from django.apps import AppConfig


class PrivacyConfig(AppConfig):
    name = "nenep.privacy"
    label = "privacy"
    verbose_name = "Dữ liệu cá nhân"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415

        register_list_reads("members.listed", "account.listed")  # of the modules below
        verbs.register(
            {
                "correction.asked": "Đề nghị sửa dữ liệu của mình",
                "correction.answered": "Trả lời đề nghị sửa dữ liệu",
                "correction.read": "Xem đề nghị sửa dữ liệu",
                "data.forgotten": "Xóa dữ liệu hết thời gian lưu",
                "data.downloaded": "Tải dữ liệu của mình",
            }
        )
