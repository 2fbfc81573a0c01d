from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nenep.rulebook import rules_on

TODAY = date(2026, 11, 3)
KINDS = sorted(rules_on(TODAY).votes)
DAYS = [date(2011, 1, 3), date(2012, 5, 3), date(2017, 1, 3), date(2022, 1, 3), date(2025, 2, 3), TODAY]

bases = st.integers(min_value=1, max_value=3000)


@st.composite
def ballots(draw):
    base = draw(bases)
    return draw(st.integers(min_value=0, max_value=base)), base


# kind, official, exempt absent, away absent, votes for, outcome
EXAMPLES = [
    ("election", 11, 0, 0, 5, False),
    ("election", 11, 0, 0, 6, True),
    ("ordinary_resolution", 12, 0, 0, 6, False),
    ("admission_proposal", 9, 0, 0, 6, True),
    ("admission_proposal", 10, 0, 0, 6, False),
    ("ordinary_resolution", 20, 3, 1, 9, True),
]


@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize(("kind", "official", "exempt", "away", "votes_for", "outcome"), EXAMPLES)
def test_worked_examples(day, kind, official, exempt, away, votes_for, outcome):
    vote = rules_on(day).vote(kind)
    base = vote.base(official, away_temp_absent=away, exempt_absent=exempt)
    assert vote.passes(votes_for, base) is outcome


def test_the_base_leaves_out_three_kinds_of_absences():
    vote = rules_on(TODAY).vote("ordinary_resolution")
    assert vote.base(20, 1, 3, 2) == 14
    assert vote.minus == ("away_temp_absent", "exempt_absent", "suspended")


@pytest.mark.parametrize("counts", [(-1, 0, 0, 0), (5, -1, 0, 0), (3, 2, 2, 0)])
def test_impossible_counts_are_refused(counts):
    with pytest.raises(ValueError):
        rules_on(TODAY).vote("election").base(*counts)


@pytest.mark.parametrize(("votes_for", "base"), [(-1, 5), (6, 5), (0, -1)])
def test_more_votes_than_people_are_refused(votes_for, base):
    with pytest.raises(ValueError, match="must lie between"):
        rules_on(TODAY).vote("election").passes(votes_for, base)


@pytest.mark.parametrize("kind", KINDS)
def test_nothing_passes_on_an_empty_base(kind):
    assert rules_on(TODAY).vote(kind).passes(0, 0) is False


@pytest.mark.parametrize("kind", KINDS)
@given(ballot=ballots())
def test_passes_is_the_fraction_itself(kind, ballot):
    votes_for, base = ballot
    vote = rules_on(TODAY).vote(kind)
    share, threshold = Fraction(votes_for, base), Fraction(vote.num, vote.den)
    assert vote.passes(votes_for, base) == (share > threshold if vote.strict else share >= threshold)


@pytest.mark.parametrize("kind", KINDS)
@given(ballot=ballots(), more=st.integers(min_value=0, max_value=3000))
def test_one_more_vote_never_loses_and_one_more_member_never_helps(kind, ballot, more):
    votes_for, base = ballot
    vote = rules_on(TODAY).vote(kind)
    if vote.passes(votes_for, base):
        assert vote.passes(min(votes_for + more, base), base)
    else:
        assert not vote.passes(votes_for, base + more)


@pytest.mark.parametrize("kind", KINDS)
@given(base=bases)
def test_needed_is_the_least_number_that_passes(kind, base):
    vote = rules_on(TODAY).vote(kind)
    needed = vote.needed(base)
    assert vote.passes(needed, base)
    assert not vote.passes(needed - 1, base)


def test_secret_ballots_are_those_that_the_notes_name():
    secret = {kind for kind, vote in rules_on(TODAY).votes.items() if vote.ballot == "secret"}
    assert secret == {"election", "reprimand_warning", "expulsion_proposal", "yearly_grading"}
    assert rules_on(TODAY).vote("reprimand_warning").cumulate_down
    assert not rules_on(TODAY).vote("expulsion_proposal").cumulate_down


@pytest.mark.parametrize("day", DAYS)
def test_no_vote_rule_is_shown_as_verified(day):
    # The absences that leave the base are known third-hand only.
    assert all(vote.needs_review for vote in rules_on(day).votes.values())
