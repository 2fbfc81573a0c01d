"""What the minutes say about work: what became of the old, then what is new."""

import pytest

from nenep.assignments.models import Result
from nenep.assignments.tests.make import DUE, make_past_work, make_review, make_running, make_work
from nenep.documents.content import Paragraph, Table
from nenep.meetings.minutes import compose
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.rulebook import rules_on
from nenep.shared.dates import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary():
    return make_member(make_small_bloc().branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def branch(secretary):
    return secretary.memberships.get().branch


@pytest.fixture
def owner(branch):
    return make_member(branch, name="Trần Thị Bình")


def tables(meeting):
    return [block for block in compose(meeting).blocks if isinstance(block, Table)]


def texts(meeting):
    return [block.text for block in compose(meeting).blocks if isinstance(block, Paragraph)]


def test_minutes_tell_what_became_of_old_work_with_its_cause_before_the_new_work(branch, secretary, owner):
    first = make_past_work(branch, secretary, owner)
    other = make_work(first.meeting, owner, what="Lập danh sách", due_on=today())
    meeting = make_running(branch, secretary)
    cause = rules_on(today()).vocabulary.causes[1]
    make_review(first, meeting, cause=cause.code, cause_text="thiếu một buổi họp", carry_to=DUE)
    make_review(other, meeting, result=Result.MET)
    assert "Kiểm điểm 2 việc: đạt 1, đạt một phần 1, chưa đạt 0." in texts(meeting)
    reviewed, given = tables(meeting)
    assert reviewed.header == ("TT", "Nhiệm vụ", "Người thực hiện", "Kết quả", "Nguyên nhân", "Hạn mới")
    assert reviewed.rows[0] == (
        "1",
        "Rà soát hồ sơ",
        "Trần Thị Bình",
        "Đạt một phần",
        f"{cause.label}: thiếu một buổi họp",
        f"{DUE:%d/%m/%Y}",
    )
    assert reviewed.rows[1][3] == "Đạt"
    assert reviewed.rows[1][5] == ""
    assert given.rows == (("1", "Rà soát hồ sơ", "Trần Thị Bình", f"{DUE:%d/%m/%Y}"),)
    assert given.widths == (1, 6, 3, 2)


def test_minutes_without_reviews_have_no_empty_table(branch, secretary):
    assert tables(make_running(branch, secretary)) == []
