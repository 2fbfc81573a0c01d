"""A secret ballot from its opening to the record that stays of it."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.db import IntegrityError, transaction

from nenep.ballots import operations
from nenep.ballots.exports import record_of
from nenep.ballots.models import Count, Mode, Round, Teller
from nenep.ballots.reads import entered_of, result_in_words
from nenep.ballots.tests.make import figures, make_confirmed, make_election, make_question, make_room
from nenep.documents.composition import compose as composed
from nenep.documents.exports import RENDERERS
from nenep.documents.layout import layout_on
from nenep.journal.models import Event
from nenep.meetings import operations as meetings
from nenep.meetings.attendance import Mark, record_attendance
from nenep.meetings.minutes import compose
from nenep.meetings.models import Attendance, Presence
from nenep.meetings.tests.make import acting
from nenep.organizations.tests.make import make_body
from nenep.people.models import Member
from nenep.people.tests.make import make_member
from nenep.shared.dates import now, today
from nenep.shared.states import Refused
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


def stale(ballot):
    return Round.objects.get(pk=ballot.pk)


class TestOpening:
    def test_base_parts_threshold_and_source_are_kept_with_the_round(self, branch):
        """D-ex: 20 official members, 3 exempt and 1 introduced elsewhere, all absent: base 16."""
        meeting, _secretary, members = make_room(branch, members=19)
        marks = dict.fromkeys([member.pk for member in members[:3]], Mark(Presence.EXEMPT))
        record_attendance(meeting, marks=marks | {members[3].pk: Mark(Presence.AWAY)}, by=None)
        ballot = stale(make_election(meeting, members[5:8], head=members[9]))
        assert (ballot.official, ballot.exempt_absent, ballot.away_absent, ballot.base) == (20, 3, 1, 16)
        assert (ballot.num, ballot.den, ballot.strict, ballot.needed) == (1, 2, True, 9)
        assert ballot.pack.startswith("IMPL-")
        assert "quy chế bầu cử trong Đảng" in ballot.citation

    def test_a_rule_that_nobody_verified_is_cited_as_such(self, meeting, members):
        assert "chưa kiểm chứng" in make_question(meeting, head=members[0]).citation

    def test_the_base_stays_when_the_roll_call_changes(self, meeting, members):
        ballot = make_election(meeting, members[:2], head=members[5])
        record_attendance(meeting, marks={members[8].pk: Mark(Presence.EXEMPT)}, by=None)
        assert stale(ballot).base == 11
        assert make_question(meeting, head=members[5]).base == 10

    def test_names_stand_in_vietnamese_order_whatever_was_chosen_first(self, meeting, members):
        people = [
            make_member(meeting.body, name=name) for name in ("Lê Đạt", "Trần Ánh", "Vũ Dũng", "Bùi An")
        ]
        record_attendance(meeting, marks={p.pk: Mark(Presence.PRESENT) for p in people}, by=None)
        ballot = make_election(meeting, people, head=members[0])
        assert [option.name for option in ballot.options.all()] == ["Bùi An", "Trần Ánh", "Vũ Dũng", "Lê Đạt"]

    def test_who_stands_does_not_count(self, meeting, members):
        for head, board in ((members[0], ()), (members[5], (members[1],))):
            with pytest.raises(Refused, match="danh sách bầu không tham gia tổ kiểm phiếu"):
                make_election(meeting, members[:2], head=head, board=board)

    def test_the_board_is_official_and_there(self, meeting, members):
        newcomer = make_member(meeting.body, name="Lê Dự Bị", official=False)
        marks = {newcomer.pk: Mark(Presence.PRESENT), members[4].pk: Mark(Presence.UNEXCUSED)}
        record_attendance(meeting, marks=marks, by=None)
        for head in (newcomer, members[4]):
            with pytest.raises(Refused, match="đang có mặt"):
                make_question(meeting, head=head)

    def test_a_probationary_member_does_not_stand(self, meeting, members):
        newcomer = make_member(meeting.body, name="Lê Dự Bị", official=False)
        record_attendance(meeting, marks={newcomer.pk: Mark(Presence.PRESENT)}, by=None)
        with pytest.raises(Refused, match="không phải đảng viên chính thức"):
            make_election(meeting, [newcomer], head=members[0])

    def test_more_seats_than_names_are_refused(self, meeting, members):
        with pytest.raises(Refused, match="từ 1 đến 2"):
            make_election(meeting, members[:2], head=members[5], seats=3)

    def test_everybody_is_called_before(self, meeting, members):
        Attendance.objects.filter(member=members[3]).delete()
        with pytest.raises(Refused, match="Còn 1 đồng chí chưa điểm danh"):
            make_election(meeting, members[:2], head=members[5])

    def test_what_is_voted_by_hand_is_not_secret(self, meeting, members):
        with pytest.raises(Refused, match="giơ tay"):
            make_question(meeting, head=members[0], kind="ordinary_resolution")

    def test_forms_of_discipline_keep_their_order(self, meeting, members):
        ballot = make_question(
            meeting, head=members[0], kind="reprimand_warning", forms=["Cảnh cáo", " Khiển  trách", ""]
        )
        assert ballot.mode == Mode.FORMS
        assert [option.name for option in ballot.options.all()] == ["Cảnh cáo", "Khiển trách"]

    def test_sent_twice_it_is_one_round(self, meeting, members):
        key = "6f1c2c0e-5b5e-4f0e-9d4e-3a3c1f7f5f10"
        first, second = [make_question(meeting, head=members[0], once=key) for _press in range(2)]
        assert first == second
        assert Round.objects.count() == 1

    def test_a_round_opened_by_mistake_goes_until_a_count_is_entered(self, meeting, members):
        operations.withdraw_round(make_question(meeting, head=members[0]), by=None)
        assert not Round.objects.exists()
        ballot = make_question(meeting, head=members[0])
        operations.enter_count(ballot, figures((6, 3, 2), issued=11), by=None)
        with pytest.raises(Refused, match="không bỏ vòng này được"):
            operations.withdraw_round(ballot, by=None)


class TestCounting:
    def test_figures_that_cannot_be_true_are_never_stored(self, meeting, members):
        ballot = make_question(meeting, head=members[0])
        with pytest.raises(Refused, match=r"Phát ra 12 phiếu.*cộng lại|Phát ra 12 phiếu"):
            operations.enter_count(ballot, figures((6, 3, 2), issued=12), by=None)
        assert not Count.objects.exists()

    def test_the_database_itself_takes_no_count_that_does_not_add_up(self, meeting, members):
        ballot = make_question(meeting, head=members[0])
        for issued, returned, valid, invalid in ((5, 6, 6, 0), (5, 5, 5, 1)):
            with pytest.raises(IntegrityError), transaction.atomic():
                Count.objects.create(
                    round=ballot, number=1, issued=issued, returned=returned, valid=valid, invalid=invalid,
                    entered_at=now(),
                )  # fmt: skip

    def test_the_example_of_the_register(self, meeting, members):
        """D-02: 11 official members, 10 ballots; 5 votes fail, 6 are enough."""
        record_attendance(meeting, marks={members[9].pk: Mark(Presence.UNEXCUSED)}, by=None)
        for votes, is_chosen in ((5, False), (6, True)):
            ballot = make_election(meeting, members[:2], head=members[5])
            row = make_confirmed(ballot, figures(votes, 1, issued=10))
            assert [tally.is_chosen for tally in row.tallies.all()] == [is_chosen, False]

    def test_several_seats_are_won_by_number_over_half(self, meeting, members):
        ballot = make_election(meeting, members[:5], head=members[6], seats=3)
        row = make_confirmed(ballot, figures(9, 10, 5, 7, 2, issued=11, invalid=0))
        said = result_in_words(ballot, row)
        names = [option.name for option in ballot.options.all()]
        assert said == [f"Trúng cử: {names[1]} (10/11), {names[0]} (9/11), {names[3]} (7/11)."]

    def test_a_tie_at_the_last_seat_is_for_the_meeting(self, meeting, members):
        ballot = make_election(meeting, members[:3], head=members[6], seats=2)
        row = make_confirmed(ballot, figures(8, 7, 7, issued=11))
        assert row.unfilled == 1
        said = " ".join(result_in_words(ballot, row))
        assert "Ngang phiếu ở vị trí cuối" in said
        assert "Còn thiếu 1 người; có bầu vòng tiếp theo hay không do chi bộ quyết định." in said

    def test_unanimity_and_dissent_are_told_in_numbers(self, meeting, members):
        for votes, says in (
            ((11, 0, 0), "Đồng ý 11/11 đảng viên chính thức: nhất trí."),
            ((8, 2, 1), "không đồng ý 2, phiếu trắng 1: đạt."),
            ((7, 4, 0), "không đạt, cần ít nhất 8 phiếu."),
        ):
            ballot = make_question(meeting, head=members[0])
            row = make_confirmed(ballot, figures(votes, issued=11))
            assert result_in_words(ballot, row)[0].endswith(says)

    def test_who_enters_after_another_sees_it_first(self, meeting, secretary, members):
        ballot = make_question(meeting, head=members[0])
        operations.enter_count(stale(ballot), figures((6, 3, 2), issued=11), by=acting(members[0]))
        with pytest.raises(Refused, match="Đồng chí khác vừa nhập"):
            operations.enter_count(stale(ballot), figures((7, 2, 2), issued=11), by=acting(secretary))
        row = operations.enter_count(
            stale(ballot), figures((7, 2, 2), issued=11), seen_revision=1, by=acting(secretary)
        )
        assert (row.revision, row.entered_by) == (2, secretary)
        assert Count.objects.count() == 1

    def test_only_the_figures_that_were_seen_are_confirmed(self, meeting, members):
        ballot = make_question(meeting, head=members[0])
        operations.enter_count(ballot, figures((8, 3, 0), issued=11), by=None)
        operations.enter_count(stale(ballot), figures((6, 5, 0), issued=11), seen_revision=1, by=None)
        with pytest.raises(Refused, match="Đồng chí khác vừa nhập"):
            operations.confirm_count(ballot, seen_revision=1, by=None)
        assert stale(ballot).is_open

    def test_the_roll_call_is_looked_at_again_at_the_confirmation(self, meeting, members):
        ballot = make_question(meeting, head=members[0])
        operations.enter_count(ballot, figures((8, 3, 0), issued=11), by=None)
        record_attendance(meeting, marks={members[8].pk: Mark(Presence.UNEXCUSED)}, by=None)
        with pytest.raises(Refused, match="chỉ có 10 đảng viên chính thức dự"):
            operations.confirm_count(ballot, seen_revision=1, by=None)

    def test_nothing_changes_after_the_confirmation(self, meeting, members):
        ballot = make_question(meeting, head=members[0])
        operations.enter_count(ballot, figures((8, 3, 0), issued=11), by=None)
        page = stale(ballot)
        operations.confirm_count(ballot, seen_revision=1, by=None)
        before = list(Count.objects.values())
        for verb in (
            lambda: operations.enter_count(page, figures((1, 1, 0), issued=2), seen_revision=1, by=None),
            lambda: operations.confirm_count(page, seen_revision=1, by=None),
            lambda: operations.withdraw_round(page, by=None),
        ):
            with pytest.raises(Refused, match="đã chốt"):
                verb()
        assert list(Count.objects.values()) == before

    def test_without_the_lock_a_stale_page_confirms_twice(self, meeting, members, monkeypatch):
        """The twin: with lock and compare-and-set off, the same count is told of and decided twice."""
        ballot = make_question(meeting, head=members[0])
        operations.enter_count(ballot, figures((8, 3, 0), issued=11), by=None)
        pages = [stale(ballot) for _person in range(2)]
        kept = entered_of(ballot)
        monkeypatch.setattr(operations, "hold", lambda *args, **kwargs: None)
        monkeypatch.setattr(operations, "move", lambda *args, **kwargs: None)
        monkeypatch.setattr(operations, "entered_of", lambda _ballot: kept)
        for page in pages:
            operations.confirm_count(page, seen_revision=1, by=None)
        assert Event.objects.filter(verb="ballot.confirmed").count() == 2


class TestRecountAndFurtherRound:
    def test_a_mistaken_count_stays_with_the_reason_beside_the_new_one(self, meeting, members):
        ballot = make_question(meeting, head=members[0])
        make_confirmed(ballot, figures((7, 4, 0), issued=11))
        operations.recount(stale(ballot), reason="Đếm sót một phiếu.", by=None)
        with pytest.raises(Refused, match="chưa chốt kết quả"):
            meetings.close_meeting(meeting, by=None)
        make_confirmed(stale(ballot), figures((8, 3, 0), issued=11))
        old, new = Count.objects.all()
        assert (old.number, old.status, old.replaced_because) == (1, "replaced", "Đếm sót một phiếu.")
        assert (new.number, new.status) == (2, "confirmed")
        told = str(record_of(stale(ballot)))
        assert "Đồng ý 7, không đồng ý 4" in told
        assert "Đếm sót một phiếu" in told
        assert str(compose(meeting)).count("Phát ra 11 phiếu") == 1  # the minutes count it once

    def test_the_further_round_is_over_the_seats_left_with_its_own_base(self, meeting, members):
        first = make_election(meeting, members[:4], head=members[6], seats=3)
        row = make_confirmed(first, figures(9, 8, 5, 4, issued=11))
        left = [tally.option.member_id for tally in row.tallies.all() if not tally.is_chosen]
        record_attendance(meeting, marks={members[9].pk: Mark(Presence.EXEMPT)}, by=None)
        verb = lambda: operations.open_further_round(  # noqa: E731
            stale(first), candidates=left, seats=1, head=members[6].pk, by=None
        )
        second = verb()
        assert (second.number, second.seats, second.base, second.subject) == (2, 1, 10, first.subject)
        assert verb() == second  # sent twice it is one
        with pytest.raises(Refused, match="không kiểm phiếu lại được"):
            operations.recount(stale(first), reason="Muộn", by=None)
        make_confirmed(second, figures(7, 3, issued=10))
        told = str(compose(meeting))
        assert "Bầu chi ủy (vòng 2)" in told

    def test_it_names_no_winner_and_no_more_seats_than_are_left(self, meeting, members):
        first = make_election(meeting, members[:3], head=members[6], seats=2)
        row = make_confirmed(first, figures(9, 5, 4, issued=11))
        won, *left = [tally.option.member_id for tally in row.tallies.all()]
        with pytest.raises(Refused, match="đã trúng cử"):
            operations.open_further_round(
                first, candidates=[won, *left], seats=1, head=members[6].pk, by=None
            )
        with pytest.raises(Refused, match="Chỉ còn thiếu 1"):
            operations.open_further_round(first, candidates=left, seats=2, head=members[6].pk, by=None)

    def test_a_full_election_has_no_further_round(self, meeting, members):
        first = make_election(meeting, members[:2], head=members[6])
        make_confirmed(first, figures(9, 2, issued=11))
        with pytest.raises(Refused, match="đã bầu đủ"):
            operations.open_further_round(
                first, candidates=[members[1].pk], seats=1, head=members[6].pk, by=None
            )


class TestWhatStays:
    def test_a_meeting_with_an_open_round_is_neither_closed_nor_taken_back(self, meeting, members):
        ballot = make_election(meeting, members[:2], head=members[6])
        with pytest.raises(Refused, match=r"Bầu chi ủy.*chưa chốt kết quả"):
            meetings.close_meeting(meeting, by=None)
        make_confirmed(ballot, figures(9, 2, issued=11))
        with pytest.raises(Refused, match="đã có nội dung"):
            meetings.take_opening_back(meeting, by=None)
        meetings.close_meeting(meeting, by=None)
        with pytest.raises(Refused, match="đang diễn ra"):
            operations.recount(stale(ballot), reason="Muộn", by=None)

    def test_the_minutes_and_the_record_say_papers_base_and_result(self, meeting, members):
        ballot = make_election(meeting, members[:3], head=members[6], board=[members[7]], seats=2)
        make_confirmed(ballot, figures(9, 8, 2, issued=11, returned=11, invalid=1))
        names = [option.name for option in ballot.options.all()]
        for told in (str(compose(meeting)), str(record_of(ballot))):
            assert "Phát ra 11 phiếu, thu về 11 phiếu; hợp lệ 10, không hợp lệ 1." in told
            assert "tính trên 11 đảng viên chính thức" in told
            assert f"Trúng cử: {names[0]} (9/11), {names[1]} (8/11)." in told
        record = record_of(ballot)
        assert [(one.position, one.name) for one in record.signatures] == [
            ("THÀNH VIÊN TỔ KIỂM PHIẾU", members[7].full_name),
            ("TỔ TRƯỞNG TỔ KIỂM PHIẾU", members[6].full_name),
            ("CHỦ TRÌ HỘI NGHỊ", meeting.chair.full_name),
        ]
        assert "81,82%" in str(record)

    @pytest.mark.parametrize(("fmt", "begins"), [("pdf", b"%PDF"), ("docx", b"PK")])
    def test_the_record_is_an_official_paper(self, meeting, members, fmt, begins):
        ballot = make_question(meeting, head=members[6])
        make_confirmed(ballot, figures((9, 1, 1), issued=11))
        layout = layout_on(today(), ())
        assert composed(record_of(ballot), layout)["kind_name"] == "BIÊN BẢN"
        assert RENDERERS[fmt](record_of(ballot), layout).startswith(begins)


# --- Nothing for each voter ------------------------------------------------------------------------------


def rows_of_everything():
    """Every row of every table: {table: {key: values}}; what links to a member is found by its column."""
    return {
        model: {
            row["pk"]: row
            for row in model._base_manager.values("pk", *[f.attname for f in model._meta.concrete_fields])
        }
        for model in apps.get_models()
        if model._meta.managed and not model._meta.proxy
    }


def named_in_news(before, after):
    """Members whom a row that is new or changed links to, by any foreign key, or by the journal's plain numbers."""
    people = set()
    for model, rows in after.items():
        links = [
            f.attname
            for f in model._meta.concrete_fields
            if f.remote_field and f.remote_field.model is Member
        ]
        if model is Event:
            links = ["subject", "actor"]
        for key, row in rows.items():
            if before[model].get(key) != row:
                people |= {row[link] for link in links}
    return people - {None}


def test_no_table_links_anything_to_a_voter(meeting, secretary, members):
    """All there is, before the ballots are handed out and after: only candidates, board and who typed are named."""
    before = rows_of_everything()
    ballot = make_election(meeting, members[:3], head=members[6], board=[members[7]], seats=2)
    make_confirmed(ballot, figures(9, 8, 2, issued=11, invalid=1), by=acting(secretary))
    named = named_in_news(before, rows_of_everything())
    known = {*[member.pk for member in members[:3]], members[6].pk, members[7].pk, secretary.pk}
    assert named == known | {f"member:{secretary.pk}", "system"}


def test_a_row_for_a_voter_would_be_noticed(meeting, members):
    """The twin: one row that remembers who took a ballot, and the same look finds that member."""
    ballot = make_question(meeting, head=members[6])
    before = rows_of_everything()
    Teller.objects.create(round=ballot, member=members[2])
    assert members[2].pk in named_in_news(before, rows_of_everything())


def test_as_many_rows_are_written_for_few_ballots_as_for_many(meeting, members):
    """No table grows with the ballots: three handed out leave as many rows as eleven."""
    sizes = []
    for handed_out in (3, 11):
        before = rows_of_everything()
        ballot = make_question(meeting, head=members[6])
        make_confirmed(ballot, figures((handed_out, 0, 0), issued=handed_out))
        after = rows_of_everything()
        sizes.append({model: len(after[model]) - len(before[model]) for model in after})
    assert sizes[0] == sizes[1]
