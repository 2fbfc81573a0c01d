"""What the invented programme and its directive say. No such papers exist."""

from __future__ import annotations

from typing import Any

SOURCE = {"source_issuer": "Đảng ủy các cơ quan tỉnh", "source_symbol": "02-NQ/MAU"}
PROGRAMME = {
    "title": "Nâng cao chất lượng sinh hoạt chi bộ",
    "objectives": "Mọi chi bộ họp hằng tháng, không dồn kỳ.\nMỗi quý một kỳ chuyên đề có báo cáo.\n"
    "Kết luận nào cũng rõ người, rõ việc, rõ hạn.",
}
DIRECTIVE = {
    "title": "Giữ nề nếp và chất lượng sinh hoạt chi bộ",
    "digest": "Mỗi tháng họp một kỳ, có họp chi ủy trước.\nThảo luận ít nhất nửa thời gian.\n"
    "Kết luận rõ người, rõ việc, rõ hạn.",
    "why_it_matters": "Nhiều chi bộ còn đọc tài liệu là chính, bàn ít, kết luận chung chung.",
    "questions": "Kỳ nào của chi bộ ta bàn được nhiều nhất, vì sao?\nViệc nào đã kết luận mà chưa ai làm?",
}
REQUIREMENTS: tuple[dict[str, Any], ...] = (
    {
        "mark": "II.1",
        "what": "Chi bộ lập lịch sinh hoạt cả năm, báo cấp ủy",
        "quote": "Chi bộ chủ động lập lịch sinh hoạt trong năm và báo cáo cấp ủy cấp trên trực tiếp.",
        "doers": "all",
    },
    {"mark": "II.3", "what": "Cấp ủy cử người dự sinh hoạt với từng chi bộ mỗi quý", "doers": "committees"},
)
HANDED_DOWN = {
    "title": "Kế hoạch giữ nề nếp sinh hoạt chi bộ",
    "digest": "Chi bộ gửi lịch họp cả năm về Đảng ủy.\nTrùng lịch cơ quan thì báo trước mười ngày.\n"
    "Mỗi kỳ chọn một việc để bàn kỹ.",
    "why_it_matters": "Có lịch sớm thì đồng chí đi công tác sắp xếp được.",
    "questions": "Chi bộ chọn ngày nào trong tháng?\nAi giữ lịch và nhắc?",
    "source_issuer": "Đảng ủy Sở",
    "source_symbol": "08-KH/ĐU",
}
HANDED_DOWN_REQUIREMENT: dict[str, Any] = {
    "mark": "1",
    "what": "Gửi lịch họp cả năm về Đảng ủy",
    "doers": "branches",
}
NOTES = "Chi bộ xem lại lịch năm nay: hai kỳ phải dời vì trùng lịch giao ban cơ quan."
CONCLUSION = "Họp vào ngày 3 hằng tháng; phó bí thư giữ lịch và nhắc trước năm ngày."
STUDY = {
    "title": "Quán triệt kế hoạch giữ nề nếp sinh hoạt chi bộ",
    "place": "Hội trường Sở",
    "presenter": "Phó bí thư Đảng ủy",
    "material": "Kế hoạch 08-KH/ĐU, bản tóm tắt một trang",
    "raised": "Trùng lịch cơ quan thì dời mấy ngày?",
}
CHECK: tuple[dict[str, Any], ...] = (
    {
        "text": "Trùng lịch cơ quan thì chi bộ báo trước bao nhiêu ngày?",
        "options": ["Mười ngày", "Ba ngày", "Không cần báo"],
        "right": 1,
    },
)
ANSWERS = (
    "Ngày 3 hằng tháng: chưa trùng giao ban, phần lớn đồng chí có mặt ở cơ quan.",
    "Phó bí thư giữ lịch, nhắc trước năm ngày; đi công tác thì báo lại trong ngày.",
)
WORK = "Lập lịch họp năm tới, gửi Đảng ủy"
