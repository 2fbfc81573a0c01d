"""What happens to yearly plans, in the words of the journal."""

LABELS = {
    "plan.drafted": "Lập bản dự thảo kế hoạch năm",
    "plan.published": "Công bố kế hoạch năm",
    "plan_entry.added": "Thêm kỳ vào kế hoạch năm",
    "plan_entry.changed": "Sửa kỳ trong kế hoạch năm",
    "plan_entry.moved": "Đổi ngày giờ, địa điểm trong kế hoạch năm",
    "plan_entry.dropped": "Bỏ kỳ khỏi kế hoạch năm",
    "plan_entry.held": "Ghi đã tổ chức một cuộc trong kế hoạch năm",
    "plan_entry.not_held": "Ghi không tổ chức một cuộc trong kế hoạch năm",
    "plan_entry.unsaid": "Bỏ kết quả đã ghi của một cuộc trong kế hoạch năm",
}
