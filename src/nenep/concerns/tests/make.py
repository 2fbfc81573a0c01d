"""Concerns for tests, by the real verbs."""

from __future__ import annotations

from nenep.concerns.models import Concern, Theme, Way
from nenep.concerns.operations import pass_up, raise_concern
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
