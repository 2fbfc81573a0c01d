from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "nenep.people"
    label = "people"
    verbose_name = "Đảng viên"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.organizations import endings  # noqa: PLC0415
        from nenep.people.endings import hand_over_people  # noqa: PLC0415

        endings.register(hand_over_people)
        verbs.register(
            {
                "member.admitted": "Thêm đảng viên vào danh sách",
                "member.corrected": "Sửa thông tin đảng viên",
                "member.recognized": "Công nhận đảng viên chính thức",
                "member.transferred": "Chuyển sinh hoạt",
                "member.left": "Thôi sinh hoạt ở chi bộ",
                "member.rejoined": "Trở lại danh sách chi bộ",
                "member.read": "Xem trang đảng viên",
                "members.listed": "Xem danh sách chi bộ",
                "members.searched": "Tìm đảng viên theo tên",
                "members.handed_over": "Đảng viên chuyển theo tổ chức mới",
                "members.loaded": "Nạp danh sách đảng viên từ bảng tính",
                "introduction.stated": "Giới thiệu sinh hoạt sang chi bộ khác",
                "introduction.accepted": "Tiếp nhận sinh hoạt",
                "introduction.refused": "Không tiếp nhận sinh hoạt",
                "introduction.withdrawn": "Rút giới thiệu sinh hoạt",
                "introduction.lapsed": "Giới thiệu sinh hoạt không còn hiệu lực",
                "introduction.read": "Xem giới thiệu sinh hoạt",
                "status.stated": "Ghi tình trạng sinh hoạt",
                "status.ended": "Kết thúc tình trạng sinh hoạt",
                "office.appointed": "Giao chức vụ",
                "office.ended": "Thôi giữ chức vụ",
                "offices.loaded": "Nạp chức vụ từ bảng tính",
                "term.opened": "Mở nhiệm kỳ",
            }
        )
