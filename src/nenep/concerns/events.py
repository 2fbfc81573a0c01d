"""What happens to a concern, in the words of the journal; none says who raised one that bears no name."""

LABELS = {
    "concern.raised": "Nêu một tâm tư, kiến nghị",
    "concern.read": "Đọc một tâm tư, kiến nghị",
    "concern.answered": "Trả lời một tâm tư, kiến nghị",
    "concern.passed_up": "Chuyển một tâm tư, kiến nghị lên cấp trên",
    "answer.published": "Công bố trả lời chính thức",
    "answer.withdrawn": "Thu hồi trả lời chính thức",
    "concern.taken_back": "Rút lại một tâm tư, kiến nghị",
}
