"""The head of an entered paper is put right: by whom, what stays as it was, what the others see."""

from datetime import timedelta

import pytest
from django.db.models import ProtectedError
from django.urls import reverse

from nenep.access.tests.make import sign_in, viewer_for
from nenep.arrivals.access import ArrivalAccess
from nenep.arrivals.models import Arrival
from nenep.arrivals.tests.make import make_arrival, make_outside, make_sent
from nenep.documents.access import DocumentAccess
from nenep.documents.correcting import (
    OF_OTHERS,
    OF_OURS,
    correct_head,
    correctable,
    corrections_of,
    revision_of,
)
from nenep.documents.issuing import keep_content, keep_file
from nenep.documents.models import Correction, Document
from nenep.documents.tests.make import make_resolution
from nenep.files.operations import attach
from nenep.files.tests.make import make_pdf, make_upload
from nenep.journal.models import Event
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.search.finding import find
from nenep.search.questions import read
from nenep.search.rebuilding import rebuild
from nenep.search.tests.make import reader
from nenep.shared.dates import today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused
from nenep.shared.words import day_words

pytestmark = pytest.mark.django_db
HEAD = {
    "issuer_name": "Ban Thường vụ Tỉnh ủy",
    "symbol": "49-CTr/TU",
    "subject": "hành động",
    "issued": "2026-02",
}


def clerk_of(body, home, name="Lê Văn Thư"):
    member = make_member(home, name=name)
    make_office(member, body, Post.CLERK)
    return member


@pytest.fixture
def clerk(client, bloc):
    member = clerk_of(bloc.organization, bloc.other_branch)
    sign_in(client, member)
    client.viewer = viewer_for(member)
    return client


def at(arrival):
    return reverse("arrivals:correction", args=[arrival.pk])


def typed(**changes):
    plain = {"issuer_name": "Ban Thường vụ Tỉnh ủy", "kind": "CTr", "symbol": "94-CTr/TU", "issued": "29/9"}
    return plain | {
        "subject": "hành động",
        "signer": "",
        "revision": "0",
        "reason": "Đọc lại bản giấy",
        **changes,
    }


def correct(document, body, *, seen=0, reason="Đọc lại bản giấy", by=None, **head):
    correct_head(document, head, reason=reason, seen=seen, body_id=body.pk, by=by)


def text_of(answer):
    return answer.content.decode()


def test_a_clerk_puts_the_head_right_and_what_it_was_stays_to_be_read(clerk, bloc):
    arrival = make_outside(bloc.organization)
    page = text_of(clerk.get(reverse("arrivals:page", args=[arrival.pk])))
    assert at(arrival) in page
    assert "Đã sửa ngày" not in page
    assert 'value="02/2026"' in text_of(clerk.get(at(arrival)))
    shown = text_of(clerk.post(at(arrival), typed(), follow=True))
    document = Document.objects.get()
    assert (document.symbol, document.issued_as_read) == ("94-CTr/TU", "--09-29")
    assert document.issued_on
    for words in (
        f"Đã sửa ngày {day_words(today())}",
        "đồng chí Lê Văn Thư: Đọc lại bản giấy",
        "từ “49-CTr/TU” thành “94-CTr/TU”",
        "từ “tháng 2/2026” thành “29/09/",
        "từ “thực hiện nghị quyết đại hội” thành “hành động”",
    ):
        assert words in shown, words
    [event] = Event.objects.filter(verb="document.corrected")
    assert (event.body, event.object_id) == (bloc.organization.pk, document.pk)
    assert event.details == {"fields": ["issued_on", "subject", "symbol"]}
    assert "94-CTr/TU" not in str(event.__dict__)  # no content in the journal


def test_it_is_found_by_its_new_words_and_no_longer_by_the_old(bloc):
    arrival = make_outside(bloc.organization)
    viewer = reader(bloc.organization, verb="arrivals.read")
    correct(arrival.document, bloc.organization, subject="quy hoạch cán bộ")
    assert len(find(viewer, read("quy hoạch")).found) == 1
    assert find(viewer, read("đại hội")).found == []
    assert rebuild() == []


@pytest.mark.parametrize("wrong", [{"reason": ""}, {"issuer_name": ""}, {"issued": "?"}, {"subject": ""}])
def test_what_is_wrong_is_said_and_nothing_changes(clerk, bloc, wrong):
    arrival = make_outside(bloc.organization)
    assert clerk.post(at(arrival), typed(**wrong)).status_code == 422
    arrival.document.refresh_from_db()
    assert (arrival.document.symbol, Correction.objects.count()) == ("49-CTr/TU", 0)


def test_no_day_after_its_arrival_and_none_to_come(bloc):
    arrival = make_outside(bloc.organization, arrived=(today() - timedelta(days=5)).isoformat())
    with pytest.raises(Refused, match="sau ngày đến") as refusal:
        correct(arrival.document, bloc.organization, issued=(today() - timedelta(days=2)).isoformat())
    assert refusal.value.field == "issued"
    with pytest.raises(Refused, match="sau hôm nay"):
        correct(arrival.document, bloc.organization, issued=(today() + timedelta(days=1)).isoformat())
    assert not Correction.objects.exists()
    correct(arrival.document, bloc.organization, issued=(today() - timedelta(days=5)).isoformat())


def test_nothing_changed_is_said_and_keeps_no_row(bloc):
    document = make_outside(bloc.organization).document
    with pytest.raises(Refused, match="Chưa ô nào khác"):
        correct(document, bloc.organization, subject=document.subject)
    assert not Correction.objects.exists()


def test_two_who_correct_the_same_paper_see_each_other(clerk, bloc):
    arrival = make_outside(bloc.organization)
    correct(arrival.document, bloc.organization, subject="chữ của người kia")
    answer = clerk.post(at(arrival), typed(subject="chữ của tôi"))
    page = text_of(answer)
    assert answer.status_code == 422
    assert "chữ của người kia" in page
    assert "chữ của tôi" in page
    assert 'name="revision" value="1"' in page
    assert clerk.post(at(arrival), typed(subject="chữ của tôi", revision="1")).status_code == 302
    assert revision_of(arrival.document) == 2
    with pytest.raises(Stale):
        correct(arrival.document, bloc.organization, subject="muộn", seen=1)


def test_the_same_page_sent_again_is_one_correction(clerk, bloc):
    arrival = make_outside(bloc.organization)
    for _time in range(2):
        assert clerk.post(at(arrival), typed()).status_code == 302
    assert Correction.objects.count() == 1


class TestShared:
    """One row, two receivers: whoever entered it first corrects it, the other sees the day and what changed."""

    @pytest.fixture
    def arrivals(self, bloc):
        first = make_outside(bloc.organization)
        second = Arrival.objects.get(pk=make_outside(bloc.neighbour).pk)
        second.document = first.document
        second.save()
        return first, second

    @pytest.fixture
    def other(self, client, bloc):
        member = clerk_of(bloc.neighbour, bloc.neighbour_branch, "Trần Thị Khác")
        sign_in(client, member)
        client.viewer = viewer_for(member)
        return client

    def test_the_second_may_not_correct_it(self, other, arrivals):
        first, second = arrivals
        assert other.get(at(second)).status_code == 403
        assert other.post(at(second), typed()).status_code == 403
        assert other.get(at(first)).status_code == 404
        assert not ArrivalAccess(other.viewer, second).correct
        assert not Correction.objects.exists()

    def test_the_second_may_once_it_is_the_first(self, other, arrivals):
        """The twin: it is the order that decides, nothing else about the two."""
        first, second = arrivals
        Arrival.objects.filter(pk=first.pk).delete()
        assert ArrivalAccess(other.viewer, second).correct

    def test_the_second_sees_the_day_and_what_changed_and_neither_who_nor_why(self, other, arrivals, bloc):
        first, second = arrivals
        by = viewer_for(clerk_of(bloc.organization, bloc.other_branch))
        correct(first.document, bloc.organization, subject="quy hoạch cán bộ", by=by)
        page = text_of(other.get(reverse("arrivals:page", args=[second.pk])))
        assert f"Đã sửa ngày {day_words(today())}" in page
        assert "trích yếu" in page
        assert "quy hoạch cán bộ" in page
        for words in ("Lê Văn Thư", "Đọc lại bản giấy", "thực hiện nghị quyết đại hội"):
            assert words not in page, words
        assert corrections_of(first.document)[0].who == "Lê Văn Thư"

    def test_the_second_finds_it_by_its_new_words_too(self, arrivals, bloc):
        correct(arrivals[0].document, bloc.organization, subject="quy hoạch cán bộ")
        assert len(find(reader(bloc.neighbour, verb="arrivals.read"), read("quy hoạch")).found) == 1


class TestSentInside:
    def test_no_receiver_corrects_what_was_sent_to_it(self, clerk, bloc):
        arrival = make_arrival(bloc.bloc, bloc.organization)
        assert not ArrivalAccess(clerk.viewer, arrival).correct
        assert clerk.post(at(arrival), typed()).status_code == 403
        assert at(arrival) not in text_of(clerk.get(reverse("arrivals:page", args=[arrival.pk])))
        assert clerk.get(reverse("documents:correction", args=[arrival.document_id])).status_code == 403

    def test_its_issuer_does_and_the_receiver_sees_it(self, clerk, bloc):
        document = make_sent(bloc.organization, bloc.branch, subject="phân công")
        assert DocumentAccess(clerk.viewer, document).correct
        address = reverse("documents:correction", args=[document.pk])
        page = text_of(clerk.get(address))
        assert 'name="symbol"' not in page
        assert "đã vào dãy số nên không sửa" in page
        answer = clerk.post(
            address,
            {
                "subject": "phân công kiểm kê",
                "signer": "Trần A",
                "revision": "0",
                "reason": "Thiếu chữ",
                "symbol": "1",
            },
            follow=True,
        )
        assert "từ “phân công” thành “phân công kiểm kê”" in text_of(answer)
        was = document.symbol
        document.refresh_from_db()
        assert (document.subject, document.symbol) == ("phân công kiểm kê", was)
        assert len(find(reader(bloc.branch, verb="arrivals.read"), read("kiểm kê")).found) == 1
        sign_in(clerk, make_member(bloc.branch, post=Post.SECRETARY))
        arrival = Arrival.objects.get(document=document)
        seen = text_of(clerk.get(reverse("arrivals:page", args=[arrival.pk])))
        assert "Đã sửa ngày" in seen
        assert "Thiếu chữ" not in seen

    def test_kept_words_fix_the_head_and_a_signed_file_does_not(self, clerk, bloc):
        by_file, by_words = (make_sent(bloc.organization, bloc.branch) for _paper in range(2))
        assert correctable(by_words) == OF_OURS
        keep_content(by_words, make_resolution())
        assert correctable(by_words) == ()
        with pytest.raises(Refused, match="đã chốt"):
            correct(by_words, bloc.organization, subject="khác")
        page = text_of(clerk.get(reverse("documents:page", args=[by_words.pk])))
        assert "Sửa thông tin" not in page
        scan = attach(by_file, make_upload(make_pdf("KẾ HOẠCH")), body_id=bloc.organization.pk, by=None)
        keep_file(by_file, scan, retention="lasting", by=None)
        assert correctable(by_file) == OF_OURS
        correct(by_file, bloc.organization, subject="khác")

    def test_what_a_series_gave_and_what_a_record_says_is_no_field_of_it(self, bloc):
        document = make_sent(bloc.organization, bloc.branch)
        for name in ("symbol", "kind", "issuer_name"):
            with pytest.raises(ValueError, match=name):
                correct(document, bloc.organization, **{name: "x"})
        with pytest.raises(ValueError, match="issued_on"):
            correct(document, bloc.organization, issued=today().isoformat())
        document.source_type, document.source_id = "visits.visit", 1
        document.save()
        assert correctable(document) == ()


def test_each_column_of_the_head_is_one_of_the_paper():
    columns = {field.name for field in Document._meta.get_fields()}
    assert {*OF_OURS, *OF_OTHERS} <= columns


def test_a_correction_keeps_its_paper(bloc):
    document = make_outside(bloc.organization).document
    correct(document, bloc.organization, subject="khác")
    Arrival.objects.all().delete()
    with pytest.raises(ProtectedError):
        document.delete()
