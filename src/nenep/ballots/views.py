"""A secret ballot on paper: one page that shows how it stands, and the few pages that take it a step further."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.ballots import drawing_up, operations, reads
from nenep.ballots.access import BallotAccess
from nenep.ballots.exports import record_of
from nenep.ballots.forms import ConfirmationForm, CopiesForm, CountForm, FurtherForm, OpeningForm, RecountForm
from nenep.ballots.models import CountStatus, Round
from nenep.documents.exports import Format, document_response
from nenep.journal.operations import record_read
from nenep.meetings import attendance, voting
from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.meetings.models import AgendaItem, Meeting
from nenep.meetings.progress import meeting_day
from nenep.meetings.views.loading import load_meeting
from nenep.organizations.reads import name_on
from nenep.rulebook.wording import fraction
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.stale import at_revision
from nenep.shared.web import number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.rulebook.votes import VoteRule
    from nenep.shared.web import Request


def opening(request: Request, pk: int) -> HttpResponse:
    """First the kind of decision, each with its threshold; then what stands on the ballot and who counts."""
    meeting, _can = load_meeting(request, pk, "run")
    item = AgendaItem.objects.filter(meeting=meeting, pk=number_in(request, "item")).first()
    lines = attendance.lines_of(meeting)
    numbers = voting.numbers_now(meeting, attendance.count(meeting, lines))
    rules = {rule.kind: rule for rule in voting.secret_votes(meeting)}
    rule = rules.get(request.POST.get("kind") or request.GET.get("kind") or "")
    context = {"meeting": meeting, "item": item, "rule": rule, **numbers}
    if rule is None:
        context["kinds"] = [(each, _needs(each, numbers["base"])) for each in rules.values()]
        return render(request, "ballots/kinds.html", context)
    record_read("attendance.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    form = OpeningForm(
        request.POST or None,
        mode=drawing_up.mode_of(rule),
        people=drawing_up.electable(lines),
        tellers=drawing_up.able_to_count(lines),
        initial={"subject": request.GET.get("subject", "")[:300]},
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            ballot = operations.open_round(
                meeting, kind=rule.kind, item=item, by=request.viewer, **form.cleaned_data
            )
            return redirect("ballots:page", ballot.pk)
    context |= {"form": form, "needs": _needs(rule, numbers["base"])}
    return render(request, "ballots/opening.html", context, status=422 if form.errors else 200)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    """How the round stands: the figures for those who count, the result for everybody once it is confirmed."""
    ballot, can = _load(request, pk)
    rows = list(
        ballot.counts.select_related("entered_by", "confirmed_by").prefetch_related("tallies__option")
    )
    result = next((row for row in rows if row.status == CountStatus.CONFIRMED), None)
    # Names of candidates and of the counting board, with votes from the count on: as the file of the record is.
    record_read("ballot.read", by=request.viewer, body=ballot.meeting.body_id, obj=ballot)
    context = {
        "ballot": ballot,
        "can": can,
        "options": list(ballot.options.all()),
        "tellers": list(ballot.tellers.select_related("member")),
        "result": result,
        "said": reads.result_in_words(ballot, result) if result else [],
        "entered": next((row for row in rows if row.status == CountStatus.ENTERED), None),
        "replaced": [row for row in rows if row.status == CountStatus.REPLACED] if can.read_count else [],
        "following": Round.objects.filter(previous=ballot).first(),
        "base_now": voting.numbers_now(ballot.meeting)["base"] if can.print_ballots else ballot.base,
    }
    return render(request, "ballots/page.html", context)


@require_GET
def sheets(request: Request, pk: int) -> HttpResponse:
    """The ballots to print, all alike: nothing on one tells it from another."""
    ballot, can = _load(request, pk, "print_ballots")
    form = CopiesForm(
        request.GET if "copies" in request.GET else None, initial={"copies": ballot.present_official}
    )
    is_asked = form.is_bound and form.is_valid()
    copies = form.cleaned_data["copies"] if is_asked else ballot.present_official
    context = {
        "ballot": ballot,
        "can": can,
        "form": form,
        "copies": range(copies),
        "options": list(ballot.options.all()),
        "body_name": name_on(ballot.meeting.body_id, meeting_day(ballot.meeting)),
    }
    return render(request, "ballots/sheets.html", context, status=422 if form.errors else 200)


def count(request: Request, pk: int) -> HttpResponse:
    """Write down the figures; each that cannot be true is named, and everything typed stays."""
    ballot, can = _load(request, pk, "enter")
    entered = reads.entered_of(ballot)
    present = attendance.count(ballot.meeting).present_official
    form = CountForm(request.POST or None, ballot=ballot, present=present, initial=CountForm.filled(entered))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            seen = form.cleaned_data["revision"]
            operations.enter_count(ballot, form.figures, seen_revision=seen, by=request.viewer)
            return redirect("ballots:confirmation", pk)
    if form.is_bound:  # the page comes back with what another may have entered meanwhile
        entered = reads.entered_of(ballot)
        form.data = at_revision(request.POST, entered.revision if entered else 0)
    context = {"ballot": ballot, "can": can, "form": form, "entered": entered, "present": present}
    return render(request, "ballots/count.html", context, status=422 if form.errors else 200)


def confirmation(request: Request, pk: int) -> HttpResponse:
    """GET shows the figures and what they decide; POST locks them for good."""
    ballot, can = _load(request, pk, "confirm")
    entered = reads.entered_of(ballot)
    if entered is None:
        raise MovedOn(
            _("Chưa có số kiểm phiếu để chốt."), reverse("ballots:count", args=[pk]), _("Nhập số kiểm phiếu")
        )
    reads.judge(ballot, entered)
    form = ConfirmationForm(request.POST or None, initial={"revision": entered.revision})
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            seen = form.cleaned_data["revision"]
            operations.confirm_count(ballot, seen_revision=seen, by=request.viewer)
            messages.success(request, _("Đã chốt kết quả kiểm phiếu."))
            return redirect("ballots:page", pk)
    if form.is_bound:
        form.data = at_revision(request.POST, entered.revision)
    context = {
        "ballot": ballot,
        "can": can,
        "row": entered,
        "form": form,
        "question": _("Chốt kết quả kiểm phiếu?"),
        "said": reads.result_in_words(ballot, entered),
        "consequences": [_("Chốt rồi không sửa được; sai thì cho kiểm phiếu lại, các con số này vẫn giữ.")],
        "action": _("Chốt kết quả"),
        "back_url": reverse("ballots:count", args=[pk]),
    }
    return render(request, "ballots/confirmation.html", context, status=422 if form.errors else 200)


def recount(request: Request, pk: int) -> HttpResponse:
    ballot, _can = _load(request, pk, "recount")
    form = RecountForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.recount(ballot, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đồng chí nhập số của lần kiểm phiếu lại."))
            return redirect("ballots:count", pk)
    context = {
        "ballot": ballot,
        "form": form,
        "question": _("Kiểm phiếu lại?"),
        "consequences": [_("Kết quả đã chốt không còn dùng; các con số cũ vẫn giữ cùng lý do.")],
        "action": _("Kiểm phiếu lại"),
        "back_url": reverse("ballots:page", args=[pk]),
    }
    return render(request, "ballots/recount.html", context, status=422 if form.errors else 200)


@require_POST
@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    ballot, _can = _load(request, pk, "withdraw")
    operations.withdraw_round(ballot, by=request.viewer)
    messages.success(request, _("Đã bỏ vòng bỏ phiếu mở nhầm."))
    return redirect("meetings:room", ballot.meeting_id)


def further_round(request: Request, pk: int) -> HttpResponse:
    """Over the seats left, among those who tied at the last seat, else among all who were not elected."""
    ballot, _can = _load(request, pk, "open_further")
    result = reads.result_of(ballot)
    if result is None or not result.unfilled:
        raise _stands(ballot, _("Vòng này không còn thiếu người nên không có vòng tiếp theo."))
    remaining, likely = _remaining(ballot)
    lines = attendance.lines_of(ballot.meeting)
    record_read("attendance.read", by=request.viewer, body=ballot.meeting.body_id, obj=ballot.meeting)
    tellers = list(ballot.tellers.all())
    form = FurtherForm(
        request.POST or None,
        people=remaining,
        tellers=drawing_up.able_to_count(lines),
        initial={
            "candidates": likely,
            "seats": min(result.unfilled, len(likely)),
            "head": next((row.member_id for row in tellers if row.is_head), None),
            "board": [row.member_id for row in tellers if not row.is_head],
        },
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            made = operations.open_further_round(ballot, by=request.viewer, **form.cleaned_data)
            return redirect("ballots:page", made.pk)
    context = {"ballot": ballot, "form": form, "said": reads.result_in_words(ballot, result)}
    return render(request, "ballots/further_round.html", context, status=422 if form.errors else 200)


@require_GET
def record_file(request: Request, pk: int, fmt: Format) -> HttpResponse:
    """The counting record as Word or PDF in the official layout."""
    ballot, _can = _load(request, pk, "read_record")
    record_read("ballot.record_read", by=request.viewer, body=ballot.meeting.body_id, obj=ballot)
    day = meeting_day(ballot.meeting).strftime("%d-%m-%Y")
    name = _("Biên bản kiểm phiếu %(day)s vòng %(number)d") % {"day": day, "number": ballot.number}
    return document_response(record_of(ballot), fmt, name)


def _load(request: Request, pk: int, verb: str = "") -> tuple[Round, BallotAccess]:
    seen = Meeting.objects.visible_to(request.viewer)
    ballots = Round.objects.filter(meeting__in=seen).select_related("meeting__body", "meeting__chair", "item")
    ballot = get_object_or_404(ballots, pk=pk)
    can = BallotAccess(request.viewer, ballot)
    if verb:
        require_verb(can, verb, lambda: _late(can, verb))
    return ballot, can


def _late(can: BallotAccess, verb: str) -> MovedOn:
    if verb != "read_record" and not can.ballot.meeting.is_running:
        return moved_on(MeetingAccess(can.viewer, can.ballot.meeting))
    return _stands(can.ballot)


def _stands(ballot: Round, sentence: str = "") -> MovedOn:
    """To be raised: the round is no longer, or not yet, where the page belongs."""
    if not sentence:
        sentence = _("Kết quả kiểm phiếu chưa chốt.") if ballot.is_open else _("Kết quả kiểm phiếu đã chốt.")
    return MovedOn(sentence, reverse("ballots:page", args=[ballot.pk]), _("Về vòng bỏ phiếu"))


def _remaining(ballot: Round) -> tuple[dict[int, str], list[int]]:
    """Who was not elected, by id, and among them those who are ticked beforehand."""
    result = reads.result_of(ballot)
    assert result is not None
    left = [row for row in result.tallies.select_related("option") if not row.is_chosen]
    tied = [row for row in left if row.is_tied]
    people = [(row.option.member_id or 0, row.option.name) for row in left]
    return dict(people), [row.option.member_id or 0 for row in tied or left]


def _needs(rule: VoteRule, base: int) -> dict[str, Any]:
    """The threshold of a kind over the base of now, before it is fixed."""
    share = fraction(rule.num, rule.den, strict=rule.strict)
    return {"share": share, "votes": rule.needed(base), "base": base}
