from django.apps import AppConfig


class ResolutionsConfig(AppConfig):
    name = "nenep.resolutions"
    label = "resolutions"
    verbose_name = "Nghị quyết"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.resolutions import operations, providing  # noqa: PLC0415
        from nenep.search import sources  # noqa: PLC0415
        from nenep.votes.providers import when_counted  # noqa: PLC0415

        verbs.register(
            {
                "resolution.drafted": "Soạn dự thảo nghị quyết",
                "resolution.read": "Xem nghị quyết",
                "draft_comment.written": "Góp ý dự thảo nghị quyết",
                "draft_comment.answered": "Trả lời góp ý dự thảo",
                "draft_comments.read": "Xem góp ý dự thảo",
                "resolution.adopted": "Thông qua nghị quyết",
                "resolution.rejected": "Không thông qua dự thảo nghị quyết",
            }
        )
        when_counted(operations.adopt_by_named_vote)
        providers.preparation.register(providing.preparation)
        providers.links.register(providing.links)
        providers.figures.register(providing.figures)
        sources.register(
            sources.Source(
                key="resolution",
                label="Nghị quyết",
                model="resolutions.resolution",
                verb="resolutions.read",
                records=providing.records,
                draft=providing.draft,
                address=providing.address,
            )
        )
