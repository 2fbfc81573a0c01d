from django.apps import AppConfig


class StudiesConfig(AppConfig):
    name = "nenep.studies"
    label = "studies"
    verbose_name = "Hội nghị học tập, quán triệt"

    def ready(self) -> None:
        from nenep.directives import providers as of_directives  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.studies import providing  # noqa: PLC0415
        from nenep.studies.events import LABELS  # noqa: PLC0415

        verbs.register(LABELS)
        of_directives.studied.register(providing.studied)
        of_directives.beside.register(providing.beside_directive)
