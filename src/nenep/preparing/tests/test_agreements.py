"""What the branch settles with the management of its unit, and the regulation that both keep to."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.models import Meeting
from nenep.meetings.preparation import steps_before_notice
from nenep.preparing.agreements import keep_regulation, mark_shared, record_agreement, regulation_on
from nenep.preparing.models import Agreement, SharedMatter
from nenep.preparing.tests.make import EARLY, make_ahead, make_branch, make_thematic
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def branch():
    return make_branch()


def step_of(meeting):
    fresh = Meeting.objects.get(pk=meeting.pk)
    return next(step for step in steps_before_notice(fresh) if step.key == "management")


def talk(meeting, **more):
    words = {"held_on": EARLY.date(), "whom": "Giám đốc", "agreed": "Thêm người trực.", "not_agreed": ""}
    with clock_at(EARLY):
        return record_agreement(meeting, **(words | more), by=None)


def test_a_regular_meeting_needs_it_only_for_the_parts_that_are_marked(branch):
    meeting = make_ahead(branch)
    assert step_of(meeting).is_done
    item = meeting.items.all()[6]
    mark_shared(item, is_shared=True, by=None)
    assert f"Chưa thống nhất: {item.title}" in step_of(meeting).hint
    agreement = talk(meeting, matters=SharedMatter.objects.all())
    assert step_of(meeting).is_done
    assert "Chưa có quy chế phối hợp" in step_of(meeting).hint
    with clock_at(EARLY):
        agreement.delete()
    assert not step_of(meeting).is_done


def test_a_thematic_meeting_needs_it_always(branch):
    meeting = make_thematic(branch)
    assert not step_of(meeting).is_done
    talk(meeting)
    assert step_of(meeting).is_done


def test_members_see_that_it_is_settled_and_nobody_else_what_was_said(client, branch):
    meeting = make_ahead(branch)
    mark_shared(meeting.items.all()[6], is_shared=True, by=None)
    sign_in(client, branch.member)
    page = reverse("meetings:page", args=[meeting.pk])
    assert "Cần thống nhất với lãnh đạo cơ quan, đơn vị." in client.get(page).content.decode()
    talk(meeting, matters=SharedMatter.objects.all(), not_agreed="Không thêm biên chế.")
    text = client.get(page).content.decode()
    assert "Đã thống nhất với Giám đốc ngày 05/12/2026." in text
    assert "Không thêm biên chế." not in text
    assert client.get(reverse("preparing:agreements", args=[meeting.pk])).status_code == 403


@pytest.mark.parametrize("day", [EARLY.date() + timedelta(days=1), date(2027, 1, 1)])
def test_it_took_place_before_it_is_logged(branch, day):
    with pytest.raises(Refused, match="không thể sau hôm nay"):
        talk(make_ahead(branch), held_on=day)


def test_a_talk_without_words_is_refused_and_a_double_tap_is_one(client, branch):
    meeting = make_ahead(branch)
    sign_in(client, branch.secretary)
    address = reverse("preparing:agreements", args=[meeting.pk])
    with clock_at(EARLY):
        assert client.post(address, {"held_on": "05/12/2026", "whom": "Giám đốc"}).status_code == 422
        once = client.get(address).context["form"]["once"].value()
        data = {"held_on": "05/12/2026", "whom": "Giám đốc", "not_agreed": "Chưa bố trí.", "once": once}
        assert [client.post(address, data).status_code for _time in range(2)] == [302, 302]
    assert Agreement.objects.count() == 1


def test_the_regulation_of_the_day_is_shown_and_its_review_is_said(branch):
    meeting = make_thematic(branch)
    days = {"signed_on": date(2024, 1, 5), "by": None}
    old = keep_regulation(branch.body.pk, valid_from=date(2024, 1, 5), valid_to=date(2026, 1, 5), **days)
    new = keep_regulation(branch.body.pk, valid_from=date(2026, 1, 5), review_on=date(2026, 12, 1), **days)
    asked = [date(2024, 1, 4), date(2026, 1, 4), date(2026, 1, 5)]
    assert [regulation_on(branch.body.pk, day) for day in asked] == [None, old, new]
    assert "đã đến hạn rà soát ngày 01/12/2026" in step_of(meeting).hint


def test_a_review_that_is_due_is_a_step_of_every_meeting_and_one_to_come_is_none(branch):
    meeting = make_ahead(branch)  # a regular one without a marked part
    kept = keep_regulation(
        branch.body.pk,
        signed_on=date(2024, 1, 5),
        valid_from=date(2024, 1, 5),
        review_on=date(2026, 12, 18),
        by=None,
    )

    def hints():
        steps = steps_before_notice(Meeting.objects.get(pk=meeting.pk))
        return [step.hint for step in steps if step.label == "Rà soát quy chế phối hợp"]

    assert hints() == []  # the day after the meeting
    type(kept).objects.update(review_on=date(2026, 12, 17))
    assert hints() == ["Quy chế phối hợp có hiệu lực từ ngày 05/01/2024, đã đến hạn rà soát ngày 17/12/2026."]


def test_regulations_are_read_by_the_branch_and_kept_by_its_committee(client, branch):
    address = reverse("preparing:regulations", args=[branch.body.pk])
    data = {"title": "Quy chế phối hợp", "signed_on": "05/01/2026", "valid_from": "05/01/2026"}
    for person, read, kept in (
        (branch.stranger, 404, 404),
        (branch.member, 200, 403),
        (branch.secretary, 200, 302),
    ):
        sign_in(client, person)
        assert (client.get(address).status_code, client.post(address, data).status_code) == (read, kept)
    assert client.post(address, data | {"valid_to": "05/01/2026"}).status_code == 422
