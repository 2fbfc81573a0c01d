from django.apps import AppConfig


class SharedConfig(AppConfig):
    name = "nenep.shared"

    def ready(self) -> None:
        from nenep.shared.forms import speak_plainly  # noqa: PLC0415  # Django's forms need loaded settings

        speak_plainly()
