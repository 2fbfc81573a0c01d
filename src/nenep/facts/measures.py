"""What is counted for a branch and a month. Additive whole numbers only: shares are made on the page."""

from __future__ import annotations

# name -> Vietnamese words, in the order of the sheets that show them
MEASURES: dict[str, str] = {
    "meetings_held": "Kỳ sinh hoạt thường kỳ đã họp",
    "expected": "Lượt đảng viên phải triệu tập",
    "present": "Lượt đảng viên dự",
    "excused": "Lượt vắng có lý do",
    "unexcused": "Lượt vắng không lý do",
    "committee_met": "Kỳ có họp chi ủy trước",
    "draft_prepared": "Kỳ có dự thảo nghị quyết trước",
    "speakers": "Lượt phát biểu",
    "duration_minutes": "Số phút đã họp",
    "minutes_information": "Số phút thông tin, quán triệt",
    "minutes_political_task": "Số phút nhiệm vụ chính trị",
    "minutes_party_building": "Số phút xây dựng Đảng",
    "minutes_discussion": "Số phút thảo luận",
    "reviewed": "Việc đã kiểm điểm",
    "reviewed_met": "Việc đạt",
    "reviewed_partly": "Việc đạt một phần",
    "reviewed_not_met": "Việc chưa đạt",
    "reviewed_without_cause": "Việc kiểm điểm không nêu nguyên nhân",
    "thematic_held": "Kỳ sinh hoạt chuyên đề",
    "thematic_incomplete": "Kỳ chuyên đề chưa đủ phần để được tính",
    "thematic_silent": "Kỳ chuyên đề không có kết luận",
    "meetings_not_held": "Kỳ sinh hoạt thường kỳ không họp",
}
