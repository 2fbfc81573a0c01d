"""One branch's month, end to end, over HTTP without JavaScript: secretary, member, officer."""

from datetime import datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from nenep.access.tests.make import make_account, sign_in
from nenep.assignments.models import Assignment, AssignmentStatus
from nenep.facts.models import BranchMonth
from nenep.journal.models import Event
from nenep.journal.verification import verify
from nenep.meetings.models import Meeting, MeetingStatus
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.resolutions.models import Resolution, ResolutionStatus
from nenep.shared.dates import clock_at
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db

PREPARING = timezone.make_aware(datetime(2026, 12, 1, 20, 30))
MEETING = timezone.make_aware(datetime(2026, 12, 3, 14, 5))


class Cast:
    """A branch of twelve with a secretary, a note-taker and a member, watched from two levels above."""

    def __init__(self):
        self.bloc = make_small_bloc()
        self.branch = self.bloc.branch
        self.secretary = make_member(self.branch, name="Nguyễn Thị Hạnh", post=Post.SECRETARY)
        self.note_taker = make_member(self.branch, name="Lê Văn Ổn", post=Post.DEPUTY)
        self.member = make_member(self.branch, name="Trần Đức Ưng")
        self.others = [make_member(self.branch) for _number in range(8)]
        self.probationary = make_member(self.branch, name="Phạm Thị Dự", official=False)
        self.officer = make_member(self.bloc.other_branch, name="Đỗ Cán Bộ")
        make_office(self.officer, self.bloc.organization, Post.OFFICER)
        self.upper = make_member(self.bloc.lone_branch, name="Bùi Chuyên Viên")
        make_office(self.upper, self.bloc.office, Post.OFFICER)
        for person in (self.secretary, self.note_taker, self.member, self.officer, self.upper):
            make_account(person)

    def client(self, person):
        client = Client()
        sign_in(client, person)
        return client


@pytest.fixture
def cast(db):
    return Cast()


@pytest.fixture(scope="module")
def month_once(database_of_the_file):
    """(the people, their meeting after it was held): what the tests below look at; the first plays its own."""
    cast = Cast()
    meeting = prepared(cast)
    answered(cast, meeting)
    held(cast, meeting)
    return cast, meeting


@pytest.fixture
def month(month_once, db):
    cast, meeting = month_once
    return cast, anew(meeting)


def follow(response):
    assert response.status_code in {200, 302}, (response.status_code, response.content.decode()[:2000])
    return response


def text_of(response):
    assert response.status_code == 200, (response.status_code, response.content.decode()[:2000])
    return response.content.decode()


def moment(at, prefix):
    local = timezone.localtime(at)
    return {f"{prefix}_0": local.strftime("%Y-%m-%d"), f"{prefix}_1": local.strftime("%H:%M")}


def prepared(cast):
    """The secretary plans, prepares and calls December's meeting."""
    client = cast.client(cast.secretary)
    with clock_at(PREPARING):
        assert "Lập kỳ sinh hoạt tháng này" in text_of(client.get("/"))
        follow(client.post(reverse("meetings:opening_of_month", args=[cast.branch.pk])))
        meeting = Meeting.objects.get(body=cast.branch)
        page = text_of(client.get(reverse("meetings:agenda", args=[meeting.pk])))
        assert "Thông tin thời sự" in page
        assert "HD 42-HD/BTCTW" in page
        plan = {
            **moment(MEETING, "starts_at"),
            "place": "Phòng họp tầng 2",
            "chair": cast.secretary.pk,
            "note_taker": cast.note_taker.pk,
            "focus_question": "Làm thế nào để xong hồ sơ tồn trước tết?",
            "guests": "",
        }
        follow(client.post(reverse("meetings:plan", args=[meeting.pk]), plan))
        committee = {
            **moment(PREPARING, "held_at"),
            "place": "Phòng bí thư",
            "present": "Hạnh\nỔn",
            "content": "Thống nhất nội dung.",
            "decisions": "Đồng chí Ổn chuẩn bị dự thảo.",
        }
        follow(client.post(reverse("meetings:committee_meeting", args=[meeting.pk]), committee))
        draft = {
            "title": "lãnh đạo thực hiện nhiệm vụ tháng 01/2027",
            "review": "Hoàn thành 9/10 việc.",
            "direction": "Tập trung xử lý hồ sơ tồn.",
            "organization": "Chi ủy theo dõi.",
            "revision": 0,
            "t0-what": "Xử lý xong 12 hồ sơ tồn",
            "t0-lead": cast.member.pk,
            "t0-due_on": "2026-12-28",
            "t0-measure": "12/12 hồ sơ",
        }
        follow(client.post(reverse("resolutions:draft", args=[meeting.pk]), draft))
        preview = text_of(client.get(reverse("meetings:call", args=[meeting.pk])))
        assert "Phòng họp tầng 2" in preview
        follow(client.post(reverse("meetings:call", args=[meeting.pk])))
    meeting.refresh_from_db()
    assert meeting.status == MeetingStatus.CALLED
    return meeting


def answered(cast, meeting):
    """One member asks leave and writes an opinion; the notice page shows both."""
    client = cast.client(cast.member)
    with clock_at(PREPARING + timedelta(hours=12)):
        home = text_of(client.get("/"))
        assert "Tôi sẽ dự" in home
        page = text_of(client.get(reverse("meetings:page", args=[meeting.pk])))
        assert "Đọc dự thảo nghị quyết" in page
        text_of(client.get(reverse("resolutions:page", args=[meeting.pk])))
        follow(client.post(reverse("meetings:response", args=[meeting.pk]), {"answer": "will_come"}))
        opinion = {"text": "Đề nghị giao thêm người xử lý hồ sơ.", "item": ""}
        follow(client.post(reverse("meetings:opinions", args=[meeting.pk]), opinion))
        calendar = client.get(reverse("meetings:calendar_file", args=[meeting.pk]))
        assert b"SUMMARY:Sinh ho" in calendar.content
        assert "hồ sơ" not in calendar.content.decode()
    secretary = cast.client(cast.secretary)
    with clock_at(PREPARING + timedelta(hours=24)):
        inbox = text_of(secretary.get(reverse("meetings:opinion_inbox", args=[meeting.pk])))
        assert "giao thêm người" in inbox
        opinion = meeting.opinions.get()
        reply = {f"o{opinion.pk}-reply": "declined", f"o{opinion.pk}-reason": ""}
        assert secretary.post(reverse("meetings:opinion_reply", args=[opinion.pk]), reply).status_code == 422
        reply[f"o{opinion.pk}-reason"] = "Đã đủ người."
        follow(secretary.post(reverse("meetings:opinion_reply", args=[opinion.pk]), reply))
        assert "Sẽ dự" in text_of(secretary.get(reverse("meetings:notice", args=[meeting.pk])))
    client = cast.client(cast.member)  # signed out meanwhile, like anybody after half a day
    with clock_at(PREPARING + timedelta(hours=25)):
        assert "Đã đủ người." in text_of(client.get(reverse("meetings:opinions", args=[meeting.pk])))


def held(cast, meeting):
    client = cast.client(cast.secretary)
    with clock_at(MEETING):
        opening = reverse("meetings:opening", args=[meeting.pk])
        assert "không sửa được chương trình" in text_of(client.get(opening))
        follow(client.post(opening, moment(MEETING, "began_at")))
        absent = cast.others[0].pk
        marks = {f"m{absent}-presence": "excused", f"m{absent}-reason": ""}
        wrong = client.post(reverse("meetings:roll_call", args=[meeting.pk]), marks)
        assert wrong.status_code == 422
        marks[f"m{absent}-reason"] = "Đi công tác"
        early = client.post(reverse("meetings:closing", args=[meeting.pk]), moment(MEETING, "ended_at"))
        assert "đồng chí chưa điểm danh" in early.content.decode()
        follow(client.post(reverse("meetings:roll_call", args=[meeting.pk]), {**marks, "rest": "present"}))
        assert "Dự họp: 11/12" in text_of(client.get(reverse("meetings:room", args=[meeting.pk])))
        item = meeting.items.get(step="C5")
        words = {"notes": "Đồng chí Ưng: cần thêm máy quét.", "conclusion": "Mua máy quét.", "revision": 0}
        follow(client.post(reverse("meetings:item_record", args=[item.pk]), words))
        stale = client.post(
            reverse("meetings:item_record", args=[item.pk]), {**words, "notes": "Bản của tôi"}
        )
        assert stale.status_code == 422
        assert "Bản của tôi" in stale.content.decode()
        assert "cần thêm máy quét" in stale.content.decode()
        work = {"what": "Báo giá máy quét", "owner": cast.member.pk, "due_on": "2026-12-10", "measure": ""}
        follow(client.post(reverse("assignments:handing_out", args=[meeting.pk]) + f"?item={item.pk}", work))
        vote = {"subject": "Mua máy quét", "kind": "ordinary_resolution", "votes_for": 40}
        refused = client.post(
            reverse("meetings:vote", args=[meeting.pk]), {**vote, "votes_against": 0, "votes_other": 0}
        )
        assert refused.status_code == 422
        assert "chỉ có 10 đảng viên chính thức dự" in refused.content.decode()
        assert 'value="Mua máy quét"' in refused.content.decode()
        follow(
            client.post(
                reverse("resolutions:adoption", args=[meeting.pk]),
                {"votes_for": 10, "votes_against": 0, "votes_other": 0},
            )
        )
    with clock_at(MEETING + timedelta(minutes=95)):
        ended = moment(MEETING + timedelta(minutes=95), "ended_at")
        assert client.post(reverse("meetings:closing", args=[meeting.pk]), ended).status_code == 422
        empty = [item for item in meeting.items.all() if item.awaits_text]
        ended |= {f"s{item.pk}": "đã bàn ở kỳ chuyên đề" for item in empty}
        follow(client.post(reverse("meetings:closing", args=[meeting.pk]), ended))
        minutes = text_of(client.get(reverse("meetings:minutes", args=[meeting.pk])))
        assert "cần thêm máy quét" in minutes
        assert "Kỳ này không bàn, vì đã bàn ở kỳ chuyên đề." in minutes
        assert "10/11" in minutes
        counts = {"votes_for": 11, "speakers": 4}
        asked = client.post(reverse("meetings:adoption", args=[meeting.pk]), counts)
        assert "Thông qua biên bản với 11/11" in text_of(asked)
        follow(client.post(reverse("meetings:adoption", args=[meeting.pk]), {**counts, "sure": "1"}))
    meeting.refresh_from_db()
    assert (meeting.expected, meeting.present, meeting.excused, meeting.unexcused) == (12, 11, 1, 0)


def test_a_month_from_planning_to_the_next_meeting(cast):
    meeting = prepared(cast)
    answered(cast, meeting)
    held(cast, meeting)
    resolution = Resolution.objects.get(meeting=meeting)
    assert resolution.status == ResolutionStatus.ADOPTED
    assert resolution.document.symbol == "01-NQ/CB"
    client = cast.client(cast.secretary)
    with clock_at(MEETING + timedelta(days=1)):
        for name, kind in (("meetings:minutes_file", meeting.pk), ("resolutions:file", meeting.pk)):
            for fmt, start in (("pdf", b"%PDF"), ("docx", b"PK")):
                paper = client.get(reverse(name, args=[kind, fmt]))
                assert paper.status_code == 200
                assert paper.content.startswith(start)
        follow(client.post(reverse("assignments:from_resolution", args=[meeting.pk])))
        following = Meeting.objects.get(body=cast.branch, month="2027-01-01")
        page = text_of(client.get(reverse("meetings:agenda", args=[following.pk])))
        assert "Báo giá máy quét" in page
        assert "Xử lý xong 12 hồ sơ tồn" in page
    fact = BranchMonth.objects.get(body=cast.branch, month="2026-12-01")
    assert (fact.meetings_held, fact.expected, fact.present, fact.speakers) == (1, 12, 11, 4)
    assert (fact.committee_met, fact.draft_prepared, fact.duration_minutes) == (1, 1, 95)
    assert verify().ok


def test_a_member_reports_in_one_tap(month):
    cast, _meeting = month
    client = cast.client(cast.member)
    work = Assignment.objects.get(owner=cast.member)
    with clock_at(MEETING + timedelta(days=2)):
        assert "Báo giá máy quét" in text_of(client.get("/"))
        follow(client.post(reverse("assignments:progress", args=[work.pk]), {"status": "done", "line": ""}))
        stuck = client.post(reverse("assignments:progress", args=[work.pk]), {"status": "stuck", "line": ""})
        assert stuck.status_code == 422
    work.refresh_from_db()
    assert work.status == AssignmentStatus.DONE


def test_an_unfinished_work_is_reviewed_with_a_cause_and_carried_over(month):
    cast, _meeting = month
    client = cast.client(cast.secretary)
    work = Assignment.objects.get(owner=cast.member)
    following = Meeting.objects.get(body=cast.branch, month="2027-01-01")
    with clock_at(PREPARING + timedelta(days=31)):
        plan = {
            **moment(following.starts_at, "starts_at"),
            "place": "P2",
            "chair": cast.secretary.pk,
            "note_taker": cast.note_taker.pk,
            "focus_question": "Việc gì?",
            "guests": "",
        }
        follow(client.post(reverse("meetings:plan", args=[following.pk]), plan))
        follow(client.post(reverse("meetings:call", args=[following.pk]), {"reason": "Chi ủy đi công tác."}))
    client = cast.client(cast.secretary)
    with clock_at(following.starts_at + timedelta(minutes=3)):
        began = moment(following.starts_at, "began_at")
        follow(client.post(reverse("meetings:opening", args=[following.pk]), began))
        judged = {"result": "partly", "cause": "", "cause_text": "", "actual": "", "carry_to": "2027-02-01"}
        assert client.post(reverse("assignments:review", args=[work.pk]), judged).status_code == 422
        follow(client.post(reverse("assignments:review", args=[work.pk]), {**judged, "cause": "effort"}))
    work.refresh_from_db()
    assert work.status == AssignmentStatus.REVIEWED
    assert work.review.result == "partly"
    assert work.continued_by.due_on.isoformat() == "2027-02-01"


@pytest.mark.parametrize("who", ["officer", "upper"])
def test_officers_see_states_and_counts_and_no_text(month, who):
    cast, meeting = month
    client = cast.client(getattr(cast, who))
    with clock_at(MEETING + timedelta(days=1)):
        board = text_of(client.get(reverse("home:board") + "?month=2026-12"))
        assert "Chi bộ Văn phòng Sở A" in board
        assert "Đã thông qua" in board
        cell = text_of(client.get(reverse("home:branch_month", args=[cast.branch.pk, 2026, 12])))
        assert "dự 11/12" in cell
        assert "máy quét" not in cell + board
        for name in ("meetings:page", "meetings:minutes", "resolutions:page", "meetings:room"):
            assert client.get(reverse(name, args=[meeting.pk])).status_code == 404


def test_the_neighbour_sees_nothing(cast):
    meeting = prepared(cast)
    stranger = make_member(cast.bloc.neighbour_branch, post=Post.SECRETARY)
    make_account(stranger)
    client = cast.client(stranger)
    for name in ("meetings:page", "meetings:preparation", "resolutions:page", "meetings:opinions"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 404
    assert client.post(reverse("meetings:call", args=[meeting.pk])).status_code == 404


def test_a_member_may_not_run_the_meeting(cast):
    meeting = prepared(cast)
    client = cast.client(cast.member)
    for name in ("meetings:preparation", "meetings:notice", "meetings:opinion_inbox"):
        assert client.get(reverse(name, args=[meeting.pk])).status_code == 403
    assert client.post(reverse("meetings:opening", args=[meeting.pk])).status_code == 403


def test_every_step_left_its_event(month):
    cast, _meeting = month
    verbs = set(Event.objects.filter(body=cast.branch.pk).values_list("verb", flat=True))
    assert {
        "meeting.planned",
        "committee_meeting.recorded",
        "resolution.drafted",
        "meeting.called",
        "notice.sent",
        "response.given",
        "opinion.written",
        "opinion.answered",
        "opinions.read",
        "meeting.opened",
        "attendance.recorded",
        "item.recorded",
        "assignment.given",
        "vote.counted",
        "resolution.adopted",
        "document.numbered",
        "meeting.closed",
        "minutes.adopted",
    } <= verbs
