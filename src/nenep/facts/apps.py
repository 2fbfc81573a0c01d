from django.apps import AppConfig


class FactsConfig(AppConfig):
    name = "nenep.facts"
    label = "facts"
    verbose_name = "Số liệu"

    def ready(self) -> None:
        from nenep.facts import bench  # noqa: PLC0415
        from nenep.facts.jobs import register_jobs  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        register_jobs()
        measuring.register(bench.measures)
