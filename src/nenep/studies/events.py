"""What happens to study sessions, in the words of the journal; none says who answered the check, or what."""

LABELS = {
    "session.held": "Ghi hội nghị học tập, quán triệt",
    "session.removed": "Bỏ ghi hội nghị học tập, quán triệt",
    "session.closed": "Kết thúc ghi hội nghị học tập, quán triệt",
    "session.present": "Ghi đảng viên đã dự học tập, quán triệt",
    "session.asked": "Soạn câu hỏi kiểm tra nhận thức",
    "session.answered": "Trả lời câu hỏi kiểm tra nhận thức",
}
