from django.apps import AppConfig


class AssignmentsConfig(AppConfig):
    name = "nenep.assignments"
    label = "assignments"
    verbose_name = "Phân công"

    def ready(self) -> None:
        from nenep.assignments import giving, providing  # noqa: PLC0415
        from nenep.assignments.endings import hand_over_assignments  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.organizations import endings  # noqa: PLC0415
        from nenep.privacy.looks import register_list_reads  # noqa: PLC0415
        from nenep.resolutions.providers import outcomes  # noqa: PLC0415

        verbs.register(
            {
                "assignment.read": "Xem việc được giao",
                "assignments.listed": "Xem danh sách phân công",
                "assignment.given": "Giao việc",
                "assignment.corrected": "Sửa việc được giao",
                "assignment.management": "Ghi việc cần hoặc đã thống nhất với lãnh đạo cơ quan, đơn vị",
                "assignment.withdrawn": "Bỏ việc giao nhầm",
                "assignments.ended": "Kết thúc việc của chi bộ không còn hoạt động",
                "assignments.taken_over": "Nhận việc của chi bộ đã kết thúc hoạt động",
                "assignment.reported": "Báo tiến độ",
                "assignment.reviewed": "Kiểm điểm việc được giao",
            }
        )
        register_list_reads("assignments.listed")
        endings.register(hand_over_assignments)
        outcomes.register(providing.outcomes)
        providers.points.register(providing.points)
        providers.item_lines.register(providing.item_lines)
        providers.item_parts.register(giving.item_parts)
        providers.figures.register(providing.figures)
        providers.links.register(providing.links)
        providers.minutes_blocks.register(providing.minutes_blocks)
