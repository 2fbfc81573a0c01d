from django.apps import AppConfig


class QualityConfig(AppConfig):
    name = "nenep.quality"
    label = "quality"
    verbose_name = "Tự kiểm tra kỳ sinh hoạt"

    def ready(self) -> None:
        from nenep.journal import verbs  # noqa: PLC0415
        from nenep.meetings import providers  # noqa: PLC0415
        from nenep.privacy import retention  # noqa: PLC0415
        from nenep.quality import notebook, providing, pulse  # noqa: PLC0415

        verbs.register(
            {
                "self_check.answered": "Tự kiểm tra kỳ sinh hoạt",
                "pulse.answered": "Trả lời câu hỏi sau kỳ sinh hoạt (không ghi ai)",
                "note.written": "Ghi sổ tay của bí thư",
                "note.changed": "Sửa một điều trong sổ tay của bí thư",
                "note.removed": "Xóa một điều trong sổ tay của bí thư",
            }
        )
        retention.register("quality.Note", notebook.forget_notes)
        retention.register("quality.PulseTaken", pulse.forget_pulses)
        providers.room_left.register(pulse.ask)
        providers.links.register(providing.links)
        providers.after_closing.register(providing.after_closing)
        providers.minutes_blocks.register(providing.minutes_blocks)
        providers.lessons.register(providing.lessons)
