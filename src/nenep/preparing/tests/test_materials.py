"""Papers of the agenda: with a source or marked, short, and what they mean for the branch comes first."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.files.models import Attachment
from nenep.files.tests.make import make_image, make_upload
from nenep.meetings.agenda import add_item
from nenep.meetings.models import Meeting
from nenep.meetings.operations import call_meeting, open_meeting
from nenep.meetings.preparation import steps_before_notice, warnings
from nenep.meetings.rules import rules_of
from nenep.meetings.tests.make import press
from nenep.preparing.materials import keep_material, source_of
from nenep.preparing.models import Material
from nenep.preparing.tests.make import HELD_AT, make_ahead, make_branch
from nenep.rooms.operations import move_on
from nenep.shared.dates import clock_at
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db

DIGEST = "Bộ phận một cửa làm thêm sáng thứ Bảy đến hết quý."


@pytest.fixture
def branch():
    return make_branch()


@pytest.fixture
def meeting(branch):
    return make_ahead(branch)


@pytest.fixture
def item(meeting):
    return meeting.items.filter(category="information").first()


def typed(item, **more):
    return {"item": item.pk, "title": "Nghị quyết quý IV", "is_official": "1", "once": uuid4()} | more


def add(client, meeting, data):
    return client.post(reverse("preparing:material_addition", args=[meeting.pk]), data)


def test_a_late_paper_is_kept_with_a_remark_and_one_in_time_without(branch, meeting, item):
    """R58: the rules of the day ask for papers so many days before; a late one is said, never refused."""
    days = rules_of(meeting).meeting.documents_lead_days.number
    for title, ahead, is_late in (("Sớm", days, False), ("Muộn", days - 1, True)):
        with clock_at(HELD_AT - timedelta(days=ahead)):
            client = Client()  # a session of its own: days go by
            sign_in(client, branch.secretary)
            data = typed(item, title=title, is_official="0", digest=DIGEST)
            said = client.post(
                reverse("preparing:material_addition", args=[meeting.pk]), data, follow=True
            ).content.decode()
        assert ("bản này đưa muộn" in said) == is_late
    fresh = Meeting.objects.get(pk=meeting.pk)
    hint = next(step.hint for step in steps_before_notice(fresh) if step.key == "materials")
    assert hint.endswith("Đưa hoặc sửa muộn so với quy định: Muộn.")


def test_an_official_paper_needs_its_source_and_what_was_typed_stays(client, branch, meeting, item):
    sign_in(client, branch.secretary)
    for lacking in ({}, {"issuer": "Tỉnh ủy"}, {"number": "12-NQ/TU"}):
        answer = add(client, meeting, typed(item, digest=DIGEST, **lacking))
        assert answer.status_code == 422
        assert "phải có cơ quan ban hành" in answer.content.decode()
        assert DIGEST in answer.content.decode()
    for given in (
        {"issuer": "Tỉnh ủy", "number": "12-NQ/TU"},
        {"issuer": "Tỉnh ủy", "issued_on": "01/11/2026"},
        {"address": "https://tinhuy.example/12"},
        {"is_official": "0"},
    ):
        assert add(client, meeting, typed(item, once=uuid4(), **given)).status_code == 302
    words = [source_of(row) for row in Material.objects.order_by("pk")]
    assert words[:2] == ["Tỉnh ủy, số 12-NQ/TU", "Tỉnh ủy, ngày 01/11/2026"]
    assert words[2:] == ["https://tinhuy.example/12", "tài liệu tham khảo, không chính thức"]


def test_a_digest_is_no_longer_than_the_rules_of_the_day_allow(meeting, item):
    limit = rules_of(meeting).meeting.digest_length.number
    paper = {"item": item, "title": "Tin tháng", "is_official": False, "by": None}
    with pytest.raises(Refused, match=f"còn nhiều nhất {limit} ký tự, hiện là {limit + 1}"):
        keep_material(meeting, digest="a" * (limit + 1), **paper)
    assert keep_material(meeting, digest="a" * limit, **paper).pk


def test_the_meaning_comes_before_the_paper_wherever_members_meet_it(client, branch, meeting, item):
    keep_material(
        meeting, item=item, title="Nghị quyết quý IV", issuer="Tỉnh ủy", number="12", digest=DIGEST, by=None
    )
    sign_in(client, branch.secretary)
    with clock_at(HELD_AT - timedelta(days=2)):
        for name in ("call", "page", "agenda"):
            page = client.get(reverse(f"meetings:{name}", args=[meeting.pk])).content.decode()
            assert DIGEST in page.partition("Nghị quyết quý IV")[0], name
    with clock_at(HELD_AT - timedelta(days=2)):
        call_meeting(meeting, reason="Chi ủy đi công tác.", by=None)
    with clock_at(HELD_AT):
        open_meeting(meeting, by=None)
        move_on(meeting, item, by=None)
        there = Client()
        sign_in(there, branch.secretary)
        for name in ("meetings:room", "rooms:seat"):
            page = there.get(reverse(name, args=[meeting.pk])).content.decode()
            assert DIGEST in page.partition("Nghị quyết quý IV")[0], name
    client = Client()
    sign_in(client, branch.member)
    material = Material.objects.get()
    page = client.get(reverse("preparing:material", args=[material.pk])).content.decode()
    assert page.index(DIGEST) < page.index("Tỉnh ủy, số 12")
    sign_in(client, branch.stranger)
    assert client.get(reverse("preparing:material", args=[material.pk])).status_code == 404


def test_information_without_its_meaning_is_a_warning_and_blocks_nothing(meeting, item):
    def said():
        fresh = type(meeting).objects.get(pk=meeting.pk)
        return [line for line in warnings(fresh) if "có nghĩa gì với chi bộ ta" in line]

    silent = meeting.items.filter(category="information")
    assert [row.title in said()[0] for row in silent] == [True] * len(silent)
    for row in silent:
        keep_material(meeting, item=row, title="Tin", is_official=False, digest=DIGEST, by=None)
    assert said() == []


def test_a_file_comes_with_it_and_goes_with_it(client, branch, meeting, item, settings, tmp_path):
    settings.FILES_ROOT = tmp_path
    sign_in(client, branch.secretary)
    file = make_upload(make_image(), "Sơ đồ.png")
    assert add(client, meeting, typed(item, is_official="0", file=file)).status_code == 422
    file.seek(0)
    assert add(client, meeting, typed(item, is_official="0", file=file, is_open="on")).status_code == 302
    attachment = Attachment.objects.get()
    address = reverse("files:download", args=[attachment.pk])
    for person, status in ((branch.member, 200), (branch.stranger, 404)):
        sign_in(client, person)
        answer = client.get(address)
        assert answer.status_code == status
        b"".join(answer)  # read to its end, where the file is closed
    sign_in(client, branch.secretary)
    client.post(reverse("preparing:material_removal", args=[Material.objects.get().pk]))
    assert (Attachment.objects.count(), Material.objects.count()) == (0, 0)


def test_a_file_marked_secret_is_refused_and_the_text_is_kept(
    client, branch, meeting, item, settings, tmp_path
):
    settings.FILES_ROOT = tmp_path
    sign_in(client, branch.secretary)
    file = make_upload(make_image(), "TỐI MẬT.png")
    answer = add(client, meeting, typed(item, is_official="0", digest=DIGEST, file=file, is_open="on"))
    kept = Material.objects.get()
    assert answer.url == reverse("preparing:material_change", args=[kept.pk])
    assert kept.digest == DIGEST
    assert "tệp chưa đính kèm được" in client.get(answer.url).content.decode()
    assert not Attachment.objects.exists()


def test_a_second_sending_makes_no_second_paper(client, branch, meeting, item):
    sign_in(client, branch.secretary)
    data = typed(item, is_official="0")
    assert [add(client, meeting, data).status_code for _time in range(2)] == [302, 302]
    assert Material.objects.count() == 1


def test_a_paper_outlives_its_part_of_the_agenda(client, branch, meeting):
    own = add_item(meeting, title="Việc riêng", minutes=5, category="discussion", by=None)
    keep_material(meeting, item=own, title="Tờ trình", is_official=False, by=None)
    press(own, "remove")
    sign_in(client, branch.secretary)
    page = client.get(reverse("preparing:materials", args=[meeting.pk])).content.decode()
    assert "Chưa gắn với nội dung nào" in page
    assert "Tờ trình" in page
