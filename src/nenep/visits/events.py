"""What happens to rosters of visits, in the words of the journal."""

LABELS = {
    "visits.arranged": "Lưu lịch dự sinh hoạt",
    "visit.attended": "Ghi đã dự sinh hoạt chi bộ",
    "visit.missed": "Ghi không dự được sinh hoạt chi bộ",
}
