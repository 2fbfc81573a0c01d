from django.apps import AppConfig


class FilesConfig(AppConfig):
    name = "nenep.files"
    label = "files"
    verbose_name = "Tệp đính kèm"

    def ready(self) -> None:
        from nenep.files.operations import sweep  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.notices.jobs import register_job  # noqa: PLC0415

        verbs.register(
            {
                "file.attached": "Đính kèm tệp",
                "file.handed_over": "Chuyển tệp đính kèm sang hồ sơ khác",
                "file.removed": "Gỡ tệp đính kèm",
                "file.downloaded": "Tải tệp đính kèm",
                "file.refused": "Từ chối tệp mang dấu mật",
                "refusals.read": "Xem danh sách tệp bị từ chối vì mang dấu mật",
            }
        )
        register_job("files.sweep", every="day", run=sweep)
