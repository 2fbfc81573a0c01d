"""A PDF or an image is read by the worker: the upload answers at once, a scan goes on page by page, nothing half done."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django_tasks_db.models import DBTaskResult

from nenep.arrivals import reading
from nenep.arrivals.intakes import enter, give_up
from nenep.arrivals.models import Arrival, Intake, IntakeState
from nenep.arrivals.reading import MOST_TRIES, is_under_way, read_on
from nenep.arrivals.tests.test_intakes import PLAN, SWAPPED, send, text_of, word
from nenep.documents.intake.tests.papers import make_paper
from nenep.documents.intake.tests.test_scans import make_scan, saying
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.tests.make import make_image, make_upload
from nenep.journal.models import Event
from nenep.notices.models import Heartbeat
from nenep.notices.worker import Worker
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
PAPER = make_paper(PLAN["text"])


class Killed(BaseException):
    """As if the process ended here: nothing after it runs, and the worker hears of nothing."""


@pytest.fixture
def scan(engine, monkeypatch):
    """A PDF of three images; each step reads one of them."""
    engine(saying(PLAN["text"]))
    monkeypatch.setattr(reading, "STEP_SECONDS", 0)
    return make_scan((300, 400), (300, 400), (300, 400))


def sent(client, body, content, name="a.pdf"):
    answer = send(client, body, make_upload(content, name))
    assert answer.status_code == 302, text_of(answer)
    return answer.url, Intake.objects.get()


def state_of(intake):
    intake.refresh_from_db()
    return intake.state


def test_the_upload_answers_at_once_and_the_worker_reads(clerk, bloc):
    address, intake = sent(clerk, bloc.organization, PAPER)
    page = text_of(clerk.get(address))
    for words in ("Đang đọc tệp.", 'hx-trigger="every 3s"', '{"X-Aside": "1"}', "Xem đã đọc xong chưa"):
        assert words in page, words
    assert 'id="entry"' not in page
    assert "Đang đọc. Sau bảy ngày" in text_of(clerk.get(reverse("arrivals:register")))
    assert Worker().work_off() >= 1
    assert state_of(intake) == IntakeState.READ
    page = text_of(clerk.get(address))
    assert "03-KH/BTC.ĐU" in page
    assert "every 3s" not in page


def test_the_page_that_waits_is_renewed_until_it_is_read_and_then_all_of_it(clerk, bloc):
    address, intake = sent(clerk, bloc.organization, PAPER)
    headers = SWAPPED | {"X-Aside": "1"}
    answer = clerk.get(address, headers=headers)
    assert 'id="reading"' in text_of(answer)
    assert "HX-Refresh" not in answer
    read_on(intake.pk)
    assert clerk.get(address, headers=headers)["HX-Refresh"] == "true"
    assert 'id="entry"' in text_of(clerk.get(address))


def test_what_is_short_is_read_within_the_request_and_what_is_not_waits(clerk, bloc, monkeypatch):
    assert 'id="entry"' in text_of(clerk.get(send(clerk, bloc.organization, word(PLAN["text"])).url))
    assert not DBTaskResult.objects.exists()
    monkeypatch.setattr(reading, "MOST_BYTES", 10)
    page = clerk.get(send(clerk, bloc.organization, word(PLAN["text"])).url)
    assert "Đang đọc tệp." in text_of(page)
    assert DBTaskResult.objects.count() == 1


def test_a_scan_is_read_page_by_page_and_says_how_far_it_is(clerk, bloc, scan):
    address, intake = sent(clerk, bloc.organization, scan)
    said = []
    while state_of(intake) == IntakeState.WAITING:
        said.append(intake.pages_read)
        if intake.pages_read:
            assert f"Đã đọc {intake.pages_read} trang." in text_of(clerk.get(address))
        read_on(intake.pk)
    assert said == ["", "0/3", "1/3", "2/3"]
    assert intake.progress == {}
    assert "03-KH/BTC.ĐU" in text_of(clerk.get(address))


def test_a_step_reads_one_page_and_leaves_the_queue_to_others_before_the_next(clerk, bloc, scan):
    _address, intake = sent(clerk, bloc.organization, scan)
    read_on(intake.pk)  # counts the pages
    intake.refresh_from_db()
    assert (intake.pages_read, DBTaskResult.objects.count()) == ("0/3", 2)
    read_on(intake.pk)
    intake.refresh_from_db()
    assert (intake.pages_read, DBTaskResult.objects.count()) == ("1/3", 3)


def test_a_worker_that_was_killed_goes_on_where_it_stood(clerk, bloc, scan, monkeypatch):
    _address, intake = sent(clerk, bloc.organization, scan)
    for _step in range(2):
        read_on(intake.pk)
    asked = []
    real = reading.read_scanned

    def dies(_content, number):
        asked.append(number)
        raise Killed

    monkeypatch.setattr(reading, "read_scanned", dies)
    with pytest.raises(Killed):
        read_on(intake.pk)
    assert state_of(intake) == IntakeState.WAITING
    assert (intake.pages_read, intake.tries) == ("1/3", 1)

    def reads(content, number):
        asked.append(number)
        return real(content, number)

    monkeypatch.setattr(reading, "read_scanned", reads)
    for _step in range(2):
        read_on(intake.pk)
    assert state_of(intake) == IntakeState.READ
    assert asked == [2, 2, 3]
    assert intake.tries == 0


def test_what_kills_the_worker_again_and_again_is_given_up_in_a_sentence(clerk, bloc, monkeypatch):
    address, intake = sent(clerk, bloc.organization, PAPER)

    def dies(*_anything):
        raise Killed

    monkeypatch.setattr(reading, "reading_from", dies)
    for _time in range(MOST_TRIES):
        with pytest.raises(Killed):
            read_on(intake.pk)
    read_on(intake.pk)
    assert state_of(intake) == IntakeState.FAILED
    assert "mấy lần đều dừng giữa chừng" in text_of(clerk.get(address))
    assert not Attachment.objects.exists()


def test_what_the_queue_has_dropped_is_said_and_begun_anew_by_one_press(clerk, bloc):
    address, intake = sent(clerk, bloc.organization, PAPER)
    assert "Đọc lại" not in text_of(clerk.get(address))
    DBTaskResult.objects.all().delete()
    Heartbeat.objects.create(worker="w", seen_at=now())
    page = text_of(clerk.get(address))
    assert "đã dừng giữa chừng" in page
    for _press in range(2):
        clerk.post(f"{address}rereading/")
    assert DBTaskResult.objects.count() == 1
    assert is_under_way(intake)
    Worker().work_off()
    assert state_of(intake) == IntakeState.READ
    clerk.post(f"{address}rereading/")
    assert not is_under_way(intake)


def test_without_a_worker_the_page_says_so_after_some_time(clerk, bloc):
    address, _intake = sent(clerk, bloc.organization, PAPER)
    words = "Máy chủ chưa chạy phần đọc tệp"
    assert words not in text_of(clerk.get(address))
    with clock_at(now() + timedelta(minutes=2)):
        assert words in text_of(clerk.get(address))
        Heartbeat.objects.create(worker="w", seen_at=now())
        assert words not in text_of(clerk.get(address))


def test_a_marking_on_a_later_page_leaves_only_what_the_refusal_keeps(
    clerk,
    bloc,
    scan,
    monkeypatch,
    django_capture_on_commit_callbacks,
):
    address, intake = sent(clerk, bloc.organization, scan)
    path = Attachment.objects.get().path
    for _step in range(2):
        read_on(intake.pk)
    monkeypatch.setattr("nenep.documents.intake.scans.read_page", lambda _content, _number: ["TỐI MẬT", "a"])
    with django_capture_on_commit_callbacks(execute=True):
        read_on(intake.pk)
    assert state_of(intake) == IntakeState.FAILED
    assert (intake.progress, intake.read, path.exists()) == ({}, {}, False)
    refused = RefusedUpload.objects.get()
    assert (refused.uploader_id, refused.reason) == (intake.member_id, "header")
    page = text_of(clerk.get(address))
    assert "tệp không được giữ" in page
    assert "bí mật nhà nước và báo" in page
    event = Event.objects.get(verb="file.refused")
    assert event.actor == f"member:{intake.member_id}"
    assert Event.objects.filter(verb="intake.failed").count() == 1


def test_what_was_given_up_meanwhile_leaves_nothing_behind(clerk, bloc, scan, monkeypatch):
    _address, intake = sent(clerk, bloc.organization, scan)
    read_on(intake.pk)

    def gives_up(_content, _number):
        give_up(Intake.objects.get(), by=None)
        return ["chữ"]

    monkeypatch.setattr(reading, "read_scanned", gives_up)
    queued = DBTaskResult.objects.count()
    read_on(intake.pk)
    assert DBTaskResult.objects.count() == queued
    read_on(intake.pk)
    assert (Intake.objects.count(), Attachment.objects.count()) == (0, 0)


def test_reading_twice_is_reading_once(clerk, bloc):
    _address, intake = sent(clerk, bloc.organization, PAPER)
    read_on(intake.pk)
    intake.refresh_from_db()
    Intake.objects.update(accepted=[1])
    read_on(intake.pk)
    again = Intake.objects.get()
    assert (again.read, again.accepted, again.tries) == (intake.read, [1], 0)


@pytest.mark.parametrize("content", [make_image(), make_image("JPEG")])
def test_an_image_without_an_engine_is_refused_at_once(clerk, bloc, settings, content):
    settings.OCR_ENGINE = ()
    answer = send(clerk, bloc.organization, make_upload(content, "a.png"))
    assert answer.status_code == 422
    assert "chưa có chương trình nhận dạng chữ" in text_of(answer)
    assert (Intake.objects.count(), Attachment.objects.count()) == (0, 0)


def test_a_scan_without_an_engine_says_so_on_its_page(clerk, bloc, settings):
    settings.OCR_ENGINE = ()
    address, intake = sent(clerk, bloc.organization, make_scan())
    read_on(intake.pk)
    assert "chưa có chương trình nhận dạng chữ" in text_of(clerk.get(address))
    assert not Attachment.objects.exists()
    clerk.post(f"{address}withdrawal/")
    assert not Intake.objects.exists()


def test_nothing_is_entered_or_corrected_before_it_is_read(clerk, bloc):
    address, intake = sent(clerk, bloc.organization, PAPER)
    for data in ({"take": "1"}, {"arrived": "1/1", "issuer_name": "x", "subject": "x"}):
        assert clerk.post(address, data).url == address
    head = {"issuer_name": "Tỉnh ủy", "subject": "x", "issued": ""}
    with pytest.raises(Refused, match="chưa đọc xong"):
        enter(intake, head=head, arrived=today().isoformat(), number=None, purpose="", by=None)
    assert not Arrival.objects.exists()


def test_a_file_that_waits_for_nobody_goes_after_a_week(clerk, bloc):
    from nenep.arrivals.jobs import KEPT_FOR, forget_intakes

    sent(clerk, bloc.organization, PAPER)
    with clock_at(now() + KEPT_FOR + timedelta(hours=1)):
        assert forget_intakes() == 1
