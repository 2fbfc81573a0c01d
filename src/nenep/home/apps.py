from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "nenep.home"
    label = "home"
    verbose_name = "Trang đầu"
