"""How much of the meetings of a year was everybody's: who spoke, who wrote, what became of it (R102, R121).

Sums over the meetings of one branch or of all below a committee, from the counts that remain of each. A meeting with
fewer people than the rule's least group is in none of them: its figures would tell how one person behaved.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Count, F, Q, Sum

from nenep.meetings.models import MeetingFigures, MeetingStatus, Vote
from nenep.quality.pulse import told
from nenep.rooms.bands import band_words
from nenep.rooms.models import BandCount
from nenep.shared.shares import share
from nenep.shared.templatetags.ui import vn_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.db.models import QuerySet

    from nenep.organizations.models import Body
    from nenep.rulebook.meeting import Meeting
    from nenep.rulebook.values import Rule

# What the program itself counted: a register or a sheet of paper does not tell the rest.
OWN = Q(meeting__is_imported=False, meeting__paper_entry=None)


@dataclass(frozen=True, slots=True)
class Indicator:
    """`said` is the figure with its base, empty where nothing is known; `formula` how it is counted."""

    label: str
    said: str
    formula: str


@dataclass(frozen=True, slots=True)
class BandSum:
    """Of an age band over the year: how often somebody was there, and how often without speaking."""

    words: str
    present: int
    silent: int


@dataclass(frozen=True, slots=True)
class Democracy:
    indicators: list[Indicator]
    bands: list[BandSum]
    least: Rule


def democracy_of(branches: QuerySet[Body], year: int, rules: Meeting) -> Democracy:
    """Of the meetings of `branches` whose minutes are adopted, regular and thematic; four queries.

    `rules`: where its least group names no number nothing is shown.
    """
    least = rules.least_group
    size = least.value
    if not isinstance(size, int):
        return Democracy([], [], least)
    of_year = Q(
        meeting__body__in=branches.values("pk"),
        meeting__month__range=(date(year, 1, 1), date(year, 12, 1)),
        meeting__status=MeetingStatus.ADOPTED,
        meeting__present__gte=size,
    )
    return Democracy(
        [*_of_figures(of_year), _of_votes(of_year, size), _of_pulse(of_year, rules)],
        _of_bands(of_year),
        least,
    )


def _of_figures(of_year: Q) -> list[Indicator]:
    told = OWN & Q(draft_comments_adapted__isnull=False)
    kept = OWN & Q(opinions_reserved__isnull=False)
    sums = MeetingFigures.objects.filter(of_year).aggregate(
        spoke=Sum("speakers"),
        present=Sum("meeting__present", filter=Q(speakers__isnull=False)),
        meetings=Count("pk", filter=OWN),
        opinions=Sum("opinions_beforehand", filter=OWN),
        comments=Sum("draft_comments", filter=told),
        adopted=Sum(F("draft_comments_taken") - F("draft_comments_adapted"), filter=told),
        adapted=Sum("draft_comments_adapted", filter=told),
        declined=Sum("draft_comments_declined", filter=told),
        kept=Count("pk", filter=kept),
        reserved=Sum("opinions_reserved", filter=kept),
    )
    counts = {name: value or 0 for name, value in sums.items()}
    words = _in_words(counts)
    words["share"] = vn_number(share(counts["spoke"], counts["present"]), 1)
    words["mean"] = vn_number(counts["opinions"] / (counts["meetings"] or 1), 1)
    spoke = "%(spoke)s trên %(present)s lượt có mặt, %(share)s%%"
    wrote = "%(opinions)s ý kiến trong %(meetings)s kỳ, bình quân %(mean)s"
    answered = (
        "Tiếp thu %(adopted)s, tiếp thu một phần %(adapted)s, chưa tiếp thu %(declined)s, "
        "trên %(comments)s góp ý"
    )
    reserved = "%(reserved)s ý kiến trong %(kept)s kỳ"
    return [
        Indicator(
            "Đồng chí phát biểu",
            spoke % words if counts["present"] else "",
            "Cộng số đồng chí phát biểu của từng kỳ, trên số đồng chí có mặt của chính các kỳ ấy.",
        ),
        Indicator(
            "Ý kiến gửi trước",
            wrote % words if counts["meetings"] else "",
            "Ý kiến gửi trước giờ khai mạc, trên số kỳ chuẩn bị bằng phần mềm.",
        ),
        Indicator(
            "Góp ý dự thảo nghị quyết",
            answered % words if counts["comments"] else "",
            "Theo câu trả lời lúc thông qua biên bản; góp ý chưa trả lời chỉ nằm trong tổng số.",
        ),
        Indicator(
            "Ý kiến bảo lưu",
            reserved % words if counts["kept"] else "",
            "Ý kiến bảo lưu sau biểu quyết, lúc thông qua biên bản.",
        ),
    ]


def _in_words(counts: Mapping[str, int]) -> dict[str, str]:
    return {name: vn_number(count) for name, count in counts.items()}


def _of_votes(of_year: Q, size: int) -> Indicator:
    counts = Vote.objects.filter(of_year, base__gte=size).aggregate(
        votes=Count("pk"), divided=Count("pk", filter=Q(votes_against__gt=0) | Q(votes_other__gt=0))
    )
    divided = "%(divided)s trên %(votes)s lần biểu quyết"
    return Indicator(
        "Biểu quyết không nhất trí hoàn toàn",
        divided % _in_words(counts) if counts["votes"] else "",
        "Lần biểu quyết có phiếu không tán thành hoặc ý kiến khác; không tính bỏ phiếu kín.",
    )


def _of_pulse(of_year: Q, rules: Meeting) -> Indicator:
    """R138: of answers without a name, only where enough people gave one and nobody can any more."""
    sums = (
        told(rules.least_group)
        .filter(of_year)
        .aggregate(meetings=Count("pk"), free=Sum("free"), held_back=Sum("held_back"), nothing=Sum("nothing"))
    )
    counts = {name: value or 0 for name, value in sums.items()}
    counts["answers"] = counts["free"] + counts["held_back"] + counts["nothing"]
    free = (
        "%(free)s trên %(answers)s câu trả lời là nói được điều muốn nói, %(held_back)s còn ngại, "
        "%(nothing)s không có điều gì muốn nói, trong %(meetings)s kỳ"
    )
    return Indicator(
        "Nói thẳng, nói thật",
        free % _in_words(counts) if counts["meetings"] else "",
        f"Câu trả lời không ghi tên sau kỳ sinh hoạt; chỉ tính kỳ có từ {rules.least_group.value} câu trả lời.",
    )


def _of_bands(of_year: Q) -> list[BandSum]:
    rows = BandCount.objects.filter(of_year).values("age_from", "age_to").order_by("age_from", "age_to")
    return [
        BandSum(band_words(row["age_from"], row["age_to"]), row["there"], row["quiet"])
        for row in rows.annotate(there=Sum("present"), quiet=Sum("silent"))
    ]
