from django.apps import AppConfig


class RulebookConfig(AppConfig):
    name = "nenep.rulebook"
    label = "rulebook"
    verbose_name = "Sổ quy định"

    def ready(self) -> None:
        from nenep.rulebook import checks  # noqa: F401, PLC0415  # registers itself
