from django.apps import AppConfig


class LiveConfig(AppConfig):
    name = "nenep.live"
    label = "live"
    verbose_name = "Trang tự cập nhật"
