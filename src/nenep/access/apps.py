from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "nenep.access"
    label = "access"
    verbose_name = "Tài khoản và quyền"

    def ready(self) -> None:
        from nenep.access import endings, events  # noqa: PLC0415
        from nenep.access.roles import role_table  # noqa: PLC0415
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.organizations import endings as bodies_ending  # noqa: PLC0415

        events.listen()
        bodies_ending.register(endings.hand_over_administration)
        role_table()  # a broken table stops the program at its start
        verbs.register(
            {
                "account.opened": "Lập tài khoản",
                "account.code_issued": "Cấp mã kích hoạt",
                "account.code_asked": "Đề nghị cấp mã mới",
                "account.code_confirmed": "Xác nhận việc cấp mã mới",
                "account.code_refused": "Không đồng ý cấp mã mới",
                "account.code_withdrawn": "Rút đề nghị cấp mã mới",
                "account.activated": "Kích hoạt tài khoản",
                "account.closed": "Khóa tài khoản",
                "account.reopened": "Mở khóa tài khoản",
                "account.sessions_ended": "Đăng xuất mọi thiết bị",
                "account.session_ended": "Đăng xuất một thiết bị",
                "account.signed_in": "Đăng nhập",
                "account.changed": "Đổi cách hiển thị",
                "account.password_changed": "Đổi mật khẩu",
                "account.factor_added": "Thêm bước xác nhận thứ hai",
                "account.listed": "Xem danh sách tài khoản",
                "account.read": "Xem một tài khoản",
                "account.factor_changed": "Đổi bước xác nhận thứ hai",
                "account.factor_removed": "Bỏ bước xác nhận thứ hai",
                "grant.given": "Giao vai trò",
                "grant.ended": "Thôi giao vai trò",
                "readings.listed": "Xem ai xin đọc, ai được đọc nội dung sinh hoạt",
                "reading.asked": "Xin xem nội dung sinh hoạt",
                "reading.given": "Đồng ý cho xem nội dung sinh hoạt",
                "reading.refused": "Không đồng ý cho xem nội dung sinh hoạt",
                "reading.withdrawn": "Dừng việc xem nội dung sinh hoạt",
            }
        )
