"""The pages of a directive: an officer writes it, a committee hands it down, a branch gives work from it."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.arrivals.tests.make import make_outside
from nenep.assignments.models import Assignment
from nenep.assignments.operations import hand_out
from nenep.directives.answering import acknowledge, confirm_understood, link_made, put_on_agenda
from nenep.directives.figures import delays_of, figures_of
from nenep.directives.models import Directive, Made, Programme
from nenep.directives.reads import states_of
from nenep.directives.tests.make import (
    PROGRAMME,
    WORDS,
    hold_and_write,
    make_directive,
    make_programme,
    receipt_in,
)
from nenep.directives.under import done_under
from nenep.documents.operations import issue_number
from nenep.files.models import Attachment
from nenep.files.tests.make import make_image, make_upload
from nenep.meetings.tests.make import acting, make_meeting
from nenep.notices.models import Notice
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import clock_at, now, today

pytestmark = pytest.mark.django_db
TITLE = WORDS["title"]


@pytest.fixture
def issued(bloc):
    return make_directive(bloc.bloc, issued=True, requirements=[{"due_on": today() + timedelta(days=40)}])


@pytest.fixture
def discussed(bloc, secretary, issued):
    """The meeting of the branch that discussed it some hours ago."""
    meeting = make_meeting(bloc.branch, chair=secretary, at=now() - timedelta(hours=3))
    with clock_at(meeting.starts_at - timedelta(hours=1)):
        put_on_agenda(receipt_in(issued, bloc.branch), meeting, by=None)
    hold_and_write(meeting, TITLE, "Bàn lịch họp.")
    return meeting


def typed(**more):
    words = {name: value for name, value in WORDS.items() if name != "questions"}
    return words | {"source_date": "02/11/2026", "question_1": "Ai giữ lịch?", "audience": "all"} | more


class TestAnOfficerWrites:
    def test_words_then_requirements_then_it_is_issued_once(self, client, bloc, secretary, upper):
        sign_in(client, upper)
        sent = typed(once="7b0e6f0e-4a4b-4f43-9a62-6b5a7d5c0001")
        for _press in range(2):
            answer = client.post(reverse("directives:draft", args=[bloc.bloc.pk]), sent)
        made = Directive.objects.get()
        assert answer.url == reverse("directives:requirements", args=[made.pk])
        data = {"mark": "II.1", "what": "Lập lịch họp", "doers": "branches", "due_on": "31/12/2026"}
        client.post(answer.url, data)
        assert made.requirements.get().due_on == date(2026, 12, 31)
        assert (
            "Ban hành tới 8 tổ chức"
            in client.get(reverse("directives:page", args=[made.pk])).content.decode()
        )
        assert not Notice.objects.exists()
        for _press in range(2):
            client.post(reverse("directives:issue", args=[made.pk]))
        assert made.receipts.count() == 8
        assert list(Notice.objects.values_list("member", flat=True)) == [secretary.pk]

    def test_four_lines_are_too_many_and_nothing_typed_is_lost(self, client, bloc, upper):
        sign_in(client, upper)
        answer = client.post(
            reverse("directives:draft", args=[bloc.bloc.pk]), typed(digest="Một.\nHai.\nBa.\nBốn.")
        )
        assert answer.status_code == 422
        page = answer.content.decode()
        assert "nhiều nhất ba dòng" in page
        assert "Bốn." in page

    def test_a_paper_of_the_register_tells_symbol_and_day(self, client, bloc, upper):
        paper = issue_number(
            bloc.bloc, "NQ", day=today(), subject="Về sinh hoạt", organization="ĐUK", by=None
        )
        sign_in(client, upper)
        sent = typed(document=paper.pk, source_symbol="", source_date="", source_issuer="")
        assert client.post(reverse("directives:draft", args=[bloc.bloc.pk]), sent).status_code == 302
        made = Directive.objects.get()
        assert (made.source_symbol, made.source_date) == (paper.symbol, paper.issued_on)
        sent = typed(source_symbol="")
        answer = client.post(reverse("directives:draft", args=[bloc.bloc.pk]), sent)
        assert "chọn văn bản trong sổ, hoặc ghi ô này" in answer.content.decode()

    def test_a_paper_that_came_is_a_source_once_it_is_entered(self, client, bloc, upper):
        paper = make_outside(bloc.bloc, issued="2026-10-05").document
        other = make_outside(bloc.neighbour, symbol="50-CTr/TU").document
        sign_in(client, upper)
        address = reverse("directives:draft", args=[bloc.bloc.pk])
        assert client.post(address, typed(document=other.pk)).status_code == 422
        own = client.get(address).context["form"].initial["source_issuer"]
        sent = typed(document=paper.pk, source_symbol="", source_date="", source_issuer=own)
        assert client.post(address, sent).status_code == 302
        made = Directive.objects.get()
        assert (made.source_issuer, made.source_symbol) == (paper.issuer_name, "49-CTr/TU")
        assert made.source_date == date(2026, 10, 5)

    def test_a_typed_number_is_linked_and_of_two_with_one_number_the_day_says_which(
        self, client, bloc, upper
    ):
        older = make_outside(
            bloc.bloc, symbol="04-NQ/TW", issued="2011-12-30", subject="Hội nghị lần thứ tư khóa XI"
        ).document
        sign_in(client, upper)
        address = reverse("directives:draft", args=[bloc.bloc.pk])
        sent = typed(source_symbol="04-nq/tw", source_date="", source_issuer="", title="Một")
        client.post(address, sent)
        made = Directive.objects.get()
        assert (made.document, made.source_date) == (older, date(2011, 12, 30))
        newer = make_outside(
            bloc.bloc, symbol="04-NQ/TW", issued="2016-10-30", subject="Hội nghị lần thứ tư khóa XII"
        ).document
        answer = client.post(address, sent | {"title": "Hai"})
        assert answer.status_code == 422
        said = str(answer.context["form"].errors["source_symbol"])
        assert "có 2 văn bản cùng số này" in said
        assert "04-NQ/TW ngày 30/10/2016: Hội nghị lần thứ tư khóa XII" in said
        client.post(address, sent | {"title": "Hai", "source_date": "30/10/2016"})
        assert Directive.objects.get(title="Hai").document == newer
        page = client.get(reverse("directives:page", args=[made.pk])).content.decode()
        assert reverse("arrivals:page", args=[older.arrivals.get().pk]) in page

    def test_a_number_of_another_register_is_no_link(self, client, bloc, upper):
        make_outside(bloc.neighbour, symbol="04-NQ/TW", issued="2011-12-30")
        sign_in(client, upper)
        sent = typed(source_symbol="04-NQ/TW", source_date="30/12/2011")
        client.post(reverse("directives:draft", args=[bloc.bloc.pk]), sent)
        made = Directive.objects.get()
        assert made.document is None
        page = client.get(reverse("directives:page", args=[made.pk])).content.decode()
        assert "số 04-NQ/TW ngày 30/12/2011" in page
        assert "/arrivals/" not in page.split("<main")[1]

    def test_a_list_needs_a_body_and_a_cluster_its_name(self, client, bloc, upper):
        sign_in(client, upper)
        address = reverse("directives:draft", args=[bloc.bloc.pk])
        assert client.post(address, typed(audience="bodies")).status_code == 422
        assert client.post(address, typed(audience="cluster")).status_code == 422
        client.post(address, typed(audience="bodies", chosen=[bloc.neighbour.pk], unit_type="press"))
        made = Directive.objects.get()
        assert list(made.chosen.all()) == [bloc.neighbour]
        assert made.unit_type == ""

    def test_after_the_withdrawal_a_page_that_was_open_says_so(self, client, bloc, upper, issued):
        sign_in(client, upper)
        client.post(reverse("directives:withdrawal", args=[issued.pk]), {"reason": "Thay văn bản khác"})
        answer = client.post(reverse("directives:withdrawal", args=[issued.pk]), {"reason": "Muộn Rồi"})
        assert answer.status_code == 409
        assert "đã thu hồi. Lý do: Thay văn bản khác." in answer.content.decode()


class TestACommitteeHandsDown:
    def test_its_own_directive_carries_out_the_chosen_paragraph(self, client, bloc, officer, issued):
        receipt = receipt_in(issued, bloc.organization)
        sign_in(client, officer)
        address = reverse("directives:draft", args=[bloc.organization.pk])
        page = client.get(address, {"from": receipt.pk}).content.decode()
        assert "Thực hiện 02-NQ/ĐUK" in page
        requirement = issued.requirements.get()
        sent = typed(source_symbol="12-KH/ĐU", requirements=[requirement.pk]) | {"from": receipt.pk}
        client.post(address, sent)
        lower = Directive.objects.get(body=bloc.organization)
        made = Made.objects.get()
        assert (made.receipt, made.requirement, made.handed_down) == (receipt, requirement, lower)
        client.post(reverse("directives:issue", args=[lower.pk]))
        page = client.get(reverse("directives:page", args=[lower.pk])).content.decode()
        assert "02-NQ/ĐUK" in page
        assert "(mục II.1)" in page
        assert (
            "Xem tiếp xuống dưới" in client.get(reverse("directives:way", args=[issued.pk])).content.decode()
        )

    def test_nobody_hands_down_what_another_body_received(self, client, bloc, officer, issued):
        sign_in(client, officer)
        address = reverse("directives:draft", args=[bloc.organization.pk])
        client.post(address, typed() | {"from": receipt_in(issued, bloc.neighbour).pk})
        assert Directive.objects.filter(body=bloc.organization).exists()
        assert not Made.objects.exists()


class TestABranchGivesWork:
    def test_the_paragraph_fills_the_form_and_the_link_is_kept(
        self, client, bloc, secretary, discussed, issued
    ):
        sign_in(client, secretary)
        requirement = issued.requirements.get()
        page = client.get(reverse("directives:page", args=[issued.pk])).content.decode()
        address = (
            f"{reverse('assignments:handing_out', args=[discussed.pk])}?from=requirement:{requirement.pk}"
        )
        assert address in page
        form = client.get(address).content.decode()
        assert requirement.what in form
        assert f"{requirement.due_on:%d/%m/%Y}" in form
        sent = {"what": "Lập lịch", "owner": secretary.pk, "due_on": f"{requirement.due_on:%d/%m/%Y}"}
        client.post(address, sent | {"from": f"requirement:{requirement.pk}"})
        work = Assignment.objects.get()
        assert (Made.objects.get().assignment, Made.objects.get().requirement) == (work, requirement)
        page = client.get(reverse("assignments:page", args=[work.pk])).content.decode()
        assert reverse("directives:way_up", args=[work.pk]) in page
        up = client.get(reverse("directives:way_up", args=[work.pk])).content.decode()
        assert "02-NQ/ĐUK" in up
        assert "Mục II.1" in up

    def test_what_another_branch_received_fills_no_form(self, client, bloc, secretary, discussed):
        elsewhere = make_directive(
            bloc.bloc,
            issued=True,
            audience="bodies",
            chosen=[bloc.neighbour],
            requirements=[{"what": "Việc Xa"}],
        )
        sign_in(client, secretary)
        address = reverse("assignments:handing_out", args=[discussed.pk])
        for key in (f"requirement:{elsewhere.requirements.get().pk}", "requirement:x", "directive:", "a:1"):
            assert "Việc Xa" not in client.get(address, {"from": key}).content.decode()

    def test_a_committee_above_sees_that_work_was_given_and_not_what(
        self, client, bloc, secretary, upper, discussed, issued
    ):
        due_on = today() + timedelta(days=20)
        work = hand_out(discussed, what="Giao Riêng Tư", owner=secretary, due_on=due_on, by=None)
        link_made(receipt_in(issued, bloc.branch), assignment=work, by=None)
        address = reverse("directives:way", args=[issued.pk])
        sign_in(client, upper)
        page = client.get(address).content.decode()
        assert "Việc đã giao" in page
        assert "Giao Riêng Tư" not in page
        sign_in(client, secretary)
        assert "Giao Riêng Tư" in client.get(address).content.decode()  # twin: it would be found

    def test_work_of_the_item_leads_up_without_a_link(self, client, bloc, secretary, discussed, issued):
        item = discussed.items.get(title=TITLE)
        due_on = today() + timedelta(days=20)
        work = hand_out(discussed, what="Giữ lịch", owner=secretary, due_on=due_on, item=item, by=None)
        other = hand_out(discussed, what="Việc khác", owner=secretary, due_on=due_on, by=None)
        sign_in(client, secretary)
        assert "02-NQ/ĐUK" in client.get(reverse("directives:way_up", args=[work.pk])).content.decode()
        page = client.get(reverse("directives:way_up", args=[other.pk])).content.decode()
        assert "không giao từ chỉ đạo nào" in page


class TestEvidence:
    def test_it_is_read_by_the_body_and_who_looks_after_it_and_by_no_other(
        self, client, bloc, secretary, upper, issued
    ):
        receipt = receipt_in(issued, bloc.branch)
        sign_in(client, secretary)
        sent = {
            "day": f"{today():%d/%m/%Y}",
            "words": "Đã có lịch.",
            "file": make_upload(make_image(), "ảnh.png"),
            "is_open": "on",
        }
        client.post(reverse("directives:implementation", args=[receipt.pk]), sent)
        receipt.refresh_from_db()
        assert (receipt.implemented_on, receipt.implemented_words) == (today(), "Đã có lịch.")
        (attachment,) = Attachment.objects.of(receipt)
        address = reverse("files:download", args=[attachment.pk])
        other = make_member(bloc.other_branch, name="Hà Bí Thư", post=Post.SECRETARY)
        for person, status in ((secretary, 200), (upper, 200), (other, 404)):
            sign_in(client, person)
            answer = client.get(address)
            b"".join(answer.streaming_content if answer.streaming else ())  # an open file warns
            assert answer.status_code == status


class TestFigures:
    def test_each_has_its_base_and_the_last_branch_is_told(self, client, bloc, secretary, upper):
        with clock_at(now() - timedelta(days=9)):
            issued = make_directive(bloc.bloc, issued=True)
        for days, body in ((6, bloc.other_branch), (2, bloc.branch)):
            with clock_at(now() - timedelta(days=days)):
                acknowledge(receipt_in(issued, body), by=None)
        states = states_of(issued, issued.receipts.order_by("pk"))
        figures = {one.key: (one.value, one.base) for one in figures_of(states)}
        assert figures["acknowledged"] == (2, 8)
        assert figures["discussed"] == (0, 5)
        arrival, meeting, _members = delays_of(issued, states)
        assert (arrival.reached, arrival.base, arrival.middle, arrival.slowest) == (2, 5, 3, 7)
        assert meeting.slowest is None
        confirm_understood(issued, by=acting(secretary))
        states = states_of(issued, issued.receipts.order_by("pk"))
        assert delays_of(issued, states)[2].slowest == 9
        sign_in(client, upper)
        page = client.get(
            reverse("directives:delay", args=[issued.pk]), {"stage": "arrival"}
        ).content.decode()
        assert page.index("Chi bộ Hội D") < page.index("7 ngày") < page.index("3 ngày")

    def test_the_page_costs_the_same_however_far_it_has_come(self, client, bloc, upper, discussed, issued):
        def cost(address):
            client.get(address)
            with CaptureQueriesContext(connection) as captured:
                client.get(address)
            return len(captured)

        sign_in(client, upper)
        acknowledge(receipt_in(issued, bloc.lone_branch), by=None)
        pages = [reverse(f"directives:{name}", args=[issued.pk]) for name in ("page", "way", "bodies")]
        before = [cost(page) for page in pages]
        for body in (bloc.branch, bloc.other_branch, bloc.neighbour_branch):
            acknowledge(receipt_in(issued, body), by=None)
            link_made(receipt_in(issued, body), words="Lịch họp", by=None)
            make_member(body)
        assert [cost(page) for page in pages] == before
        assert before[0] <= 33


class TestProgrammes:
    def test_an_officer_opens_one_with_its_period(self, client, bloc, upper, secretary):
        sign_in(client, upper)
        sent = PROGRAMME | {"source_date": "17/07/2006"}
        answer = client.post(reverse("directives:programme_opening", args=[bloc.bloc.pk]), sent)
        programme = Programme.objects.get()
        assert answer.url == reverse("directives:periods", args=[programme.pk])
        wrong = {"first_day": "01/01/2030", "last_day": "01/01/2026"}
        assert client.post(answer.url, wrong).status_code == 422
        days = {"first_day": "01/01/2026", "last_day": "31/12/2030", "final_due": "15/12/2030"}
        client.post(answer.url, days)
        client.post(answer.url, days | {"midterm_due": "30/06/2028"})
        period = programme.periods.get()
        assert (period.midterm_due, period.final_due) == (date(2028, 6, 30), date(2030, 12, 15))
        listed = client.get(reverse("directives:programmes")).content.decode()
        assert "Báo cáo sơ kết trước ngày 30/06/2028" in listed
        sign_in(client, secretary)
        assert (
            "Chi bộ nào cũng họp hằng tháng."
            in client.get(reverse("directives:programme", args=[programme.pk])).content.decode()
        )
        assert client.get(reverse("directives:done", args=[programme.pk])).status_code == 403

    def test_it_counts_what_every_level_did_by_the_day_of_each_thing(self, client, bloc, secretary, upper):
        programme = make_programme(bloc.bloc)
        directive = make_directive(bloc.bloc, issued=True, programme=programme)
        make_directive(
            bloc.organization,
            issued=True,
            carries_out=(receipt_in(directive, bloc.organization), []),
            title="Dưới",
        )
        make_directive(bloc.bloc, issued=True, title="Ngoài chương trình")
        link_made(receipt_in(directive, bloc.branch), words="Lịch họp", by=None)
        (period,) = programme.periods.all()
        counts = {what: len(rows) for what, rows in done_under(programme, period).items()}
        expected = {
            "directives": 1,
            "handed_down": 1,
            "plans": 1,
            "discussed": 0,
            "resolutions": 0,
            "assignments": 0,
        }
        assert counts == expected
        period.first_day, period.last_day = date(2020, 1, 1), date(2024, 1, 1)
        assert not any(done_under(programme, period).values())
        sign_in(client, upper)
        page = client.get(reverse("directives:done", args=[programme.pk]), {"what": "plans"}).content.decode()
        assert "Chi bộ Văn phòng Sở A" in page
        assert "Lịch họp" in page
