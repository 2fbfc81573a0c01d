"""What happens to secret ballots, in the words of the journal: sums at most, since nothing else exists."""

LABELS = {
    "ballot.opened": "Mở vòng bỏ phiếu kín",
    "ballot.withdrawn": "Bỏ vòng bỏ phiếu kín mở nhầm",
    "ballot.count_entered": "Nhập số kiểm phiếu",
    "ballot.confirmed": "Chốt kết quả kiểm phiếu",
    "ballot.recounted": "Cho kiểm phiếu lại",
    "ballot.read": "Xem trang bỏ phiếu kín",
    "ballot.record_read": "Tải biên bản kiểm phiếu",
}
