"""What a plan lacks, by the rules of its days."""

from datetime import date

import pytest

from nenep.meetings import operations as meetings
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.plans.gaps import gaps_of
from nenep.plans.models import EntryKind
from nenep.plans.operations import drop_entry
from nenep.plans.tests.make import MADE_AT, at, make_plan, regular, thematic
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


def sentences(plan, when=MADE_AT):
    with clock_at(when):
        found = gaps_of(plan, plan.entries.for_page())
    return {gap.sentence: gap.rule.id if gap.rule else None for gap in found}


def test_a_draft_lacks_nothing_but_its_questions(bloc):
    make_member(bloc.branch, post=Post.COMMITTEE_MEMBER)
    assert list(sentences(make_plan(bloc.branch))) == [
        "Kỳ chuyên đề chưa nêu câu hỏi cần bàn: tháng 2, 5, 8, 11."
    ]
    assert list(sentences(make_plan(bloc.organization))) == []


@pytest.mark.parametrize("backwards", [False, True])
def test_months_are_named_in_order_however_the_entries_come(bloc, backwards):
    entries = make_plan(bloc.branch).entries.order_by("-pk" if backwards else "pk")
    with clock_at(MADE_AT):
        (gap,) = gaps_of(entries[0].plan, entries)
    assert gap.sentence.endswith("tháng 2, 5, 8, 11.")


def test_missing_months_and_quarters_are_named_with_the_rule_that_asks_for_them(bloc):
    plan = make_plan(bloc.branch)
    plan.entries.filter(kind=EntryKind.THEMATIC).update(content="Việc gì trước?")
    for entry in (regular(plan, 4), regular(plan, 9), thematic(plan, 5)):
        drop_entry(entry, by=None)
    assert sentences(plan) == {
        "Chưa có kỳ sinh hoạt thường kỳ: tháng 4, 9.": "meet.frequency.branch",
        "Sinh hoạt chuyên đề quý II: mới có 0/1 kỳ.": "meet.thematic.per_quarter",
    }
    # What is over is let alone, and a meeting beside the plan counts.
    assert list(sentences(plan, at(1, 7))) == ["Chưa có kỳ sinh hoạt thường kỳ: tháng 9."]
    with clock_at(at(1, 9)):
        meetings.open_month(bloc.branch.pk, month=date(2027, 9, 1), by=None)
    assert sentences(plan, at(1, 7)) == {}


def test_where_there_is_a_committee_its_meetings_are_missed(bloc):
    plan = make_plan(bloc.branch)
    plan.entries.filter(kind=EntryKind.THEMATIC).update(content="Việc gì trước?")
    plan.entries.filter(kind=EntryKind.COMMITTEE, month=date(2027, 6, 1)).delete()
    assert sentences(plan) == {}  # secretary and deputy consult each other
    make_member(bloc.branch, post=Post.COMMITTEE_MEMBER)
    assert sentences(plan) == {"Chưa có cuộc họp chi ủy: tháng 6.": "meet.frequency.branch_committee"}


def test_a_day_off_and_a_day_beside_the_fixed_days_are_named(bloc):
    plan = make_plan(bloc.branch)
    plan.entries.filter(kind=EntryKind.THEMATIC).update(content="Việc gì trước?")
    plan.entries.filter(pk=regular(plan, 5).pk).update(starts_at=at(1, 5))
    plan.entries.filter(pk=regular(plan, 6).pk).update(starts_at=at(20, 6))
    assert sentences(plan) == {
        "Sinh hoạt thường kỳ ngày 01/05/2027 trùng ngày nghỉ: Ngày Quốc tế lao động.": None,
        "Sinh hoạt thường kỳ ngày 20/06/2027 không nằm trong các ngày 3 đến 7 của tháng.": "meet.fixed_day",
    }


def test_a_grassroots_organization_meets_as_a_whole_twice_a_year(bloc):
    plan = make_plan(bloc.organization)
    plan.entries.filter(kind=EntryKind.MIDTERM).delete()
    plan.entries.filter(kind=EntryKind.COMMITTEE, month=date(2027, 3, 1)).delete()
    assert sentences(plan) == {
        "Chưa có cuộc họp đảng ủy: tháng 3.": "meet.frequency.grassroots_committee",
        "Hội nghị toàn đảng bộ: mới có 1 trong 2 lần của năm.": "meet.frequency.grassroots_plenary",
    }
