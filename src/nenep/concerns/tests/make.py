"""Concerns for tests, by the real verbs."""

from __future__ import annotations

from nenep.concerns.models import Concern, OfficialAnswer, Theme, Way
from nenep.concerns.official import publish_answer
from nenep.concerns.operations import answer_concern, pass_up, raise_concern
from nenep.shared.viewer import Viewer

TEXT = "Bếp ăn ca tối thiếu chỗ ngồi."


def make_concern(
    author, branch, *, way=Way.SECRETARY_ONLY, theme=Theme.LIVING, passed_up=False, **more
) -> Concern:
    """Raised by `author` in `branch`, where somebody else leads."""
    by = Viewer(actor=f"member:{author.pk}", member_id=author.pk)
    concern = raise_concern(branch.pk, theme=theme, text=more.pop("text", TEXT), way=way, by=by, **more)
    if passed_up:
        pass_up(concern, asked="Xin cấp kinh phí sửa bếp.", by=None)
    return concern


def make_doubt(author, branch, *, to=None, text="Trên mạng nói cơ quan sắp giải thể.", **more) -> Concern:
    """A doubtful item that went up (`to`: further than the committee above) and was answered there."""
    concern = make_concern(author, branch, theme=Theme.DOUBT, text=text, **more)
    pass_up(concern, asked="Xin trả lời chính thức.", to=to, by=None)
    answer_concern(concern, answer="Chưa có chủ trương nào như vậy.", by=None)
    return concern


def make_official(author, branch, *, chosen=(), **more) -> OfficialAnswer:
    return publish_answer(
        make_doubt(author, branch, **more),
        question="Cơ quan có sắp giải thể không?",
        answer="Chưa có chủ trương nào như vậy.",
        why_it_matters="Nhiều đồng chí lo lắng.",
        chosen=[body.pk for body in chosen],
        by=None,
    )
