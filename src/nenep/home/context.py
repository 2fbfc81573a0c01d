"""What every page shows around its content: the few words of navigation, and whom to call for help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.search.finding import sources_seen
from nenep.shared.text_size import DEFAULT_SIZE, size_in

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request


def surroundings(request: Request) -> dict[str, Any]:
    """`navigation`: the places of this person's role; `help_contact`: whom this installation names for help."""
    viewer: Viewer | None = getattr(request, "viewer", None)
    places = _places(viewer) if viewer is not None and viewer.is_signed_in else []
    return {
        "navigation": [
            {
                "label": label,
                "url": url,
                "is_current": _is_here(request.path, url, is_first=place == 0),
                "stays": place < _in_one_line(request),
            }
            for place, (label, url) in enumerate(places)
        ],
        "help_contact": settings.HELP_CONTACT,
    }


def _in_one_line(request: Request) -> int:
    """How many places a phone shows beside "Thêm": fewer in large text."""
    return 2 if size_in(request) <= DEFAULT_SIZE else 1


def _is_here(path: str, url: str, *, is_first: bool) -> bool:
    """The first place is where "/" leads, under whatever address it has itself."""
    if path == "/":
        return is_first
    return url != "/" and path.startswith(url)


def _places(viewer: Viewer) -> list[tuple[str, str]]:
    leads_branch = bool(viewer.where("meetings.call").own)
    looks_below = bool(viewer.where("meetings.see_state").below)
    # As `views.home` sends them: who only prepares lands on the month, unless branches below wait.
    starts_with_month = leads_branch or (not looks_below and bool(viewer.where("meetings.prepare").own))
    keeps_register = bool(viewer.where("documents.register").own) and not leads_branch
    places = [
        (_("Tháng này"), "/", starts_with_month),
        (_("Trang của tôi"), "/", not starts_with_month and not looks_below),
        (_("Bảng chi bộ"), reverse("home:board"), looks_below),
        (_("Chỉ đạo"), reverse("directives:list"), bool(viewer.where("directives.issue").own)),
        (_("Trọng tâm"), reverse("guidance:list"), bool(viewer.where("guidance.issue").own)),
        (_("Kỳ sinh hoạt"), reverse("meetings:list"), bool(viewer.where("meetings.read").own)),
        (_("Phân công"), reverse("assignments:list"), bool(viewer.where("assignments.review").own)),
        (_("Việc của tôi"), reverse("assignments:mine"), viewer.member_id is not None),
        (_("Đảng viên"), reverse("people:index"), _anywhere(viewer, "people.list")),
        (_("Tổ chức"), reverse("organizations:tree"), looks_below or viewer.is_administrator),
        (_("Số liệu"), reverse("reports:figures"), looks_below),
        (_("Văn bản đi"), reverse("documents:register"), keeps_register),
        (_("Văn bản đến"), reverse("arrivals:register"), keeps_register),
        (_("Tìm kiếm"), reverse("search:results"), bool(sources_seen(viewer))),
        (_("Thông báo"), reverse("notices:list"), viewer.member_id is not None),
        (_("Tài khoản"), reverse("access:mine"), True),
    ]
    return [(label, url) for label, url, is_shown in places if is_shown]


def _anywhere(viewer: Viewer, verb: str) -> bool:
    reach = viewer.where(verb)
    return bool(reach.own or reach.below)
