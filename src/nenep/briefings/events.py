"""What happens to briefings of clusters, in the words of the journal."""

LABELS = {
    "briefing.opened": "Mở giao ban cụm",
    "briefing.changed": "Sửa thời gian, địa điểm, chủ trì giao ban cụm",
    "briefing.discussed": "Ghi thảo luận chuyên đề của giao ban cụm",
    "briefing.closed": "Kết thúc giao ban cụm",
    "briefing.withdrawn": "Bỏ giao ban cụm",
    "briefing.noted": "Ghi thêm sau giao ban cụm",
    "briefing_decision.added": "Ghi việc giao tại giao ban cụm",
    "briefing_decision.dropped": "Bỏ việc ghi tại giao ban cụm",
    "briefing_decision.done": "Ghi việc giao ban cụm đã làm xong",
    "briefing_decision.reopened": "Xóa ghi nhận đã xong của việc giao ban cụm",
}
