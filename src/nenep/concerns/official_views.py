"""Official answers to doubtful items: published by a committee, read by the bodies below."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.concerns import official as verbs
from nenep.concerns.forms import PublishingForm
from nenep.concerns.models import OfficialAnswer
from nenep.concerns.views import ON_A_PAGE, form_page, load, shown
from nenep.organizations.models import Body
from nenep.organizations.reach import may
from nenep.organizations.reads import committee_name_on, names_on
from nenep.shared.dates import today
from nenep.shared.web import refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def publication(request: Request, pk: int) -> HttpResponse:
    concern, can = load(request, pk, "publish")
    day = today()
    bodies = Body.objects.on(day).children_of(concern.committee_id or 0, day).in_order()
    form = PublishingForm(
        request.POST or None,
        below=[(body.pk, body.name) for body in bodies],
        initial={"answer": concern.answer},
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            made = verbs.publish_answer(concern, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã công bố. Các chi bộ được gợi ý đưa vào kỳ sinh hoạt tới."))
            return redirect("concerns:official", made.pk)
    words = {"heading": _("Công bố câu trả lời"), "submit": _("Công bố")}
    return form_page(request, form, shown(concern, can) | words)


@require_GET
def official_list(request: Request) -> HttpResponse:
    seen = OfficialAnswer.objects.visible_to(request.viewer).distinct()
    page = Paginator(seen.order_by("-published_at", "-pk"), ON_A_PAGE).get_page(request.GET.get("page"))
    names = names_on({row.body_id for row in page}, today())
    context = {"page": page, "rows": [(row, names[row.body_id]) for row in page]}
    return render(request, "concerns/official_list.html", context)


@require_GET
def official(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficialAnswer.objects.visible_to(request.viewer).distinct(), pk=pk)
    context = {
        "row": row,
        "issuer": committee_name_on(row.body_id, today()),
        "may_withdraw": may(request.viewer, "concerns.answer_passed", row.body_id),
    }
    return render(request, "concerns/official.html", context)


@require_POST
@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    row = get_object_or_404(OfficialAnswer.objects.visible_to(request.viewer).distinct(), pk=pk)
    if not may(request.viewer, "concerns.answer_passed", row.body_id):
        raise PermissionDenied
    verbs.withdraw_answer(row, by=request.viewer)
    messages.success(request, _("Đã thu hồi."))
    return redirect("concerns:official", pk)
