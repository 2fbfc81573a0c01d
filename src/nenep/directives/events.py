"""What happens to directives and programmes, in the words of the journal."""

LABELS = {
    "directive.drafted": "Soạn chỉ đạo cho cấp dưới",
    "directive.revised": "Sửa chỉ đạo đang soạn",
    "directive.issued": "Ban hành chỉ đạo",
    "directive.withdrawn": "Thu hồi chỉ đạo",
    "directive.reminded": "Nhắc tiếp nhận chỉ đạo",
    "directive.acknowledged": "Tiếp nhận chỉ đạo của cấp trên",
    "directive.carried_out": "Ghi kế hoạch, việc làm thực hiện chỉ đạo",
    "directive.unlinked": "Bỏ ghi kế hoạch, việc làm thực hiện chỉ đạo",
    "directive.implemented": "Ghi đã thực hiện chỉ đạo",
    "directive.fulfilled": "Ghi đã xong một mục của chỉ đạo",
    "directive.due_reminded": "Nhắc việc sắp đến hạn, quá hạn của chỉ đạo",
    "directive.understood": "Xác nhận đã nắm được nội dung chỉ đạo",
    "directive.members_read": "Xem đảng viên nào đã nắm chỉ đạo",
    "directives.ended": "Thôi theo dõi chỉ đạo ở tổ chức đã kết thúc hoạt động",
    "directives.taken_over": "Nhận chỉ đạo của tổ chức đã kết thúc hoạt động",
    "directives.kept_on": "Nhận theo dõi chỉ đạo, chương trình của tổ chức đã kết thúc hoạt động",
    "programme.opened": "Lập chương trình",
    "programme.changed": "Sửa chương trình",
    "programme.period": "Ghi giai đoạn của chương trình",
}
