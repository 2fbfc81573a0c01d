from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nenep.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from nenep.documents import providing  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.search import sources  # noqa: PLC0415

        verbs.register({"document.numbered": "Lấy số văn bản đi"})
        sources.register(
            sources.Source(
                key="document",
                label="Văn bản",
                model="documents.document",
                verb="documents.read",
                records=providing.records,
                draft=providing.draft,
                address=providing.address,
            )
        )
