"""Opinion cards: printed several to a page, typed in by their code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib import messages
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from nenep.access.codes import grouped
from nenep.meetings.card_forms import CardEntryForm, CardsForm
from nenep.meetings.cards import make_cards, type_card_in, unused_cards
from nenep.meetings.progress import meeting_day
from nenep.meetings.views.loading import load_meeting
from nenep.organizations.reads import name_on
from nenep.people.showing import roster_shown
from nenep.shared.qr import qr
from nenep.shared.web import refused_into

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


@form_page
def cards(request: Request, pk: int) -> HttpResponse:
    """GET shows the cards that nobody has typed in yet, to be printed; POST makes more."""
    meeting, _can = load_meeting(request, pk, "print_cards")
    form = CardsForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with refused_into(form):
            make_cards(meeting, **form.cleaned_data, by=request.viewer)
            return redirect("meetings:cards", pk)
    address = settings.SITE_ADDRESS + reverse("meetings:card_entry", args=[pk])
    context = {
        "form": form,
        "meeting": meeting,
        "body_name": name_on(meeting.body_id, meeting_day(meeting)),
        "cards": [(grouped(card.code), qr(f"{address}?code={card.code}")) for card in unused_cards(meeting)],
    }
    return render(request, "meetings/cards.html", context, status=422 if form.errors else 200)


@form_page
def card_entry(request: Request, pk: int) -> HttpResponse:
    """Type in one card; its QR leads here with the code filled in."""
    meeting, can = load_meeting(request, pk, "type_cards_in")
    known = roster_shown(meeting.body_id, meeting_day(meeting), by=request.viewer)
    form = CardEntryForm(
        request.POST or None,
        meeting=meeting,
        roster=[entry.member_id for entry in known],
        initial={"code": request.GET.get("code", "")[:20]},
    )
    if request.method == "POST" and form.is_valid():
        typed = form.cleaned_data
        with refused_into(form):
            type_card_in(
                meeting,
                code=typed["code"],
                text=typed["text"],
                item_id=typed["item"].pk if typed["item"] else None,
                author_id=typed["author"].pk if typed["author"] else None,
                by=request.viewer,
            )
            messages.success(request, _("Đã nhập phiếu. Đồng chí nhập phiếu tiếp theo."))
            return redirect("meetings:card_entry", pk)
    context = {"form": form, "meeting": meeting, "can": can}
    return render(request, "meetings/card_entry.html", context, status=422 if form.errors else 200)
