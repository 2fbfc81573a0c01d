from django.apps import AppConfig


class ArrivalsConfig(AppConfig):
    name = "nenep.arrivals"
    label = "arrivals"
    verbose_name = "Văn bản đến"

    def ready(self) -> None:
        from nenep.arrivals import providing  # noqa: PLC0415
        from nenep.arrivals.jobs import forget_intakes  # noqa: PLC0415
        from nenep.arrivals.operations import follow_correction  # noqa: PLC0415
        from nenep.documents import providers  # noqa: PLC0415
        from nenep.files.owners import register_owner  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.notices.jobs import register_job  # noqa: PLC0415
        from nenep.organizations import endings  # noqa: PLC0415
        from nenep.search import sources  # noqa: PLC0415

        providers.issued.register(providing.receive_issued)
        providers.corrected.register(follow_correction)
        providers.readable.register(providing.readable)
        providers.with_files.register(providing.sent_to)
        providers.progress.register(providing.progress)
        register_owner("arrivals.arrival", providing.may_see)
        register_owner("arrivals.intake", providing.may_see_read)
        endings.register(providing.hand_over)
        sources.register(
            sources.Source(
                key="arrival",
                label="Văn bản đến",
                model="arrivals.arrival",
                verb="arrivals.read",
                records=providing.records,
                draft=providing.draft,
                address=providing.address,
                # A paper that was sent to hundreds of bodies has its words in the index once, with its issuer.
                through=sources.Through("document", providing.sent, "document_id", "document__body"),
            )
        )
        verbs.register(
            {
                "arrival.registered": "Vào sổ văn bản đến",
                "arrival.routed": "Giao xử lý văn bản đến",
                "arrival.done": "Ghi đã xử lý xong văn bản đến",
                "arrival.reopened": "Mở lại việc xử lý văn bản đến",
                "arrival.handed_over": "Chuyển văn bản chờ vào sổ cho tổ chức tiếp nối",
                "arrival.stamped": "Tải bản có dấu đến",
                "intake.read": "Đọc một tệp để vào sổ văn bản đến",
                "intake.read_again": "Đọc lại tệp đã dừng giữa chừng",
                "intake.failed": "Không đọc được tệp, đã xóa tệp",
                "intake.given_up": "Bỏ một tệp đã đọc mà chưa vào sổ",
            }
        )
        register_job("arrivals.forget_intakes", every="day", run=forget_intakes)
