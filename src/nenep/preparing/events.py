"""What happens while a meeting is prepared, in the words of the journal."""

LABELS = {
    "duty.given": "Giao việc chuẩn bị",
    "duty.taken_back": "Thôi giao việc chuẩn bị",
    "duty.reported": "Báo đã chuẩn bị xong",
    "duty.reopened": "Bỏ báo đã chuẩn bị xong",
    "preparation.traced": "Xem ai đã chuẩn bị kỳ sinh hoạt",
    "material.kept": "Ghi tài liệu của kỳ sinh hoạt",
    "material.read_before": "Đã đọc tài liệu trước kỳ sinh hoạt (không ghi ai)",
    "material.removed": "Bỏ tài liệu của kỳ sinh hoạt",
    "agreement.recorded": "Ghi điều đã bàn với lãnh đạo cơ quan",
    "agreement.removed": "Bỏ điều ghi nhầm về việc bàn với lãnh đạo cơ quan",
    "agreement.needed": "Đánh dấu nội dung cần thống nhất",
    "agreement.not_needed": "Bỏ đánh dấu nội dung cần thống nhất",
    "regulation.kept": "Ghi quy chế phối hợp",
}
