"""What happens to guidance, in the words of the journal."""

LABELS = {
    "guidance.drafted": "Soạn trọng tâm sinh hoạt cho cấp dưới",
    "guidance.revised": "Sửa trọng tâm sinh hoạt",
    "guidance.published": "Ban hành trọng tâm sinh hoạt",
    "guidance.withdrawn": "Thu hồi trọng tâm sinh hoạt",
}
