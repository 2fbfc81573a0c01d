from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "nenep.organizations"
    label = "organizations"
    verbose_name = "Tổ chức đảng"
