"""What a body that received a directive says of it, and a member for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nenep.directives import answering
from nenep.directives.choices import asked_of
from nenep.directives.forms import ImplementationForm, MadeForm, PlanningForm
from nenep.directives.links import shown
from nenep.directives.loading import form_page, load_directive, load_receipt
from nenep.directives.own import coming_meeting
from nenep.directives.planning import put_into_plan
from nenep.files.sending import attach_sent
from nenep.meetings.access import MeetingAccess
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.web import came_from, number_in, refusals_shown, refused_into
from nenep.shared.words import count_words

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.directives.models import Receipt
    from nenep.shared.web import Request


@require_POST
@refusals_shown
def acknowledgement(request: Request, pk: int) -> HttpResponse:
    """One tap; a second one is answered as the first was."""
    receipt, _can = load_receipt(request, pk, "answer")
    told = answering.acknowledge(receipt, by=request.viewer)
    said = _("Đã tiếp nhận và báo cho %(count)d đảng viên của chi bộ.")
    messages.success(request, count_words(told, said, _("Đã tiếp nhận.")))
    return redirect(came_from(request, reverse("directives:page", args=[receipt.directive_id])))


@require_POST
@refusals_shown
def agenda(request: Request, pk: int) -> HttpResponse:
    """One tap: acknowledge, and put it on the agenda of the coming meeting."""
    receipt, _can = load_receipt(request, pk, "answer")
    meeting = coming_meeting(receipt.body_id) if receipt.is_branch else None
    if meeting is None or not MeetingAccess(request.viewer, meeting).prepare:
        raise Refused(_("Chưa lập kỳ sinh hoạt sắp tới nên chưa đưa vào chương trình được."))
    answering.put_on_agenda(receipt, meeting, by=request.viewer)
    said = _("Đã tiếp nhận và đưa vào chương trình. Đồng chí ghi số phút và người trình bày.")
    messages.success(request, said)
    return redirect("meetings:agenda", meeting.pk)


def made(request: Request, pk: int) -> HttpResponse:
    """What the body made of it: its plan, resolution, focus; linked to the paragraph that it carries out."""
    receipt, can = load_receipt(request, pk, "answer")
    form = MadeForm(request.POST or None, receipt=receipt)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            answering.link_made(
                receipt,
                requirement=form.cleaned_data["requirement"],
                once=form.cleaned_data["once"],
                by=request.viewer,
                **form.link,
            )
            messages.success(request, _("Đã ghi."))
            return redirect("directives:made", pk)
    return form_page(
        request,
        form,
        _("Kế hoạch, việc làm thực hiện chỉ đạo"),
        _("Ghi"),
        back=_to(receipt),
        template="directives/made.html",
        receipt=receipt,
        can=can,
        rows=shown(request.viewer, [receipt]).get(receipt.pk, []),
    )


def planning(request: Request, pk: int, requirement_pk: int) -> HttpResponse:
    """A paragraph becomes an entry of the plan of a year."""
    receipt, _can = load_receipt(request, pk, "plan")
    requirement = get_object_or_404(asked_of(receipt), pk=requirement_pk)
    form = PlanningForm(
        request.POST or None, is_branch=receipt.is_branch, initial={"content": requirement.what}
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            put_into_plan(receipt, requirement, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã đưa vào kế hoạch năm, gắn với mục này của chỉ đạo."))
            return redirect("directives:page", receipt.directive_id)
    heading = _("Đưa mục %(mark)s vào kế hoạch năm") % {"mark": requirement.mark}
    return form_page(request, form, heading, _("Đưa vào kế hoạch"), back=_to(receipt))


@require_POST
@refusals_shown
def made_removal(request: Request, pk: int) -> HttpResponse:
    receipt, _can = load_receipt(request, pk, "answer")
    answering.unlink_made(receipt, number_in(request, "made"), by=request.viewer)
    return redirect("directives:made", pk)


def implementation(request: Request, pk: int) -> HttpResponse:
    """Done, when, with what result; evidence is a file beside it. `?requirement=` chooses one paragraph."""
    receipt, _can = load_receipt(request, pk, "answer")
    initial: dict[str, object] = {
        "day": receipt.implemented_on or today(),
        "words": receipt.implemented_words,
    }
    if key := number_in(request, "requirement"):
        said = receipt.fulfilments.filter(requirement=key).first()
        initial = {
            "requirement": key,
            "day": said.done_on if said else today(),
            "words": said.words if said else "",
        }
    form = ImplementationForm(request.POST or None, request.FILES or None, initial=initial, receipt=receipt)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            answering.say_implemented(receipt, by=request.viewer, **form.typed)
            if attach_sent(request, receipt, receipt.body_id, form):
                messages.success(request, _("Đã ghi kết quả thực hiện."))
            return redirect("directives:page", receipt.directive_id)
    return form_page(
        request,
        form,
        _("Ghi kết quả thực hiện"),
        _("Ghi đã thực hiện xong"),
        back=_to(receipt),
        template="directives/implementation.html",
        receipt=receipt,
    )


@require_POST
@refusals_shown
def confirmation(request: Request, pk: int) -> HttpResponse:
    """“Tôi đã nắm được nội dung”; a second tap is answered as the first was."""
    directive, _can = load_directive(request, pk, "confirm")
    answering.confirm_understood(directive, by=request.viewer)
    messages.success(request, _("Đã ghi: đồng chí đã nắm được nội dung."))
    return redirect("directives:page", pk)


def _to(receipt: Receipt) -> tuple[str, str]:
    return reverse("directives:page", args=[receipt.directive_id]), receipt.directive.title
