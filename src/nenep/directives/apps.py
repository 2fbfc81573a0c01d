from django.apps import AppConfig


class DirectivesConfig(AppConfig):
    name = "nenep.directives"
    label = "directives"
    verbose_name = "Chỉ đạo của cấp trên"

    def ready(self) -> None:
        from nenep.assignments import providers as of_work  # noqa: PLC0415
        from nenep.directives import found, providing  # noqa: PLC0415
        from nenep.directives.endings import hand_over_directives, hand_over_issued  # noqa: PLC0415
        from nenep.directives.events import LABELS  # noqa: PLC0415
        from nenep.directives.jobs import remind_unacknowledged  # noqa: PLC0415
        from nenep.directives.reminding import remind_due  # noqa: PLC0415
        from nenep.files.owners import register_owner  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.notices.jobs import register_job  # noqa: PLC0415
        from nenep.organizations import endings  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415
        from nenep.search import sources  # noqa: PLC0415

        verbs.register(LABELS)
        register_list_reads("directive.members_read")
        endings.register(hand_over_directives)
        endings.register(hand_over_issued)
        register_owner("directives.receipt", providing.receipt_is_readable)
        register_job("directives.remind", every="day", run=remind_unacknowledged)
        register_job("directives.remind_due", every="day", run=remind_due)
        providers.suggestions.register(providing.suggestions)
        providers.origins.register(providing.pages)
        for source in found.SOURCES:
            sources.register(source)
        of_work.sources.register(providing.work_sources)
        of_work.pages.register(providing.work_pages)
