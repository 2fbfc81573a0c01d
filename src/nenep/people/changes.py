"""The forms behind the verbs: each loads, asks the access object, cleans, acts, and goes back to the page.

Steps that end rights (transfer, leaving) are shown on a check page before anything is written.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nenep.journal.operations import record_read
from nenep.organizations.models import Body
from nenep.organizations.reads import name_on
from nenep.people import forms, introductions, offices, operations
from nenep.people.access import MemberAccess, PeopleAccess
from nenep.people.models import Introduction, IntroductionKind, Member, Membership, Office, StatusPeriod
from nenep.people.models import Status as StatusWord
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.stepup import step_up
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Callable

    from django import forms as django_forms
    from django.http import HttpRequest, HttpResponse

    from nenep.shared.web import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def admission(request: Request, body_id: int) -> HttpResponse:
    """Enter a new member into the branch, or one who had left every branch of the program."""
    branch = get_object_or_404(Body.objects.visible_to(request.viewer).on(today()), pk=body_id)
    if not PeopleAccess(request.viewer, body_id).admit:
        raise PermissionDenied
    form = forms.AdmissionForm(request.POST or None, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        member = _try(form, lambda: _admit_or_rejoin(form, branch, request))
        if member:
            messages.success(
                request, _("Đã ghi đồng chí %(name)s vào danh sách.") % {"name": member.full_name}
            )
            return redirect("people:body", body_id)
    context = {"form": form, "body": branch}
    return render(request, "people/admission.html", context, status=_code(form))


@form_page
def details(request: Request, pk: int) -> HttpResponse:
    member, can = _load(request, pk, "change")
    return _correction(request, member, can, forms.DetailsForm)


@form_page
def contact(request: Request, pk: int) -> HttpResponse:
    """How the member wants to be reached: the member's own business too."""
    member, can = _load(request, pk, "change_contact")
    return _correction(request, member, can, forms.ContactForm)


@form_page
def transfer(request: Request, pk: int) -> HttpResponse:
    """Form, then a check page with what ends and what begins, then the transfer or its introduction."""
    member, can = _load(request, pk, "move")
    form = forms.TransferForm(request.POST or None, initial={"day": today()})
    step = request.POST.get("step", "")
    if request.method == "POST" and form.is_valid() and step == "check":
        return _check_transfer(request, member, can, form)
    if request.method == "POST" and step == "do" and form.is_valid():
        settles = can.settles(form.cleaned_data["to"].pk)
        verb = operations.transfer if settles else introductions.introduce
        if _try(form, lambda: verb(member, by=request.viewer, **form.cleaned_data)):
            messages.success(request, _("Đã ghi việc chuyển sinh hoạt.") if settles else _waits())
            return redirect("people:body", can.branch_id)
    return _form(request, "people/transfer.html", form, member=member, can=can)


@form_page
def departure(request: Request, pk: int) -> HttpResponse:
    """The membership ends; the form asks for a day and for no reason."""
    member, can = _load(request, pk, "change")
    form = forms.DayForm(request.POST or None, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        if request.POST.get("step") == "check":
            ending = [office for office in member.offices.for_page() if office.valid_to > day]
            context = {"member": member, "form": form, "day": day, "ending": ending}
            return render(request, "people/departure_check.html", context)
        if _try(form, lambda: _done(operations.leave(member, day=day, by=request.viewer))):
            messages.success(request, _("Đã ghi ngày thôi sinh hoạt."))
            return redirect("people:body", can.branch_id)
    return _form(request, "people/departure.html", form, member=member, can=can)


@form_page
def recognition(request: Request, pk: int) -> HttpResponse:
    member, can = _load(request, pk, "change")
    form = forms.DayForm(request.POST or None)
    form.fields["day"].label = _("Công nhận chính thức từ ngày")
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        if _try(form, lambda: _done(operations.recognize_official(member, day=day, by=request.viewer))):
            messages.success(request, _("Đã ghi ngày công nhận chính thức."))
            return redirect("people:member", pk)
    return _form(request, "people/recognition.html", form, member=member, can=can)


@form_page
def status(request: Request, pk: int) -> HttpResponse:
    member, can = _load(request, pk, "change")
    form = forms.StatusForm(request.POST or None, initial={"start": today()})
    if form.is_valid() and (done := _try(form, lambda: _state(form.cleaned_data, member, can, request))):
        waits = isinstance(done, Introduction)
        messages.success(request, _waits() if waits else _("Đã ghi tình trạng sinh hoạt."))
        return redirect("people:member", pk)
    return _form(request, "people/status.html", form, member=member, can=can)


@form_page
@step_up
def office(request: Request, pk: int) -> HttpResponse:
    member, can = _load(request, pk, "appoint")
    form = forms.OfficeForm(request.POST or None, bodies=can.bodies_to_appoint_in, initial={"day": today()})
    if form.is_valid() and _try(
        form, lambda: offices.appoint(member, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Đã ghi chức vụ."))
        return _back(member, can)
    return _form(request, "people/office.html", form, member=member, can=can)


@form_page
def status_end(request: Request, pk: int) -> HttpResponse:
    period = get_object_or_404(
        StatusPeriod.objects.filter(member__in=Member.objects.visible_to(request.viewer)), pk=pk
    )
    can = MemberAccess(request.viewer, period.member)
    _enter(request, period.member, can, allowed=can.change)
    form = forms.DayForm(request.POST or None, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        if _try(form, lambda: _done(operations.end_status(period, day=day, by=request.viewer))):
            messages.success(request, _("Đã kết thúc tình trạng."))
            return redirect("people:member", period.member_id)
    return _form(request, "people/status_end.html", form, member=period.member, period=period, can=can)


@form_page
@step_up
def office_end(request: Request, pk: int) -> HttpResponse:
    held = get_object_or_404(
        Office.objects.with_kind().filter(member__in=Member.objects.visible_to(request.viewer)), pk=pk
    )
    can = MemberAccess(request.viewer, held.member)
    _enter(request, held.member, can, allowed=PeopleAccess(request.viewer, held.body_id).appoint)
    form = forms.DayForm(request.POST or None, initial={"day": today()})
    if request.method == "POST" and form.is_valid():
        day = form.cleaned_data["day"]
        if _try(form, lambda: _done(offices.release(held, day=day, by=request.viewer))):
            messages.success(request, _("Đã ghi ngày thôi giữ chức vụ."))
            return _back(held.member, can)
    context = {"office": held, "body_name": name_on(held.body_id, today())}
    return _form(request, "people/office_end.html", form, member=held.member, can=can, **context)


@form_page
def term(request: Request, body_id: int) -> HttpResponse:
    found = get_object_or_404(Body.objects.visible_to(request.viewer).on(today()), pk=body_id)
    if not PeopleAccess(request.viewer, body_id).appoint:
        raise PermissionDenied
    form = forms.TermForm(request.POST or None)
    if form.is_valid() and _try(
        form, lambda: offices.open_term(found, by=request.viewer, **form.cleaned_data)
    ):
        messages.success(request, _("Đã mở nhiệm kỳ."))
        return redirect("people:body", body_id)
    return _form(request, "people/term.html", form, body=found)


def _load(request: Request, pk: int, verb: str) -> tuple[Member, MemberAccess]:
    member = get_object_or_404(Member.objects.visible_to(request.viewer), pk=pk)
    can = MemberAccess(request.viewer, member)
    _enter(request, member, can, allowed=getattr(can, verb))
    return member, can


def _enter(request: Request, member: Member, can: MemberAccess, *, allowed: bool) -> None:
    """403 for whoever may not; that a form about a colleague was opened is written down."""
    if not allowed:
        raise PermissionDenied
    record_read("member.read", by=request.viewer, body=can.branch_id, obj=member, subject=member.pk)


def _correction(request: Request, member: Member, can: MemberAccess, form_class: type[Any]) -> HttpResponse:
    # The form works on a copy: the verb compares with what is stored.
    form = form_class(request.POST or None, instance=Member.objects.get(pk=member.pk))
    if form.is_valid() and _try(
        form, lambda: _done(operations.correct(member, by=request.viewer, **form.cleaned_data))
    ):
        messages.success(request, _("Đã ghi lại thông tin."))
        return redirect("people:member", member.pk)
    return _form(request, "people/details.html", form, member=member, can=can)


def _state(
    typed: dict[str, Any], member: Member, can: MemberAccess, request: Request
) -> Introduction | StatusPeriod:
    """The status; a stay at a branch that has its own say is introduced there."""
    status, start, end, host = (typed[name] for name in ("status", "start", "end", "host"))
    if host is None or status != StatusWord.AWAY or can.settles(host.pk):
        return operations.change_status(
            member, status=StatusWord(status), start=start, end=end, host=host, by=request.viewer
        )
    return introductions.introduce(
        member, kind=IntroductionKind.STAY, to=host, day=start, end=end, by=request.viewer
    )


def _waits() -> str:
    return _("Đã gửi giới thiệu. Chi bộ nơi đến tiếp nhận thì việc này mới có hiệu lực.")


def _admit_or_rejoin(form: forms.AdmissionForm, branch: Body, request: Request) -> Member:
    """Somebody with this code and name who has left all branches comes back; else the code must be new."""
    data, day = form.data_typed(), form.cleaned_data["day"]
    known: Member | None = Member.objects.filter(
        code=data.code, search_key=search_key(data.full_name)
    ).first()
    if known is None or Membership.objects.filter(member=known, valid_to__gt=day).exists():
        return operations.admit(data, branch=branch, day=day, by=request.viewer)
    operations.rejoin(known, branch=branch, day=day, by=request.viewer)
    return known


def _check_transfer(
    request: HttpRequest, member: Member, can: MemberAccess, form: forms.TransferForm
) -> HttpResponse:
    to, day = form.cleaned_data["to"], form.cleaned_data["day"]
    assert can.branch_id is not None  # `can.change` has said so
    lost = operations.offices_lost([member.pk], origin=can.branch_id, destination=to.pk, day=day)
    context = {
        "member": member,
        "form": form,
        "to": to,
        "settles": can.settles(to.pk),
        "day": day,
        "origin_name": name_on(can.branch_id, day),
        "ending": [(office, name_on(office.body_id, day)) for office in lost.with_kind()],
    }
    return render(request, "people/transfer_check.html", context)


def _try(form: django_forms.BaseForm, verb: Callable[[], object]) -> Any:
    """What the verb returned; a refusal becomes an error of the form, so that nothing typed is lost."""
    try:
        return verb()
    except Refused as refusal:
        form.add_error(None, str(refusal))
        return None


def _done(_nothing: None) -> bool:
    return True


def _form(request: HttpRequest, template: str, form: django_forms.BaseForm, **context: Any) -> HttpResponse:
    return render(request, template, {"form": form, **context}, status=_code(form))


def _code(form: django_forms.BaseForm) -> int:
    return 422 if form.is_bound and form.errors else 200


def _back(member: Member, can: MemberAccess) -> HttpResponse:
    """To the member's page, or home for those (an administrator) who may not read it."""
    return redirect("people:member", member.pk) if can.read else redirect("people:index")
