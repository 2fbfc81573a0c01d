from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "nenep.search"
    label = "search"
    verbose_name = "Tìm kiếm"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415
        from nenep.search.measures import measures  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        verbs.register({"search.read": "Xem kết quả tìm kiếm trong nghị quyết, biên bản, văn bản"})
        register_list_reads("search.read")
        measuring.register(measures)
