from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nenep.people"
    label = "people"
    verbose_name = "Đảng viên"
