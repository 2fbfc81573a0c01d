"""What happens in the room, in the words of the journal. None of them names who spoke or asked to."""

LABELS = {
    "room.moved_on": "Chuyển sang nội dung khác",
    "floor.asked": "Có người xin phát biểu",
    "floor.withdrawn": "Có người thôi xin phát biểu",
    "floor.given": "Mời phát biểu",
    "floor.ended": "Hết lượt phát biểu",
    "attendance.checked_in": "Tự điểm danh",
}
# Events of other modules after which the screens of the room are drawn anew.
OF_OTHERS = (
    "meeting.opened",
    "meeting.closed",
    "meeting.resumed",
    "meeting.opening_taken_back",
    "attendance.recorded",
    "item.recorded",
    "opening.recorded",
    "vote.counted",
    "vote.withdrawn",
    "named_vote.opened",
    "named_vote.cast",
    "named_vote.written_down",
    "named_vote.closed",
    "named_vote.withdrawn",
    "ballot.opened",
    "ballot.withdrawn",
    "ballot.confirmed",
    "ballot.recounted",
)
