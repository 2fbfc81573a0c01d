"""The notebook of the secretary: it belongs to the office of the day, names nobody and is forgotten in its time."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.journal.models import Event
from nenep.meetings.models import MeetingStatus
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Office, Post
from nenep.people.tests.make import make_member, make_office
from nenep.privacy.retention import forget_what_is_over
from nenep.quality import notebook
from nenep.quality.models import Note
from nenep.quality.notebook import change_note, remove_note, write_note
from nenep.shared.dates import today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


def note_by(member, branch, worked="Gửi tài liệu trước năm ngày.", to_avoid=""):
    note = write_note(branch.pk, month=today(), worked=worked, to_avoid=to_avoid, by=None)
    Note.objects.filter(pk=note.pk).update(by=member)
    return Note.objects.get(pk=note.pk)


def book(branch):
    return reverse("quality:notebook", args=[branch.pk])


def test_a_note_is_written_once_and_found_without_marks(client, branch, secretary):
    sign_in(client, secretary)
    address = reverse("quality:note_addition", args=[branch.pk])
    page = client.get(f"{address}?month={today():%Y-%m}")
    typed = {
        "month": f"{today():%Y-%m}",
        "worked": "",
        "to_avoid": "Đọc nguyên văn dự thảo.",
        "once": page.context["form"]["once"].value(),
    }
    assert "selected" in str(page.context["form"]["month"])
    empty = client.post(address, typed | {"to_avoid": " "})
    assert empty.status_code == 422
    assert not Note.objects.exists()
    for _press in range(2):
        assert client.post(address, typed)["Location"] == book(branch)
    assert Note.objects.count() == Event.objects.filter(verb="note.written").count() == 1
    for words, is_found in (("nguyen van du THAO", True), ("dự thảo nguyên văn", True), ("họp", False)):
        shown = client.get(book(branch), {"search": words}).content.decode()
        assert ("Đọc nguyên văn dự thảo." in shown) == is_found


def test_the_successor_inherits_the_notebook_and_who_left_the_office_reads_no_more(client, branch, secretary):
    note = note_by(secretary, branch)
    elsewhere = note_by(None, make_body(), worked="Chuyện của chi bộ khác.")
    deputy = make_member(branch, name="Trần Phó", post=Post.DEPUTY)
    change = reverse("quality:note_change", args=[note.pk])
    sign_in(client, deputy)
    shown = client.get(book(branch)).content.decode()
    assert note.worked in shown
    assert change not in shown
    assert client.get(change).status_code == 403
    assert client.get(reverse("quality:note_change", args=[elsewhere.pk])).status_code == 404
    Office.objects.filter(member=secretary).update(valid_to=today())
    successor = make_member(branch, name="Lê Kế Nhiệm")
    make_office(successor, branch, Post.SECRETARY, since=today())
    sign_in(client, successor)
    assert change in client.get(book(branch)).content.decode()
    assert client.post(change, {"worked": "Gửi trước một tuần.", "revision": "1"})["Location"] == book(branch)
    sign_in(client, secretary)
    assert client.get(book(branch)).status_code == 403
    assert client.get(change).status_code == 404


def test_a_note_that_names_a_member_is_refused_and_without_the_guard_it_would_be_kept(
    branch, secretary, monkeypatch
):
    make_member(branch, name="Trần Văn Ân")
    make_member(branch, name="Lê Hội")
    for words in ("Đồng chí TRẦN VĂN ÂN, nói dài.", "trần  văn ân: ít nói", "Nhắc Tran Van An.", "(Lê Hội)"):
        with pytest.raises(Refused, match="không ghi về cá nhân") as refused:
            write_note(branch.pk, month=today(), worked="", to_avoid=words, by=None)
        assert refused.value.field == "to_avoid"
    assert write_note(branch.pk, month=today(), worked="Tran Van Anh bàn kỹ lễ hội.", to_avoid="", by=None).pk
    monkeypatch.setattr(notebook, "_refuse_names", lambda note: None)
    twin = write_note(branch.pk, month=today(), worked="", to_avoid="Trần Văn Ân nói dài.", by=None)
    assert "Trần Văn Ân" in Note.objects.get(pk=twin.pk).to_avoid


def test_two_who_save_at_once_are_told_and_the_same_save_twice_is_one(branch):
    note = note_by(None, branch)
    change_note(note, worked="Một.", to_avoid="", seen=1, by=None)
    change_note(note, worked="Một.", to_avoid="", seen=1, by=None)
    with pytest.raises(Stale) as theirs:
        change_note(note, worked="Hai.", to_avoid="", seen=1, by=None)
    assert [text for _label, text in theirs.value.rows] == ["Một."]
    assert Note.objects.get().worked == "Một."
    assert Event.objects.filter(verb="note.changed").count() == 1


def test_the_month_to_come_teaches_nothing_yet(branch):
    with pytest.raises(Refused, match="chưa đến"):
        write_note(branch.pk, month=today() + timedelta(days=31), worked="Tốt.", to_avoid="", by=None)


def test_a_note_is_removed_after_a_question_and_the_old_ones_are_forgotten(client, branch, secretary):
    note, old = note_by(secretary, branch), note_by(secretary, branch)
    Note.objects.filter(pk=old.pk).update(month=date(today().year - 6, 1, 1))
    sign_in(client, secretary)
    address = reverse("quality:note_removal", args=[note.pk])
    assert "Xóa điều này khỏi sổ tay?" in client.get(address).content.decode()
    assert Note.objects.count() == 2
    forget_what_is_over()
    assert list(Note.objects.all()) == [note]
    remove_note(note, by=None)
    assert client.get(address).status_code == 404


def test_the_preparation_unfolds_the_notebook_for_those_who_keep_it_at_no_cost(client, branch, secretary):
    meeting = make_meeting(branch, status=MeetingStatus.PLANNED, chair=secretary)
    address = reverse("meetings:preparation", args=[meeting.pk])
    helper = make_member(branch, post=Post.COMMITTEE_MEMBER)
    costs = []
    for person, is_keeper in ((secretary, True), (helper, False)):
        sign_in(client, person)
        client.get(address)
        with CaptureQueriesContext(connection) as captured:
            page = client.get(address).content.decode()
        costs.append(sum("quality_note" in query["sql"] for query in captured))
        assert (f'hx-get="{book(branch)}"' in page) == is_keeper
        assert (book(branch) in client.get("/").content.decode()) == is_keeper
    assert costs == [0, 0]


def test_the_notebook_has_the_part_that_the_preparation_takes(client, branch, secretary):
    sign_in(client, secretary)
    assert 'id="lessons"' in client.get(book(branch)).content.decode()


def test_after_the_meeting_its_page_leads_to_the_notebook_with_its_month(client, branch, secretary):
    address = reverse("quality:note_addition", args=[branch.pk])
    for status, is_offered in ((MeetingStatus.CALLED, False), (MeetingStatus.CLOSED, True)):
        meeting = make_meeting(branch, status=status, chair=secretary)
        sign_in(client, secretary)
        page = client.get(reverse("meetings:page", args=[meeting.pk])).content.decode()
        assert (f"{address}?month={meeting.month:%Y-%m}" in page) == is_offered
        meeting.delete()


def test_more_notes_cost_no_more_statements(client, branch, secretary):
    sign_in(client, secretary)

    def cost():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(book(branch)).status_code == 200
        return len(captured)

    note_by(secretary, branch)
    client.get(book(branch))
    with_one = cost()
    for _note in range(4):
        note_by(secretary, branch)
    assert cost() == with_one
