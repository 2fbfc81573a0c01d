"""How notices reached a member: part of what is kept about that member (`privacy.kept`)."""

from __future__ import annotations

from nenep.notices.models import Delivery
from nenep.privacy.kept import Kept, of_row


def deliveries_to(member_id: int) -> list[Kept]:
    deliveries = Delivery.objects.filter(notice__member=member_id).order_by("pk")
    return [kept for delivery in deliveries for kept in of_row(delivery, member_id)]
