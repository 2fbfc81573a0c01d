from django.apps import AppConfig


class InstallationConfig(AppConfig):
    name = "nenep.installation"
    label = "installation"
    verbose_name = "Cài đặt"

    def ready(self) -> None:
        from nenep.installation import checks, jobs  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415

        checks.register()
        jobs.register()
        verbs.register({"installation.set_up": "Cài đặt phần mềm"})
