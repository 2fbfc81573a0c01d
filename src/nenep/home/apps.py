from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "nenep.home"
    label = "home"
    verbose_name = "Trang đầu"

    def ready(self) -> None:
        from nenep.home.measures import measures  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        measuring.register(measures)
