"""The pages of a plan: the year as a table, its entries, publication; and how far the branches below have come."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from nenep.notices.operations import mark_seen
from nenep.organizations.models import Body
from nenep.organizations.reach import may, within
from nenep.organizations.reads import name_on, rules_for
from nenep.people.showing import roster_shown
from nenep.plans import operations
from nenep.plans.access import PlanAccess
from nenep.plans.adopting import adoption_of, is_adopted
from nenep.plans.drafting import lines_of
from nenep.plans.forms import DroppingForm, EntryForm, NewEntryForm
from nenep.plans.gaps import gaps_of
from nenep.plans.models import Entry, EntryKind, Plan
from nenep.plans.operations import years_ahead
from nenep.plans.outcomes import may_be_said, outcome_of, outcomes_of, tally
from nenep.plans.providers import focuses
from nenep.plans.reads import day_in, is_branch, people_of, presenters_of, states_of
from nenep.shared.dates import next_month, now, previous_month, today
from nenep.shared.moved_on import MovedOn, require_verb
from nenep.shared.web import number_in, refusals_shown, refused_into
from nenep.shared.words import count_words, day_words

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from nenep.shared.viewer import Viewer
    from nenep.shared.web import Request

FIRST_YEAR, LAST_YEAR = 2010, 2100
BRANCHES_ON_A_PAGE = 50
SEES_STATES = "meetings.see_state"


@require_GET
def index(request: Request) -> HttpResponse:
    """To the plan of the own body; whoever only looks after others comes to how far they are."""
    own = request.viewer.where("plans.read").own
    leads = request.viewer.where("plans.make").own
    if not own:
        return redirect("plans:branches")
    return redirect("plans:page", min(leads or own), today().year)


@require_GET
def page(request: Request, body_id: int, year: int) -> HttpResponse:
    """The year as a table, which prints on A4."""
    _can(request, body_id, year)
    plan = Plan.objects.visible_to(request.viewer).filter(body=body_id, year=year).first()
    can = PlanAccess(request.viewer, body_id, plan)
    context: dict[str, Any] = {
        "plan": plan,
        "can": can,
        "body_id": body_id,
        "body_name": name_on(body_id, day_in(year)),
        "is_branch": is_branch(body_id, year),
        "year": year,
        "previous": year - 1,
        "next": year + 1 if year < max(years_ahead()) else None,
    }
    if plan:
        mark_seen(plan, by=request.viewer)
        entries = sorted(plan.entries.for_page(), key=lambda entry: (entry.at, entry.pk))
        outcomes = outcomes_of(plan, entries)
        for entry in entries:
            entry.outcome = outcomes[entry.pk]
        context |= {
            "entries": with_focuses(request.viewer, plan, [one for one in entries if not one.is_dropped]),
            "dropped": [entry for entry in entries if entry.is_dropped],
            "soon": {entry.pk for entry in entries if _is_soon(entry)},
            "briefed": {entry.pk for entry in entries if _is_near_briefing(plan, entry)},
            "to_say": {entry.pk for entry in entries if may_be_said(entry, entry.outcome)},
            "settled": {one.pk for one in entries if not one.becomes_meeting and one.outcome.is_known},
            "tally": tally(entries, outcomes),
            "gaps": gaps_of(plan, entries) if can.change else [],
            "enters_paper": may(request.viewer, "meetings.run", body_id),
            "adoption": adoption_of(plan),
        }
    elif can.make and year in years_ahead():
        rules = rules_for(body_id, day_in(year))
        context |= {
            "may_draft": True,
            "lines": lines_of(body_id, year),
            "fixed_day": rules.meeting.fixed_day if context["is_branch"] else None,
        }
    return render(request, "plans/page.html", context)


def with_focuses(viewer: Viewer, plan: Plan, entries: list[Entry]) -> list[Entry]:
    """The entries, each regular one of a branch with its `focuses`: what the committees above gave for its month."""
    found = focuses.ask(viewer, plan.body_id, plan.year)
    for entry in entries:
        is_regular = entry.kind == EntryKind.REGULAR
        entry.focuses = [
            focus for focus in found if is_regular and focus.first_month <= entry.month <= focus.last_month
        ]
    return entries


@require_POST
@refusals_shown
def drafting(request: Request, body_id: int, year: int) -> HttpResponse:
    """One tap: the year's draft."""
    if not _can(request, body_id, year).make:
        raise PermissionDenied
    operations.draft_plan(body_id, year=year, by=request.viewer)
    messages.success(request, _("Đã lập bản dự thảo. Đồng chí sửa, thêm, bỏ từng kỳ rồi công bố."))
    return redirect("plans:page", body_id, year)


def publication(request: Request, pk: int) -> HttpResponse:
    """GET says who will be told and what the plan lacks; POST publishes."""
    plan, can = _plan(request, pk)
    require_verb(can, "publish", lambda: moved_on(plan, _("Kế hoạch này đã công bố rồi.")))
    if request.method == "POST":
        return _publish(request, plan)
    told = _("Kế hoạch được báo cho %(count)d đồng chí. Sau khi công bố, mỗi thay đổi đều được báo lại.")
    nobody = _("Chưa có ai để báo. Sau khi công bố, mỗi thay đổi đều được ghi lại kèm lý do.")
    lacks = [gap.sentence for gap in gaps_of(plan, plan.entries.for_page())]
    if is_branch(plan.body_id, plan.year) and not is_adopted(plan):
        lacks.append(
            _("Chi bộ chưa biểu quyết kế hoạch này. Muốn biểu quyết trước thì đưa vào chương trình kỳ tới.")
        )
    context = {
        "question": _("Công bố kế hoạch năm %(year)d?") % {"year": plan.year},
        "consequences": [count_words(len(people_of(plan.body_id, plan.year)), told, nobody), *lacks],
        "action": _("Công bố"),
        "back_url": address_of(plan),
    }
    return render(request, "plans/confirm.html", context)


@refusals_shown
def _publish(request: Request, plan: Plan) -> HttpResponse:
    told = operations.publish_plan(plan, by=request.viewer)
    said = _("Đã công bố và báo cho %(count)d đồng chí.")
    messages.success(request, count_words(told, said, _("Đã công bố. Chưa có ai để báo.")))
    return redirect(address_of(plan))


def entry_addition(request: Request, pk: int) -> HttpResponse:
    plan, can = _plan(request, pk)
    if not can.change:
        raise PermissionDenied
    form = NewEntryForm(
        request.POST or None,
        people=_people_shown(request, plan),
        is_published=plan.is_published,
        holds_meetings=is_branch(plan.body_id, plan.year),
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.add_entry(plan, by=request.viewer, **form.cleaned_data)
            messages.success(request, _told(plan, _("Đã thêm vào kế hoạch.")))
            return redirect(address_of(plan))
    return _form_page(request, plan, form, _("Thêm vào kế hoạch"), _("Thêm"))


def entry_change(request: Request, pk: int) -> HttpResponse:
    entry = _load_open(request, pk)
    form = EntryForm(
        request.POST or None,
        initial={
            "starts_at": entry.at,
            "place": entry.where,
            "content": entry.content,
            "presenter": entry.presenter,
        },
        people=_people_shown(request, entry.plan),
        is_published=entry.plan.is_published or entry.made is not None,
        has_meeting=entry.made is not None,
    )
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.change_entry(entry, by=request.viewer, **form.cleaned_data)
            messages.success(request, _told(entry.plan, _("Đã sửa kế hoạch.")))
            return redirect(address_of(entry.plan))
    return _form_page(request, entry.plan, form, _("Sửa %(kind)s") % _named(entry), _("Lưu"), entry)


def entry_removal(request: Request, pk: int) -> HttpResponse:
    """GET says what follows and asks for the reason where the plan is published; POST takes the entry off."""
    entry = _load_open(request, pk)
    plan = entry.plan
    form = DroppingForm(request.POST or None) if plan.is_published else None
    if request.method == "POST" and form is None:
        return _drop(request, entry)
    if form is not None and request.method == "POST" and form.is_valid():
        with refused_into(form):
            operations.drop_entry(entry, reason=form.cleaned_data["reason"], by=request.viewer)
            messages.success(request, _told(plan, _("Đã bỏ khỏi kế hoạch.")))
            return redirect(address_of(plan))
    context = {
        "form": form or "",
        "question": _("Bỏ %(kind)s?") % _named(entry),
        "facts": [(_("Ngày"), day_words(entry.day)), (_("Nội dung"), entry.about or "–")],
        "consequences": [
            _("Mọi người được báo kèm lý do; dòng đã bỏ vẫn xem được ở cuối kế hoạch.")
            if plan.is_published
            else _("Kế hoạch chưa công bố nên dòng này được xóa hẳn.")
        ],
        "action": _("Bỏ khỏi kế hoạch"),
        "back_url": address_of(plan),
    }
    return render(request, "plans/confirm.html", context, status=422 if form and form.errors else 200)


@refusals_shown
def _drop(request: Request, entry: Entry) -> HttpResponse:
    operations.drop_entry(entry, by=request.viewer)
    messages.success(request, _("Đã bỏ khỏi kế hoạch."))
    return redirect(address_of(entry.plan))


@require_POST
@refusals_shown
def meeting(request: Request, pk: int) -> HttpResponse:
    """Make the meeting of an entry; it is prepared from there on."""
    entry = get_object_or_404(
        Entry.objects.visible_to(request.viewer).select_related("plan", "meeting", "presenter"), pk=pk
    )
    if not PlanAccess(request.viewer, entry.plan.body_id, entry.plan).make_meeting:
        raise PermissionDenied
    made = operations.make_meeting(entry, by=request.viewer)
    return redirect("meetings:page", made.pk)


@require_GET
def branches(request: Request) -> HttpResponse:
    """Which branches below have a plan for the year: states and counts, no content."""
    if not request.viewer.where(SEES_STATES).below:
        raise PermissionDenied
    asked = number_in(request, "year")
    year = asked if FIRST_YEAR <= asked <= max(years_ahead()) else today().year
    below = Body.objects.on(day_in(year)).branches().filter(within(request.viewer, SEES_STATES, field="pk"))
    plans = Plan.objects.filter(year=year)
    having = {"published": plans.published(), "draft": plans.exclude(pk__in=plans.published())}
    counts = {name: _having(below, some).count() for name, some in having.items()}
    state = request.GET.get("state", "")
    shown = below.exclude(plans__in=plans.published()) if state == "missing" else below
    found = Paginator(shown.in_order(), BRANCHES_ON_A_PAGE).get_page(request.GET.get("page"))
    states = states_of([branch.pk for branch in found.object_list], year)
    context = {
        "year": year,
        "previous": year - 1,
        "next": year + 1 if year < max(years_ahead()) else None,
        "all": below.count(),
        "state": state,
        "page": found,
        "rows": [(branch, states.get(branch.pk)) for branch in found.object_list],
        **counts,
    }
    return render(request, "plans/branches.html", context)


def _having(below: QuerySet[Body], plans: QuerySet[Plan]) -> QuerySet[Body]:
    return below.filter(pk__in=plans.values("body"))


def _is_soon(entry: Entry) -> bool:
    """Whether its meeting may be made now: it has none and is due this month or the next."""
    is_open = entry.becomes_meeting and not entry.is_dropped and entry.made is None and entry.at > now()
    return is_open and entry.month <= next_month(today())


def _is_near_briefing(plan: Plan, entry: Entry) -> bool:
    """Whether it is a briefing of clusters that may be opened now: published, of last month to the next one."""
    near = previous_month(today()) <= entry.month <= next_month(today())
    is_briefing = entry.kind == EntryKind.CLUSTER_BRIEFING and not entry.is_dropped
    return plan.is_published and near and is_briefing


def _can(request: Request, body_id: int, year: int) -> PlanAccess:
    can = PlanAccess(request.viewer, body_id)
    if not FIRST_YEAR <= year <= LAST_YEAR or not can.read:
        raise Http404
    return can


def _plan(request: Request, pk: int) -> tuple[Plan, PlanAccess]:
    plan = get_object_or_404(Plan.objects.visible_to(request.viewer), pk=pk)
    return plan, PlanAccess(request.viewer, plan.body_id, plan)


def load_entry(request: Request, pk: int) -> Entry:
    """A standing entry that the viewer may change."""
    entries = Entry.objects.visible_to(request.viewer).select_related("plan", "meeting", "presenter")
    entry = get_object_or_404(entries, pk=pk)
    if not PlanAccess(request.viewer, entry.plan.body_id, entry.plan).change:
        raise PermissionDenied
    if entry.is_dropped:
        raise moved_on(entry.plan, _("Kỳ này đã bỏ khỏi kế hoạch."))
    return entry


def _load_open(request: Request, pk: int) -> Entry:
    """One that was not held yet, as far as is known; meetings of the branch are changed by their own rules."""
    entry = load_entry(request, pk)
    if not entry.becomes_meeting and outcome_of(entry).is_known:
        raise moved_on(entry.plan, _("Cuộc này đã có kết quả nên không sửa, không bỏ được nữa."))
    return entry


def moved_on(plan: Plan, sentence: str) -> MovedOn:
    return MovedOn(sentence, address_of(plan), _("Xem kế hoạch năm %(year)d") % {"year": plan.year})


def _people_shown(request: Request, plan: Plan) -> list[int]:
    """Who may present, for a form; that the names of a branch were shown is written down."""
    roster_shown(plan.body_id, day_in(plan.year), by=request.viewer)
    return presenters_of(plan.body_id, plan.year)


def _form_page(
    request: Request, plan: Plan, form: EntryForm, heading: str, submit: str, entry: Entry | None = None
) -> HttpResponse:
    context = {"plan": plan, "form": form, "heading": heading, "submit": submit, "entry": entry}
    return render(request, "plans/form.html", context, status=422 if form.errors else 200)


def _named(entry: Entry) -> dict[str, str]:
    return {"kind": str(entry.get_kind_display()).lower()}


def _told(plan: Plan, sentence: str) -> str:
    return f"{sentence} {_('Mọi người đã được báo.')}" if plan.is_published else sentence


def address_of(plan: Plan) -> str:
    return reverse("plans:page", args=[plan.body_id, plan.year])
