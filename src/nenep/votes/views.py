"""A vote by name: one page for whoever votes and whoever counts, and the few pages that change it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.journal.operations import record_read
from nenep.meetings import voting
from nenep.meetings.access import MeetingAccess
from nenep.meetings.happened import moved_on
from nenep.meetings.models import AgendaItem, Meeting, MeetingStatus
from nenep.meetings.views.loading import load_meeting
from nenep.privacy.inventory import days_kept
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import number_in, refusals_shown, refused_into
from nenep.votes import operations, reserving
from nenep.votes.access import ReservingAccess, VoteAccess
from nenep.votes.forms import CastForm, OpeningForm, ReservationForm, ReservationOnForm, WrittenCastForm
from nenep.votes.models import NamedVote, Reservation
from nenep.votes.reads import still_to_vote, voters_of

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def opening(request: Request, pk: int) -> HttpResponse:
    """Ask a question by name. The page says the base and its parts before anybody votes."""
    meeting, _can = load_meeting(request, pk, "run")
    item = AgendaItem.objects.filter(meeting=meeting, pk=number_in(request, "item")).first()
    form = OpeningForm(request.POST or None, rules=voting.hand_votes(meeting))
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            vote = operations.open_vote(meeting, item=item, by=request.viewer, **form.cleaned_data)
            return redirect("votes:page", vote.pk)
    context = {"meeting": meeting, "form": form, "item": item, **voting.numbers_now(meeting)}
    return render(request, "votes/opening.html", context, status=422 if form.errors else 200)


@require_GET
def page(request: Request, pk: int) -> HttpResponse:
    vote, can = _load(request, pk)
    return _page(request, vote, can)


@require_POST
def cast(request: Request, pk: int) -> HttpResponse:
    vote, can = _load(request, pk, "cast")
    form = CastForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            operations.cast_vote(vote, choice=form.cleaned_data["choice"], by=request.viewer)
            words = {"choice": form.cleaned_data["choice"].label.lower()}
            messages.success(request, _("Đã ghi: đồng chí %(choice)s.") % words)
            return redirect("votes:page", pk)
    return _page(request, vote, can, form)


def written_cast(request: Request, pk: int) -> HttpResponse:
    """For a member without a phone, by whoever keeps the minutes."""
    vote, can = _load(request, pk, "conduct")
    voters = voters_of(vote.meeting, can.lines)
    form = WrittenCastForm(request.POST or None, voters=voters)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            chosen, member_id = form.cleaned_data["choice"], form.cleaned_data["member"]
            operations.write_down_cast(vote, member_id=member_id, choice=chosen, by=request.viewer)
            messages.success(request, _("Đã ghi thay đồng chí %(name)s.") % {"name": voters[member_id]})
            return redirect("votes:page", pk)
    context = {"vote": vote, "form": form}
    return render(request, "votes/written_cast.html", context, status=422 if form.errors else 200)


@refusals_shown
def closing(request: Request, pk: int) -> HttpResponse:
    """GET names who has not voted yet; POST counts."""
    vote, can = _load(request, pk, "conduct")
    if request.method == "POST":
        result = operations.close_vote(vote, by=request.viewer)
        messages.success(request, _outcome(result.votes_for, result.base, passed=result.passed))
        return redirect("votes:page", pk)
    waiting = still_to_vote(vote, voters_of(vote.meeting, can.lines))
    record_read("attendance.read", by=request.viewer, body=vote.meeting.body_id, obj=vote.meeting)
    return render(request, "votes/closing.html", _closing(vote, list(waiting.values())))


@require_POST
@refusals_shown
def withdrawal(request: Request, pk: int) -> HttpResponse:
    vote, _can = _load(request, pk, "conduct")
    operations.withdraw_vote(vote, by=request.viewer)
    messages.success(request, _("Đã bỏ biểu quyết mở nhầm."))
    return redirect("meetings:room", vote.meeting_id)


@require_POST
def reservation(request: Request, pk: int) -> HttpResponse:
    vote, can = _load(request, pk, "reserve")
    form = ReservationForm(request.POST)
    if form.is_valid():
        with refused_into(form):
            operations.reserve_opinion(vote, text=form.cleaned_data["text"], by=request.viewer)
            messages.success(request, _("Đã ghi ý kiến bảo lưu của đồng chí."))
            return redirect("votes:page", pk)
    return _page(request, vote, can, form)


def reservations(request: Request, pk: int) -> HttpResponse:
    """Opinions reserved after hands or a secret ballot: one's own to write, others' for who answers for them."""
    meeting = get_object_or_404(Meeting.objects.visible_to(request.viewer).select_related("body"), pk=pk)
    can = ReservingAccess(request.viewer, meeting)
    require_verb(can, "reserve" if request.method == "POST" else "read", lambda: _reserving_late(can))
    subjects = reserving.open_to(meeting, request.viewer.member_id) if can.reserve else []
    form = ReservationOnForm(request.POST or None, subjects=subjects)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            reserving.reserve_opinion_on(meeting, by=request.viewer, **form.cleaned_data)
            messages.success(request, _("Đã ghi ý kiến bảo lưu của đồng chí."))
            return redirect("votes:reservations", pk)
    rows = (
        Reservation.objects.filter(meeting=meeting)
        .select_related("member")
        .order_by("member__sort_key", "pk")
    )
    shown = list(rows if can.read_reserved else rows.filter(member=request.viewer.member_id))
    if any(row.member_id != request.viewer.member_id for row in shown):
        record_read("reserved_opinions.read", by=request.viewer, body=meeting.body_id, obj=meeting)
    context = {
        "meeting": meeting,
        "form": form,
        "subjects": subjects,
        "may_reserve": can.reserve and request.viewer.member_id in voters_of(meeting),
        "own": [row for row in shown if row.member_id == request.viewer.member_id],
        "others": [row for row in shown if row.member_id != request.viewer.member_id],
        "kept_for": _span(days_kept()["votes.Reservation"]),
    }
    return render(request, "votes/reservations.html", context, status=422 if form.errors else 200)


def _reserving_late(can: ReservingAccess) -> MovedOn:
    if can.meeting.status != MeetingStatus.ADOPTED:
        return moved_on(MeetingAccess(can.viewer, can.meeting))
    address = reverse("votes:reservations", args=[can.meeting.pk])
    return MovedOn(str(reserving.MINUTES_ADOPTED), address, _("Về trang Bảo lưu ý kiến"))


def _load(request: Request, pk: int, verb: str = "") -> tuple[NamedVote, VoteAccess]:
    seen = Meeting.objects.visible_to(request.viewer)
    votes = NamedVote.objects.filter(meeting__in=seen).select_related("meeting__body", "item", "result")
    vote = get_object_or_404(votes, pk=pk)
    can = VoteAccess.of(request.viewer, vote)
    if verb:
        require_verb(can, verb, lambda: _late(can, verb))
    return vote, can


def _late(can: VoteAccess, verb: str) -> MovedOn:
    """Whoever runs the meeting is led to it once it is over; a closed vote shows its result, an open one its form."""
    vote = can.vote
    if verb == "conduct" and not can.run:
        return moved_on(MeetingAccess(can.viewer, vote.meeting))
    if vote.is_open:
        sentence = operations.NOT_COUNTED_YET
    elif verb == "reserve":
        sentence = reserving.MINUTES_ADOPTED
    else:
        sentence = operations.OVER
    return MovedOn(str(sentence), reverse("votes:page", args=[vote.pk]), _("Về trang biểu quyết"))


def _page(
    request: Request,
    vote: NamedVote,
    can: VoteAccess,
    form: CastForm | ReservationForm | None = None,
) -> HttpResponse:
    voters = voters_of(vote.meeting, can.lines)
    own = vote.casts.filter(member=request.viewer.member_id).first()
    context: dict[str, Any] = {
        "vote": vote,
        "can": can,
        "own": own,
        "may_vote": request.viewer.member_id in voters,
        "cast_count": vote.casts.count(),
        "voter_count": len(voters),
        "casts": _named(request, vote, can) if can.read_names else [],
        "kept_for": _span(days_kept()["votes.Cast"]),
    }
    if vote.is_open:
        context["cast_form"] = (
            form if isinstance(form, CastForm) else CastForm(initial={"choice": own.choice if own else None})
        )
    elif own and can.reserve:
        context["reservation_form"] = (
            form if isinstance(form, ReservationForm) else ReservationForm(initial={"text": own.reserved})
        )
    return render(request, "votes/page.html", context, status=422 if form and form.errors else 200)


def _named(request: Request, vote: NamedVote, can: VoteAccess) -> list[Any]:
    """Who voted what, in the order of the roll; looking at it is told in the journal."""
    record_read("named_vote.read", by=request.viewer, body=vote.meeting.body_id, obj=vote)
    casts = {cast.member_id: cast for cast in vote.casts.select_related("member", "written_by")}
    if can.read_reserved and any(cast.reserved for cast in casts.values()):
        record_read("reserved_opinions.read", by=request.viewer, body=vote.meeting.body_id, obj=vote)
    order = [line.entry.member_id for line in can.lines]
    return [casts[member_id] for member_id in order if member_id in casts]


def _closing(vote: NamedVote, waiting: list[str]) -> dict[str, Any]:
    if waiting:
        words = {"count": len(waiting), "names": ", ".join(waiting)}
        sentence = _("Còn %(count)d đồng chí chưa biểu quyết: %(names)s.") % words
    else:
        sentence = _("Mọi đồng chí có quyền biểu quyết đã biểu quyết.")
    return {
        "vote": vote,
        "question": _("Kết thúc biểu quyết?"),
        "consequences": [sentence, _("Sau khi kết thúc không ai biểu quyết hoặc đổi ý kiến được nữa.")],
        "action": _("Kết thúc và kiểm đếm"),
        "back_url": reverse("votes:page", args=[vote.pk]),
    }


def _span(days: int) -> str:
    """Whole years as years: nobody reckons in 730 days."""
    years, rest = divmod(days, 365)
    return (
        _("%(count)d ngày") % {"count": days} if rest or not years else _("%(count)d năm") % {"count": years}
    )


def _outcome(votes_for: int, base: int, *, passed: bool) -> str:
    words = {"votes": votes_for, "base": base}
    if passed:
        return _("Thông qua với %(votes)d trên %(base)d đảng viên chính thức.") % words
    return _("Không thông qua: %(votes)d trên %(base)d đảng viên chính thức tán thành.") % words
