from django.apps import AppConfig


class DiscussionsConfig(AppConfig):
    name = "nenep.discussions"
    label = "discussions"
    verbose_name = "Trả lời câu hỏi thảo luận"

    def ready(self) -> None:
        from nenep.directives import providers as of_directives  # noqa: PLC0415
        from nenep.discussions import providing  # noqa: PLC0415
        from nenep.discussions.events import LABELS  # noqa: PLC0415
        from nenep.guidance import providers as of_guidance  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415

        verbs.register(LABELS)
        of_directives.beside.register(providing.beside_directive)
        of_guidance.beside.register(providing.beside_guidance)
        providers.links.register(providing.beside_meeting)
