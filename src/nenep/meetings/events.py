"""What happens to meetings, in the words of the journal."""

LABELS = {
    "meeting.planned": "Lập kỳ sinh hoạt",
    "meeting.rescheduled": "Đổi thời gian, địa điểm",
    "meeting.postponed": "Hoãn kỳ sinh hoạt",
    "meeting.called": "Thông báo kỳ sinh hoạt",
    "meeting.opened": "Khai mạc kỳ sinh hoạt",
    "meeting.closed": "Kết thúc kỳ sinh hoạt",
    "agenda.changed": "Sửa chương trình sinh hoạt",
    "committee_meeting.recorded": "Ghi biên bản họp chi ủy",
    "response.given": "Trả lời dự họp",
    "opinion.written": "Gửi ý kiến trước kỳ họp",
    "opinion.answered": "Trả lời ý kiến",
    "attendance.recorded": "Điểm danh",
    "attendance.read": "Xem điểm danh",
    "opinions.read": "Xem ý kiến gửi trước",
    "item.recorded": "Ghi diễn biến, kết luận",
    "vote.counted": "Kiểm đếm biểu quyết",
    "minutes.read": "Xem biên bản",
    "minutes.adopted": "Thông qua biên bản",
    "minutes.corrected": "Đính chính biên bản",
    "month.imported": "Nhập số liệu tháng đã qua",
}
