from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "nenep.reports"
    label = "reports"
    verbose_name = "Số liệu, báo cáo"

    def ready(self) -> None:
        from nenep.reports.measures import measures  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        measuring.register(measures)
