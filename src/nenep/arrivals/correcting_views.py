"""The head of a paper from outside is put right by the body that entered it first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _

from nenep.arrivals.forms import choices_of
from nenep.arrivals.loading import load_arrival
from nenep.documents.correcting_views import correction_page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from nenep.shared.web import Request


def head(request: Request, pk: int) -> HttpResponse:
    arrival, _can = load_arrival(request, pk, "correct")
    return correction_page(
        request,
        arrival.document,
        body_id=arrival.body_id,
        heading=_("Sửa thông tin văn bản đến"),
        back=reverse("arrivals:page", args=[pk]),
        kinds=choices_of(arrival.body_id)["kinds"],
    )
