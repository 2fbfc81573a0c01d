"""What a year's plan starts from: the lines of a kind of body, each a kind of meeting in some months of the year."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from nenep.rulebook.provenance import Frozen, Sourced, Strict
from nenep.rulebook.values import Stated

PlanKind = Literal["regular", "thematic", "committee", "cluster_briefing", "study", "midterm", "final"]
Month = Annotated[int, Field(ge=1, le=12)]


class PlanLineEntry(Sourced):
    """Neither `day` nor `working_days_before`: on the day of the branch's regular meeting."""

    kind: PlanKind
    says: str
    months: tuple[Month, ...]
    day: Annotated[int, Field(ge=1, le=28)] | None = None
    working_days_before: Annotated[int, Field(ge=1, le=20)] | None = None
    content: str = ""

    @model_validator(mode="after")
    def _is_on_one_day(self) -> Self:
        if self.day is not None and self.working_days_before is not None:
            raise ValueError("a line has a day of its own or stands before the regular meeting, not both")
        return self


class PlanOfKind(Strict):
    """`name` is that of the kind of body, `lines` have a name each."""

    name: str
    lines: Frozen[PlanLineEntry]


class PlanSection(Strict):
    bodies: Frozen[PlanOfKind]


@dataclass(frozen=True, kw_only=True)
class PlanLine(Stated):
    """One line of a draft. `day` and `working_days_before` None: on the day of the regular meeting of the month."""

    kind: PlanKind
    says: str
    months: tuple[int, ...]
    day: int | None
    working_days_before: int | None
    content: str
