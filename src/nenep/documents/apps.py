from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "nenep.documents"
    label = "documents"
    verbose_name = "Văn bản"

    def ready(self) -> None:
        from nenep.documents import bench, providing  # noqa: PLC0415
        from nenep.documents.models import Document  # noqa: PLC0415
        from nenep.files.owners import register_owner  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.search import sources  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        register_owner(
            "documents.document",
            lambda viewer, pk: Document.objects.with_files_open_to(viewer).filter(pk=pk).exists(),
        )
        verbs.register(
            {
                "document.numbered": "Lấy số văn bản đi",
                "document.sent": "Gửi văn bản đến các tổ chức nhận",
                "document.signed_copy_kept": "Lưu bản ký số của văn bản",
                "file.signatures_read": "Xem chữ ký số trong tệp",
                "document.corrected": "Sửa thông tin ở đầu văn bản",
                "document.archived": "Lưu bản chính thức của văn bản",
                "draft.begun": "Bắt đầu soạn một văn bản",
                "draft.saved": "Lưu dự thảo văn bản",
                "draft.read_back": "Đọc bản Word đã sửa của dự thảo",
                "draft.put_aside": "Bỏ bản Word đã đọc, giữ dự thảo",
                "draft.asked": "Trình dự thảo cho người ký",
                "draft.answered": "Người ký trả lời về dự thảo",
                "draft.issued": "Ban hành văn bản từ dự thảo",
                "draft.given_up": "Bỏ dự thảo văn bản",
            }
        )
        sources.register(
            sources.Source(
                key="document",
                label="Văn bản đi",
                model="documents.document",
                verb="documents.read",
                records=providing.records,
                draft=providing.draft,
                address=providing.address,
            )
        )
        measuring.register(bench.measures)
