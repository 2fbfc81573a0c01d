"""What happens to answers, in the words of the journal."""

LABELS = {"discussion.answered": "Trả lời câu hỏi thảo luận của cấp trên"}
