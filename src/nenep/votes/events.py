"""What happens to votes by name, in the words of the journal. None of them says what anybody voted."""

LABELS = {
    "named_vote.opened": "Mở biểu quyết ghi tên",
    "named_vote.cast": "Biểu quyết trên điện thoại",
    "named_vote.written_down": "Ghi thay biểu quyết của đảng viên",
    "named_vote.closed": "Kết thúc biểu quyết ghi tên",
    "named_vote.withdrawn": "Bỏ biểu quyết ghi tên mở nhầm",
    "named_vote.read": "Xem danh sách biểu quyết ghi tên",
    "opinion.reserved": "Bảo lưu ý kiến",
    "reserved_opinions.read": "Xem ý kiến bảo lưu",
}
