"""Sums and results, against ballots that are really marked: what can be true is taken, what cannot is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenep.ballots.arithmetic import Figures, Line, Outcome, cumulated, decided, elected, mismatches
from nenep.ballots.exports import percent
from nenep.ballots.models import Mode, Round
from nenep.rulebook import rules_on
from nenep.shared.dates import today


def a_round(mode=Mode.NAMES, base=20, seats=1, num=1, den=2, strict=True):
    return Round(mode=mode, base=base, seats=seats, num=num, den=den, strict=strict)


def wrong(counted, ballot, present=20):
    names = [f"Người {n}" for n in range(len(counted.lines))]
    return [(found.field, found.sentence) for found in mismatches(counted, ballot, names, present=present)]


# --- The real ballots of a round, counted by hand --------------------------------------------------------


@st.composite
def boxes(draw, mode):
    """A round with its ballots as marked, and what an honest board writes down of them."""
    lines = 1 if mode == Mode.QUESTION else draw(st.integers(1, 6))
    seats = draw(st.integers(1, lines)) if mode == Mode.NAMES else 1
    base = draw(st.integers(1, 40))
    issued = draw(st.integers(0, base))
    cast = draw(
        st.lists(st.sets(st.integers(0, lines if mode == Mode.QUESTION else lines - 1)), max_size=issued)
    )
    most = seats if mode == Mode.NAMES else 1
    valid = [marks for marks in cast if len(marks) <= most]
    counted = tuple(
        Line(
            sum(line in marks for marks in valid),
            *(
                [sum(1 in marks for marks in valid), sum(not marks for marks in valid)]
                if mode == Mode.QUESTION
                else []
            ),
        )
        for line in range(lines)
    )
    sums = Figures(issued, len(cast), len(valid), len(cast) - len(valid), counted)
    return a_round(mode, base, seats), sums


@pytest.mark.parametrize("mode", Mode)
@given(data=st.data())
def test_whatever_was_really_counted_is_taken(mode, data):
    ballot, sums = data.draw(boxes(mode))
    assert wrong(sums, ballot, present=ballot.base) == []
    assert all(0 <= line.votes_for <= ballot.base for line in sums.lines)
    decided(sums, ballot)  # and decides something


@pytest.mark.parametrize("mode", Mode)
@given(data=st.data())
def test_a_slip_of_one_in_the_papers_is_always_named(mode, data):
    """One too many or too few of valid, invalid or returned papers: the sums no longer meet."""
    ballot, sums = data.draw(boxes(mode))
    name = data.draw(st.sampled_from(["returned", "valid", "invalid"]))
    step = data.draw(st.sampled_from([-1, 1]))
    slipped = replace(sums, **{name: max(0, getattr(sums, name) + step)})
    assert bool(wrong(slipped, ballot, present=ballot.base)) == (slipped != sums)


@given(data=st.data())
def test_a_slip_of_one_in_the_answers_to_a_question_is_always_named(data):
    ballot, sums = data.draw(boxes(Mode.QUESTION))
    part = data.draw(st.sampled_from(["votes_for", "votes_against", "votes_blank"]))
    line = replace(sums.lines[0], **{part: getattr(sums.lines[0], part) + 1})
    assert wrong(replace(sums, lines=(line,)), ballot, present=ballot.base)


@pytest.mark.parametrize(
    ("counted", "field", "says"),
    [
        (
            Figures(21, 10, 10, 0, (Line(3),)),
            "issued",
            "Phát ra 21 phiếu nhưng chỉ có 20 đảng viên chính thức dự",
        ),
        (Figures(19, 10, 10, 0, (Line(3),)), "issued", "kết quả tính trên 18 đảng viên chính thức"),
        (Figures(10, 11, 11, 0, (Line(3),)), "returned", "Thu về 11 phiếu nhưng chỉ phát ra 10"),
        (
            Figures(10, 10, 8, 1, (Line(3),)),
            "valid",
            "8 phiếu hợp lệ cộng 1 phiếu không hợp lệ là 9, nhưng thu về 10",
        ),
        (Figures(10, 10, 8, 2, (Line(9),)), "for-0", "“Người 0” được 9 phiếu nhưng chỉ có 8 phiếu hợp lệ"),
        (
            Figures(10, 10, 8, 2, (Line(8), Line(5), Line(4))),
            "for-0",
            "cộng lại là 17, nhưng 8 phiếu hợp lệ, mỗi phiếu chọn không quá 2, thì nhiều nhất là 16",
        ),
    ],
)
def test_each_mismatch_is_one_sentence_at_its_figure(counted, field, says):
    found = wrong(counted, a_round(base=18, seats=2))
    assert [place for place, _sentence in found] == [field]
    assert says in found[0][1]


def test_several_mismatches_are_all_named():
    found = wrong(Figures(30, 31, 8, 1, (Line(9), Line(10))), a_round(base=18))
    assert [place for place, _sentence in found] == ["issued", "returned", "valid", "for-0", "for-1"]


# --- Who is elected --------------------------------------------------------------------------------------


@given(data=st.data())
def test_an_election_by_its_definition(data):
    """More than half of the base, then by number; the last seat goes to nobody while two have as many."""
    base = data.draw(st.integers(1, 40))
    votes = data.draw(st.lists(st.integers(0, base), min_size=1, max_size=8))
    seats = data.draw(st.integers(1, len(votes)))
    ballot = a_round(base=base)
    found = elected(votes, seats, ballot.reaches)
    enough = {place for place, count in enumerate(votes) if 2 * count > base}
    assert found.chosen | found.tied <= enough
    assert len(found.chosen) + found.unfilled == seats
    assert not found.chosen & found.tied
    left = enough - found.chosen
    assert all(votes[winner] > votes[loser] for winner in found.chosen for loser in left)
    if found.unfilled:  # seats stay free for want of votes, or because more tie than there are seats
        assert found.tied == {place for place in left if votes[place] == max(votes[each] for each in left)}
        assert not found.tied or len(found.tied) > found.unfilled
    else:
        assert not found.tied


@given(data=st.data())
def test_the_order_of_the_ballot_decides_nothing(data):
    votes = data.draw(st.lists(st.integers(0, 20), min_size=1, max_size=8))
    seats = data.draw(st.integers(1, len(votes)))
    order = data.draw(st.permutations(range(len(votes))))
    straight = elected(votes, seats, a_round().reaches)
    mixed = elected([votes[place] for place in order], seats, a_round().reaches)
    assert {order[place] for place in mixed.chosen} == straight.chosen
    assert {order[place] for place in mixed.tied} == straight.tied


@pytest.mark.parametrize(
    ("votes", "seats", "outcome"),
    [
        ([16, 15, 12, 10], 3, Outcome(frozenset({0, 1, 2}))),
        ([16, 15, 10, 9], 3, Outcome(frozenset({0, 1}), unfilled=1)),  # 10 of 20 is not over half
        ([16, 12, 12], 2, Outcome(frozenset({0}), frozenset({1, 2}), 1)),
        ([12, 12, 12], 3, Outcome(frozenset({0, 1, 2}))),
        ([14, 14, 14, 11], 2, Outcome(frozenset(), frozenset({0, 1, 2}), 2)),
        ([5, 3], 1, Outcome(frozenset(), unfilled=1)),
    ],
)
def test_elections_over_a_base_of_twenty(votes, seats, outcome):
    assert elected(votes, seats, a_round(base=20).reaches) == outcome


@pytest.mark.parametrize(
    ("votes", "chosen"),
    [([6, 11, 2], {1}), ([8, 5, 4], {1}), ([4, 5, 6], {2}), ([4, 3, 3], set()), ([11, 5, 4], {0})],
)
def test_forms_of_discipline_add_up_from_the_heaviest(votes, chosen):
    """3.3, over a base of 20: one that has over half itself, else the first whose sum with the heavier has."""
    assert cumulated(votes, a_round(Mode.FORMS).reaches).chosen == chosen


# kind, base, votes for, whether it is enough: the kinds that a ballot decides (3.2, D-02 to D-07, D-09)
EXAMPLES = [
    ("election", 11, 5, False),
    ("election", 11, 6, True),
    ("admission_proposal", 9, 6, True),
    ("admission_proposal", 10, 6, False),
    ("official_recognition", 9, 6, True),
    ("probationer_removal", 10, 6, False),
    ("expulsion_proposal", 12, 8, True),
    ("expulsion_proposal", 12, 7, False),
    ("reprimand_warning", 12, 6, False),
    ("reprimand_warning", 12, 7, True),
    ("yearly_grading", 16, 9, True),
]


@pytest.mark.parametrize(("kind", "base", "votes", "is_enough"), EXAMPLES)
def test_a_round_decides_as_its_rule_says(kind, base, votes, is_enough):
    rule = rules_on(today()).vote(kind)
    ballot = a_round(Mode.NAMES, base, 1, rule.num, rule.den, rule.strict)
    assert bool(decided(Figures(base, base, base, 0, (Line(votes),)), ballot).chosen) is is_enough
    assert (votes >= ballot.needed) is is_enough


@pytest.mark.parametrize(
    ("votes", "base", "says"), [(9, 16, "56,25%"), (1, 3, "33,33%"), (2, 3, "66,67%"), (5, 5, "100%")]
)
def test_a_share_is_reckoned_in_integers(votes, base, says):
    assert percent(votes, base) == says
