"""What a chair may say at each kind of part. Suggestions of the program, no rule; nothing of them is kept."""

from __future__ import annotations

PHRASES: dict[str, tuple[str, ...]] = {
    "opening": (
        "Thưa các đồng chí, chi bộ đã có mặt đủ số cần thiết, tôi xin khai mạc kỳ sinh hoạt.",
        "Đề nghị chi bộ cho ý kiến về chương trình. Không có ý kiến khác thì chi bộ làm việc theo chương trình này.",
    ),
    "information": (
        "Nội dung này đã gửi các đồng chí trước, tôi chỉ nêu những điểm liên quan trực tiếp đến chi bộ ta.",
        "Theo các đồng chí, chi bộ ta cần làm gì từ nội dung này?",
    ),
    "political_task": (
        "Việc nào đạt, việc nào chưa đạt, vì sao? Đề nghị đồng chí phụ trách nói rõ nguyên nhân.",
        "Tháng tới ta chọn việc nào làm trước?",
    ),
    "party_building": (
        "Đề nghị các đồng chí nói thẳng, góp ý chân thành, có địa chỉ.",
        "Đồng chí nào còn băn khoăn, xin nêu để chi bộ cùng giải quyết.",
    ),
    "discussion": (
        "Mời đồng chí chưa phát biểu nêu ý kiến.",
        "Ta đã có hai hướng. Đồng chí nào đồng ý, đồng chí nào còn ý kiến khác?",
        "Tôi xin tóm lại và đề nghị chi bộ kết luận.",
    ),
    "closing": (
        "Đề nghị thư ký đọc lại kết luận và việc đã giao, ai làm, đến ngày nào.",
        "Cảm ơn các đồng chí. Tôi xin kết thúc kỳ sinh hoạt.",
    ),
}
