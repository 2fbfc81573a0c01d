from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    name = "nenep.organizations"
    label = "organizations"
    verbose_name = "Tổ chức đảng"
    # The country has 355,000 bodies and 2.6 million closure rows: 4-byte keys keep their indexes in memory.
    default_auto_field = "django.db.models.AutoField"

    def ready(self) -> None:
        from nenep.journal import chains, verbs  # noqa: PLC0415
        from nenep.organizations.chains import TreeChains  # noqa: PLC0415
        from nenep.organizations.measures import measures  # noqa: PLC0415
        from nenep.shared import measuring  # noqa: PLC0415

        measuring.register(measures)
        chains.follow(TreeChains())
        verbs.register(
            {
                "body.created": "Thành lập tổ chức",
                "body.renamed": "Đổi tên tổ chức",
                "body.locality_changed": "Đổi địa danh của tổ chức",
                "body.locality_corrected": "Sửa địa danh của tổ chức",
                "body.reclassified": "Đổi loại tổ chức",
                "body.rules_changed": "Đổi quy định riêng của tổ chức",
                "body.moved": "Chuyển tổ chức về trực thuộc nơi khác",
                "body.succeeded": "Tổ chức mới tiếp nối tổ chức cũ",
                "bodies.merged": "Hợp nhất các tổ chức",
                "body.split": "Chia tách tổ chức",
                "body.dissolved": "Kết thúc hoạt động của tổ chức",
                "cluster.formed": "Lập cụm",
                "cluster.placed": "Xếp tổ chức vào cụm",
                "cluster.left": "Đưa tổ chức ra khỏi cụm",
                "tree.loaded": "Nạp danh sách tổ chức",
            }
        )
