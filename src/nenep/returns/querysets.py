from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from nenep.organizations.reach import within

if TYPE_CHECKING:
    from nenep.returns.models import Return  # noqa: F401  # the type of the rows
    from nenep.shared.viewer import Viewer


class ReturnQuerySet(models.QuerySet["Return"]):
    def visible_to(self, viewer: Viewer) -> Self:
        return self.filter(within(viewer, "returns.read", field="meeting__body"))
