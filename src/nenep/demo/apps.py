from django.apps import AppConfig


class DemoConfig(AppConfig):
    name = "nenep.demo"
    label = "demo"
    verbose_name = "Dữ liệu mẫu"
