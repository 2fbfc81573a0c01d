"""What is past its day in the bodies that somebody looks after, as it stood on any day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from nenep.directives.due import duties_of, followed_on
from nenep.directives.forms import DayForm
from nenep.directives.models import Directive
from nenep.organizations.reads import names_on
from nenep.shared.csv_lists import csv_list
from nenep.shared.dates import today
from nenep.shared.web import number_in
from nenep.shared.words import day_words

if TYPE_CHECKING:
    from datetime import date

    from django.http import HttpResponse

    from nenep.directives.due import Duty
    from nenep.shared.web import Request

ON_A_PAGE = 50


@require_GET
def overdue(request: Request) -> HttpResponse:
    """`?day=`: as it stood then; `?directive=`: of one directive; `?csv=1`: the list as a file."""
    viewer = request.viewer
    if not (viewer.where("directives.issue").own or viewer.where("directives.follow").below):
        raise PermissionDenied(_("Đồng chí không theo dõi tổ chức nào."))
    form = DayForm(request.GET or None)
    day = (form.cleaned_data["day"] if form.is_valid() else None) or today()
    receipts = followed_on(viewer, day).select_related("body")
    directive = Directive.objects.visible_to(viewer).filter(pk=number_in(request, "directive")).first()
    if directive:
        receipts = receipts.filter(directive=directive)
    due = duties_of(receipts, due_before=day)
    late = [duty for duty in due if duty.is_open_on(day)]
    if request.GET.get("csv"):
        return _as_csv(late, day)
    page = Paginator(late, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "day": day,
        "directive": directive,
        "page": page,
        "rows": _named(page, day),
        "late": len(late),
        "due": len(due),
        "bodies": len({duty.receipt.body_id for duty in late}),
        "all_bodies": len({duty.receipt.body_id for duty in due}),
    }
    return render(request, "directives/overdue.html", context, status=422 if form.errors else 200)


def _named(duties: object, day: date) -> list[tuple[Duty, str, int]]:
    rows: list[Duty] = list(duties)  # type: ignore[call-overload]  # a page of them
    names = names_on({duty.receipt.body_id for duty in rows}, day)
    return [(duty, names[duty.receipt.body_id], duty.days_late(day)) for duty in rows]


def _as_csv(duties: list[Duty], day: date) -> HttpResponse:
    header = (_("Tổ chức"), _("Chỉ đạo"), _("Mục"), _("Việc phải làm"), _("Hạn"), _("Quá hạn (ngày)"))
    rows = [
        (
            name,
            duty.requirement.directive.source_symbol,
            duty.requirement.mark,
            duty.requirement.what,
            day_words(duty.due_on),
            late,
        )
        for duty, name, late in _named(duties, day)
    ]
    return csv_list(f"overdue-{day}", header, rows)
