"""What happens to monthly returns, in the words of the journal."""

LABELS = {
    "return.sent": "Gửi báo cáo tháng",
    "return.received": "Nhận báo cáo tháng",
    "return.sent_back": "Trả lại báo cáo tháng",
    "return.read": "Xem báo cáo tháng",
}
