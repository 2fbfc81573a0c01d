from django.apps import AppConfig


class ImportersConfig(AppConfig):
    name = "nenep.importers"
    label = "importers"
    verbose_name = "Nạp bảng tính"

    def ready(self) -> None:
        from nenep.importers.jobs import forget_uploads  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.notices.jobs import register_job  # noqa: PLC0415

        verbs.register(
            {
                "bodies.imported": "Nạp tổ chức từ bảng tính",
                "sheet.checked": "Kiểm tra một bảng tính trước khi nạp",
                "sheet.loaded": "Nạp một bảng tính",
                "sheet.withdrawn": "Bỏ một bảng tính chưa nạp",
                "sheet.exported": "Tải bảng tính có dữ liệu",
            }
        )
        register_job("importers.forget_uploads", every="day", run=forget_uploads)
