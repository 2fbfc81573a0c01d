"""A paper from outside by way of its file: upload, what was read beside the fields, one click for each suggestion."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRefresh

from nenep.arrivals.entry_views import entered_words
from nenep.arrivals.forms import HeadForm, IntakeForm, choices_of
from nenep.arrivals.intake_findings import findings_of
from nenep.arrivals.intake_page import PLACES, corrected, fields_of, lines_of, lines_with
from nenep.arrivals.intakes import correct, enter, give_up
from nenep.arrivals.loading import entered_from, load_body, load_intake
from nenep.arrivals.reading import has_no_worker, is_under_way, read_again, read_file
from nenep.organizations.reach import may
from nenep.organizations.reads import name_on
from nenep.shared.dates import today
from nenep.shared.web import is_part, number_in, refusals_shown, refused_into

if TYPE_CHECKING:
    from uuid import UUID

    from django.http import HttpResponse

    from nenep.arrivals.models import Arrival, Intake
    from nenep.shared.web import Request

# More lines than these are folded; as many as a long report has on its first ten pages.
UNFOLDED = 400
TAKE, PUT_BACK = "take", "put_back"


def reading(request: Request, body_id: int) -> HttpResponse:
    """Choose a file; it is read at once or by the worker, and refused or kept until its paper is entered."""
    body = load_body(request, body_id)
    if not may(request.viewer, "files.add", body_id):
        raise PermissionDenied
    form = IntakeForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            data = form.cleaned_data
            intake = read_file(body, data["file"], once=data["once"], by=request.viewer)
            return redirect("arrivals:intake", intake.once)
    context = {"form": form, "body_id": body_id, "body_name": name_on(body_id, today())}
    return render(request, "arrivals/reading.html", context, status=422 if form.errors else 200)


@refusals_shown
def intake_page(request: Request, once: UUID) -> HttpResponse:
    """The fields beside the text. A suggestion is taken or put back with the same form, so that no typing is lost."""
    pressed = next((verb for verb in (TAKE, PUT_BACK) if verb in request.POST), None)
    if request.method == "POST" and not pressed and (made := entered_from(request, once)):
        return _entered(request, made)  # the same page was sent again
    intake = load_intake(request, once)
    if not intake.is_read:
        return _waiting(request, intake)
    if request.method == "GET" and is_part(request):  # it was waited for
        refreshed: HttpResponse = HttpResponseClientRefresh()
        return refreshed
    if pressed:
        return _suggestion(request, intake, number_in(request, pressed), is_accepted=pressed == TAKE)
    choices = choices_of(intake.body_id)
    form = HeadForm(request.POST or None, initial=fields_of(intake, choices["kinds"]), **choices)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            entry = {name: form.cleaned_data[name] for name in ("arrived", "number", "purpose")}
            return _entered(request, enter(intake, head=form.head, **entry, by=request.viewer))
    return _page(request, intake, form)


@require_POST
def rereading(request: Request, once: UUID) -> HttpResponse:
    """Begin anew where the worker has stopped."""
    read_again(load_intake(request, once), by=request.viewer)
    return redirect("arrivals:intake", once)


@require_POST
def withdrawal(request: Request, once: UUID) -> HttpResponse:
    """Erase the file and what was read."""
    give_up(load_intake(request, once), by=request.viewer)
    messages.success(request, _("Đã bỏ tệp; chưa vào sổ gì."))
    return redirect("arrivals:register")


def _entered(request: Request, arrival: Arrival) -> HttpResponse:
    messages.success(request, entered_words(arrival))
    return redirect("arrivals:page", arrival.pk)


def _suggestion(request: Request, intake: Intake, key: int, *, is_accepted: bool) -> HttpResponse:
    """The page as it was typed, with the line and the fields that the suggestion changes; by htmx these alone."""
    correct(intake, key, is_accepted=is_accepted)
    choices = choices_of(intake.body_id)
    typed = {name: request.POST.get(name, "") for name in HeadForm(**choices).fields}
    changed = corrected(intake, key, typed)
    form = HeadForm(initial=typed | changed, **choices)
    if not is_part(request):
        return _page(request, intake, form)
    for name in changed:
        form.fields[name].widget.attrs["hx-swap-oob"] = "true"
    context = {
        "intake": intake,
        "lines": lines_of(intake, only=lines_with(intake, key)),
        "fields": [form[name] for name in changed],
    }
    return render(request, "arrivals/_suggestion.html", context)


def _waiting(request: Request, intake: Intake) -> HttpResponse:
    """How far the reading is, or why it came to nothing; the page asks again by itself."""
    if request.method == "POST":
        return redirect("arrivals:intake", intake.once)
    context = {
        "intake": intake,
        "body_name": name_on(intake.body_id, today()),
        "has_no_worker": intake.is_waiting and has_no_worker(intake),
        "has_stopped": intake.is_waiting and not is_under_way(intake),
    }
    return render(request, "arrivals/waiting.html", context)


def _page(request: Request, intake: Intake, form: HeadForm) -> HttpResponse:
    _say_where(intake, form)
    lines, read = lines_of(intake), intake.read
    context: dict[str, Any] = {
        "intake": intake,
        "form": form,
        "body_name": name_on(intake.body_id, today()),
        "lines": lines[:UNFOLDED],
        "folded": lines[UNFOLDED:],
        "doubted": [(line.number, one) for line in lines for one in line.suspects],
        "checks": read["checks"],
        "findings": findings_of(intake),
    }
    return render(request, "arrivals/intake.html", context, status=422 if form.errors else 200)


def _say_where(intake: Intake, form: HeadForm) -> None:
    """Each field names the line that it was read from, and the one of the number what the stamp says."""
    for name, place in PLACES.items():
        field, lines = form.fields[name], intake.read["places"].get(place)
        if lines:
            words = _("Đọc ở dòng %(line)d") % {"line": lines[0]}
            link = format_html('<a href="#line-{}">{}</a>.', lines[0], words)
            field.help_text = format_html("{} {}", field.help_text, link) if field.help_text else link
    if number := intake.read["stamp"]["number"]:
        said = _("Dấu đến trên văn bản ghi số “%(number)s”.") % {"number": number}
        form.fields["number"].help_text = f"{said} {form.fields['number'].help_text}"
