"""What every page shows around its content: the few words of navigation, and whom to call for help."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request


def navigation(request: Request) -> dict[str, Any]:
    viewer: Viewer | None = getattr(request, "viewer", None)
    if viewer is None or not viewer.is_signed_in:
        return {"navigation": []}
    here = request.path
    places = [
        {"label": label, "url": url, "is_current": here == url or (url != "/" and here.startswith(url))}
        for label, url in _places(viewer)
    ]
    return {"navigation": places}


def _places(viewer: Viewer) -> list[tuple[str, str]]:
    places: list[tuple[str, str]] = [(_first_word(viewer), "/")]
    if viewer.where("meetings.see_state").below:
        places.append((_("Bảng chi bộ"), reverse("home:board")))
    if viewer.where("meetings.read").own:
        places.append((_("Kỳ sinh hoạt"), reverse("meetings:list")))
    if viewer.where("assignments.review").own:
        places.append((_("Phân công"), reverse("assignments:list")))
    if viewer.member_id:
        places.append((_("Việc của tôi"), reverse("assignments:mine")))
    if viewer.where("people.list").own or viewer.where("people.list").below:
        places.append((_("Đảng viên"), reverse("people:list")))
    if viewer.where("organizations.read").below:
        places.append((_("Tổ chức"), reverse("organizations:tree")))
    if viewer.member_id:
        places.append((_("Thông báo"), reverse("notices:inbox")))
    places.append((_("Tài khoản"), reverse("access:mine")))
    return places


def _first_word(viewer: Viewer) -> str:
    return _("Tháng này") if viewer.where("meetings.prepare").own else _("Trang của tôi")
