from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nenep.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from nenep.documents import bench  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        verbs.register({"document.numbered": "Lấy số văn bản đi"})
        measuring.register(bench.measures)
