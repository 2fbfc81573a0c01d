"""Who may do what with a notice and with a delivery by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.organizations.reach import may

if TYPE_CHECKING:
    from nenep.notices.models import Delivery, Notice
    from nenep.shared.viewer import Viewer


class NoticeAccess:
    def __init__(self, viewer: Viewer, notice: Notice) -> None:
        self.viewer, self.notice = viewer, notice

    @property
    def read(self) -> bool:
        return self.notice.member_id == self.viewer.member_id

    @property
    def tell(self) -> bool:
        """Whoever calls the meetings of the body sees to it that everybody hears of them."""
        body = self.notice.body_id
        return body is not None and may(self.viewer, "meetings.call", body)


class DeliveryAccess:
    def __init__(self, viewer: Viewer, delivery: Delivery) -> None:
        self.viewer, self.delivery = viewer, delivery

    @property
    def tell(self) -> bool:
        return NoticeAccess(self.viewer, self.delivery.notice).tell


class InboxAccess:
    """The pages of this module, for the signs in the inbox."""

    def __init__(self, viewer: Viewer) -> None:
        self.viewer = viewer

    @property
    def tell(self) -> bool:
        reach = self.viewer.where("meetings.call")
        return bool(reach.own or reach.below)
