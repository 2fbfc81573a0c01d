"""What the tree allows. Each check raises Refused with a sentence that says what to do instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as lazy

from nenep.organizations.kinds import CHILDLESS_KINDS, PARENTS, ROOT_KINDS, Kind
from nenep.organizations.models import BodyKind, Closure, Edge
from nenep.rulebook.loader import library
from nenep.shared.dates import FOREVER, overlaps
from nenep.shared.states import Refused
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from nenep.organizations.models import Body


UNKNOWN_SCOPE = lazy("Không có quy định riêng nào mang mã “%(scope)s”. Đồng chí xem các mã ở trang Quy định.")


def is_known_scope(scope: str) -> bool:
    """Whether a local rule pack names this scope."""
    return scope in library().scope_codes()


def require_known_scope(scope: str) -> None:
    if scope and not is_known_scope(scope):
        raise Refused(UNKNOWN_SCOPE % {"scope": scope})


def require_living(body: Body, day: date) -> None:
    """The body exists on `day` and no end of it is known."""
    if body.founded_on > day:
        raise Refused(
            _("Tổ chức mã %(code)s thành lập ngày %(day)s. Đồng chí chọn ngày từ ngày đó trở đi.")
            % {"code": body.code, "day": day_words(body.founded_on)}
        )
    if body.dissolved_on != FOREVER:
        raise Refused(
            _("Tổ chức mã %(code)s kết thúc hoạt động ngày %(day)s nên không thay đổi được nữa.")
            % {"code": body.code, "day": day_words(body.dissolved_on)}
        )


def require_place(kind: Kind, parent: Body | None, day: date) -> None:
    """A body of this kind may stand under `parent` from `day` on."""
    if parent is None:
        if kind not in ROOT_KINDS:
            raise Refused(
                _("%(kind)s phải trực thuộc một tổ chức. Đồng chí chọn tổ chức cấp trên.")
                % {"kind": kind.label}
            )
        return
    require_living(parent, day)
    for above in _kinds_from(parent, day):
        if above in CHILDLESS_KINDS:
            raise Refused(
                _("%(above)s không có tổ chức trực thuộc. Đồng chí chọn tổ chức cấp trên khác.")
                % {"above": above.label}
            )
        if above not in PARENTS[kind]:
            raise Refused(
                _("%(kind)s không trực thuộc %(above)s. Cấp trên có thể là: %(allowed)s.")
                % {"kind": kind.label, "above": above.label, "allowed": _labels(PARENTS[kind])}
            )


def require_no_circle(body: Body, parent: Body, day: date) -> None:
    """`parent` does not stand under `body` on `day` or later."""
    if Closure.objects.filter(ancestor=body, descendant=parent, valid_to__gt=day).exists():
        raise Refused(
            _(
                "Tổ chức mã %(parent)s nằm trong tổ chức mã %(body)s nên không thể là cấp trên của "
                "tổ chức này. Đồng chí chọn tổ chức cấp trên khác."
            )
            % {"parent": parent.code, "body": body.code}
        )


def require_childless(body: Body, day: date) -> None:
    """Nothing stands directly under the body on `day` or later."""
    count = Edge.objects.filter(parent=body, valid_to__gt=day).values("child").distinct().count()
    if count:
        raise Refused(
            _(
                "Tổ chức mã %(code)s còn %(count)d tổ chức trực thuộc. "
                "Đồng chí chuyển hoặc kết thúc các tổ chức đó trước."
            )
            % {"code": body.code, "count": count}
        )


def require_kind_fits(body: Body, kind: Kind, day: date) -> None:
    """The body may become this kind where it stands; its children follow with their own decisions."""
    edge = Edge.objects.filter(child=body, valid_to=FOREVER).select_related("parent").first()
    require_place(kind, edge.parent if edge else None, day)
    if kind in CHILDLESS_KINDS:
        require_childless(body, day)


def _kinds_from(body: Body, day: date) -> list[Kind]:
    """The kinds that the body has on `day` and later."""
    kinds = BodyKind.objects.filter(overlaps(day, FOREVER), body=body).order_by("valid_from")
    return [Kind(kind) for kind in kinds.values_list("kind", flat=True)]


def _labels(kinds: frozenset[Kind]) -> str:
    return ", ".join(kind.label for kind in Kind if kind in kinds)
