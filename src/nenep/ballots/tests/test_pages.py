"""What is shown to whom, and what becomes of what was typed."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.ballots import operations
from nenep.ballots.models import Count, Round
from nenep.ballots.tests.make import figures, make_confirmed, make_election, make_question, make_room
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.organizations.tests.make import make_body
from nenep.shared.dates import now
from nenep.shared.tests.anew import anew, parts

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def room_once(database_of_the_file):
    """Eleven official members, all there."""
    return make_room(make_body(), members=10, at=now() - timedelta(hours=1))


@pytest.fixture
def room(room_once):
    return anew(room_once)


meeting, secretary, members = parts("room", 3)


def address(name, ballot, **kwargs):
    return reverse(f"ballots:{name}", kwargs={"pk": ballot.pk, **kwargs})


def text(answer):
    return answer.content.decode()


QUESTION = {
    "revision": 0,
    "issued": 11,
    "returned": 11,
    "valid": 11,
    "invalid": 0,
    "for-0": 8,
    "against-0": 2,
    "blank-0": 1,
}


def test_the_vote_button_of_the_room_leads_to_the_three_ways(client, meeting, secretary):
    item = meeting.items.first()
    sign_in(client, secretary)
    ways = {
        "meetings:vote": "Giơ tay",
        "votes:opening": "Ghi tên trên điện thoại",
        "ballots:opening": "Bỏ phiếu kín trên giấy",
    }
    for here, name in ways.items():
        page = text(client.get(reverse(here, args=[meeting.pk]), {"item": item.pk}))
        assert f'<span aria-current="page">{name}</span>' in page
        for there, words in ways.items():
            link = f'<a href="{reverse(there, args=[meeting.pk])}?item={item.pk}">{words}</a>'
            assert (link in page) == (there != here)


def test_each_kind_says_how_many_votes_it_needs_and_by_which_rule(client, meeting, secretary):
    sign_in(client, secretary)
    page = text(client.get(reverse("ballots:opening", args=[meeting.pk])))
    assert "Cần quá nửa, tức ít nhất 6 phiếu trên 11 đảng viên chính thức" in page
    assert "Cần từ 2/3 trở lên, tức ít nhất 8 phiếu trên 11 đảng viên chính thức" in page
    assert "chưa kiểm chứng" in page
    assert "Biểu quyết nghị quyết" not in page  # a show of hands


def test_a_round_is_opened_from_an_item_counted_checked_and_locked(client, meeting, secretary, members):
    item = meeting.items.first()
    sign_in(client, secretary)
    opening = reverse("ballots:opening", args=[meeting.pk])
    typed = {
        "kind": "admission_proposal",
        "item": item.pk,
        "subject": "Kết nạp quần chúng A",
        "head": members[0].pk,
    }
    answer = client.post(opening, typed)
    ballot = Round.objects.get()
    assert answer["Location"] == address("page", ballot)
    answer = client.post(address("count", ballot), QUESTION)
    assert answer["Location"] == address("confirmation", ballot)
    check = text(client.get(answer["Location"]))
    assert "Đồng ý 8/11 đảng viên chính thức, không đồng ý 2, phiếu trắng 1: đạt." in check
    assert client.post(answer["Location"], {"revision": 1}).status_code == 422  # nobody compared
    answer = client.post(answer["Location"], {"revision": 1, "is_read_out": "on"}, follow=True)
    assert "Đã chốt kết quả kiểm phiếu." in text(answer)
    room = text(client.get(reverse("meetings:room", args=[meeting.pk])))
    assert "Bỏ phiếu kín “Kết nạp quần chúng A”: Đồng ý 8/11" in room


def test_wrong_input_comes_back_with_all_that_was_typed(client, meeting, secretary, members):
    sign_in(client, secretary)
    opening = reverse("ballots:opening", args=[meeting.pk])
    chosen = [members[0].pk, members[1].pk]
    answer = client.post(
        opening,
        {
            "kind": "election",
            "subject": "Bầu bí thư",
            "candidates": chosen,
            "seats": 3,
            "head": members[5].pk,
        },
    )
    assert answer.status_code == 422
    assert "số lượng được bầu từ 1 đến 2" in text(answer)
    assert 'value="Bầu bí thư"' in text(answer)
    assert text(answer).count("checked") == 2


def test_a_mismatch_stands_at_its_figure_and_nothing_typed_is_lost(client, meeting, secretary, members):
    ballot = make_question(meeting, head=members[0])
    sign_in(client, secretary)
    answer = client.post(address("count", ballot), QUESTION | {"valid": 9, "for-0": 5})
    assert answer.status_code == 422
    page = text(answer)
    assert "9 phiếu hợp lệ cộng 0 phiếu không hợp lệ là 9, nhưng thu về 11 phiếu" in page
    assert 'id="id_valid_error"' in page
    for value in (11, 9, 5, 2, 1):
        assert f'value="{value}"' in page
    assert not Count.objects.exists()


def test_a_stale_count_shows_the_other_and_can_be_sent_again(client, meeting, secretary, members):
    ballot = make_question(meeting, head=members[0])
    operations.enter_count(ballot, figures((7, 4, 0), issued=11), by=None)
    sign_in(client, secretary)
    answer = client.post(address("count", ballot), QUESTION)
    page = text(answer)
    assert answer.status_code == 422
    assert "Đồng chí khác vừa nhập số kiểm phiếu" in page
    assert "Số vừa nhập, chưa chốt" in page
    assert 'name="revision" value="1"' in page
    assert 'value="8"' in page
    assert client.post(address("count", ballot), QUESTION | {"revision": 1}).status_code == 302


def test_before_the_confirmation_only_board_and_chair_see_figures(client, meeting, secretary, members):
    ballot = make_election(meeting, members[:2], head=members[6], board=[members[7]])
    operations.enter_count(ballot, figures(9, 2, issued=11), by=None)
    for person, sees in ((secretary, True), (members[6], True), (members[7], True), (members[0], False)):
        sign_in(client, person)
        page = text(client.get(address("page", ballot)))
        assert ("Số vừa nhập, chưa chốt" in page) == sees
        assert ("9 phiếu" in page) == sees
        assert (client.get(address("count", ballot)).status_code == 200) == sees
    operations.confirm_count(ballot, seen_revision=1, by=None)
    sign_in(client, members[0])
    assert "Trúng cử" in text(client.get(address("page", ballot)))
    assert client.get(address("record_file", ballot, fmt="docx")).status_code == 200


def test_who_looked_at_candidates_and_votes_is_written_down(client, meeting, secretary, members):
    ballot = make_election(meeting, members[:2], head=members[6])
    sign_in(client, secretary)
    for _time in range(2):
        client.get(address("page", ballot))
    event = Event.objects.get(verb="ballot.read")
    assert (event.object_id, event.body) == (ballot.pk, meeting.body_id)


@pytest.mark.parametrize(("lines", "status"), [(20, 302), (21, 422)])
def test_a_ballot_has_as_many_lines_as_it_may(client, meeting, secretary, members, lines, status):
    sign_in(client, secretary)
    sent = {"kind": "reprimand_warning", "subject": "Kỷ luật", "head": members[0].pk}
    opening = reverse("ballots:opening", args=[meeting.pk])
    forms = "\n".join(f"{number} ".ljust(300, "x") for number in range(lines))
    answer = client.post(opening, sent | {"forms": forms})
    assert answer.status_code == status
    assert Round.objects.count() == (status == 302)
    if status == 422:
        assert "nhiều nhất 20 hình thức" in answer.context["form"].errors["forms"][0]
        assert client.post(opening, sent | {"forms": "x" * 301}).status_code == 422


def test_a_teller_enters_and_confirms_on_the_own_phone(client, meeting, members):
    ballot = make_question(meeting, head=members[6])
    sign_in(client, members[6])
    client.post(address("count", ballot), QUESTION)
    client.post(address("confirmation", ballot), {"revision": 1, "is_read_out": "on"})
    assert Count.objects.get().confirmed_by == members[6]


def test_a_page_that_comes_too_late_says_how_the_round_stands(client, meeting, secretary, members):
    ballot = make_question(meeting, head=members[0])
    sign_in(client, secretary)
    early = client.get(address("record_file", ballot, fmt="pdf"), follow=True)
    assert "chưa chốt" in text(early)
    assert client.get(address("confirmation", ballot))["Location"] == address("count", ballot)
    make_confirmed(ballot, figures((8, 3, 0), issued=11))
    for name in ("count", "sheets", "confirmation"):
        assert client.get(address(name, ballot))["Location"] == address("page", ballot)
    assert client.get(address("further_round", ballot))["Location"] == address("page", ballot)
    meetings.close_meeting(meeting, by=None)
    answer = client.post(address("recount", ballot), {"reason": "Đếm sót phiếu của đồng chí Hải"})
    assert answer.status_code == 409
    assert "Đếm sót phiếu của đồng chí Hải" in text(answer)


def test_the_ballots_are_all_alike_and_say_how_to_mark(client, meeting, secretary, members):
    ballot = make_election(meeting, members[:3], head=members[6], seats=2)
    sign_in(client, secretary)
    page = text(client.get(address("sheets", ballot)))
    papers = [part.partition("viết thêm")[0] for part in page.split('<div class="slip ballot"')[1:]]
    assert len(papers) == 11
    assert len(set(papers)) == 1
    assert "không quá 2 người" in papers[0]
    assert "Nơi đóng dấu" in papers[0]
    names = [option.name for option in ballot.options.all()]
    assert [papers[0].index(name) for name in names] == sorted(papers[0].index(name) for name in names)
    assert text(client.get(address("sheets", ballot), {"copies": 4})).count("slip ballot") == 4
    assert client.get(address("sheets", ballot), {"copies": "nhiều"}).status_code == 422


def test_a_further_round_has_those_who_tied_ticked(client, meeting, secretary, members):
    ballot = make_election(meeting, members[:4], head=members[6], seats=2)
    row = make_confirmed(ballot, figures(8, 7, 7, 0, issued=11))
    tied = [tally.option.member_id for tally in row.tallies.all() if tally.is_tied]
    sign_in(client, secretary)
    form = client.get(address("further_round", ballot)).context["form"]
    assert form.initial["candidates"] == tied
    assert form.initial["seats"] == 1
    answer = client.post(
        address("further_round", ballot), {"candidates": tied, "seats": 1, "head": members[6].pk}
    )
    second = Round.objects.get(previous=ballot)
    assert answer["Location"] == address("page", second)
    assert "(vòng 2)" in text(client.get(answer["Location"]))


def test_pages_cost_the_same_for_few_and_many(client, meeting, secretary, members):
    """The room with its rounds, and the page of one, in statements."""
    sign_in(client, secretary)
    item, costs = meeting.items.first(), []
    for count in (2, 8):
        ballot = make_election(meeting, members[:count], head=members[8], item=item)
        make_confirmed(ballot, figures(*[1] * count, issued=11))
        pages = (address("page", ballot), reverse("meetings:room", args=[meeting.pk]))
        for page in pages:
            client.get(page)
        with CaptureQueriesContext(connection) as queries:
            for page in pages:
                client.get(page)
        costs.append(len(queries))
    assert costs[0] == costs[1]
