"""The proposal: longest without a visit first, least loaded officer first, nobody in two places at once."""

from datetime import datetime, timedelta

from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from nenep.visits.rotation import Hand, Place, fill
from nenep.visits.slots import Slot

NINE = timezone.make_aware(datetime(2026, 12, 3, 9, 0))
EACH = 3


def at(hours, minutes=90):
    return Slot(NINE + timedelta(hours=hours), minutes=minutes)


slots = st.one_of(
    st.just(Slot()),
    st.just(Slot(is_off=True)),
    st.builds(at, st.integers(0, 60), st.sampled_from([None, 60, 90])),
)
rosters = st.tuples(
    st.lists(st.tuples(slots, st.none() | st.integers(1, 30), st.frozensets(st.integers(1, 5))), max_size=12),
    st.lists(st.tuples(st.integers(0, 4), st.lists(slots, max_size=2)), min_size=1, max_size=5),
)


@settings(max_examples=150, deadline=None)
@given(rosters)
def test_every_proposal_keeps_the_rules(made):
    """Replayed by hand: no clash, no bar, no more than `each`, and always one of the least loaded who could."""
    raw_places, raw_hands = made
    places = [Place(100 + n, slot, since, None, bars) for n, (slot, since, bars) in enumerate(raw_places)]
    given_to = fill(
        places, [Hand(n, load, list(taken)) for n, (load, taken) in enumerate(raw_hands, 1)], each=EACH
    )
    ready = {n: Hand(n, load, list(taken)) for n, (load, taken) in enumerate(raw_hands, 1)}
    waiting = sorted(places, key=lambda place: (place.months_since is not None, -(place.months_since or 0)))
    for place in waiting:
        able = [
            hand
            for hand in ready.values()
            if len(hand.slots) < EACH
            and hand.officer_id not in place.barred
            and not any(place.slot.clashes(taken) for taken in hand.slots)
        ]
        if place.slot.is_off or not able:
            assert place.branch_id not in given_to
            continue
        chosen = ready[given_to[place.branch_id]]
        assert chosen in able
        assert chosen.load == min(hand.load for hand in able)
        chosen.load += 1
        chosen.slots.append(place.slot)


def test_without_conflicts_nobody_gets_more_than_one_above_the_least_loaded():
    places = [Place(n, at(24 * n)) for n in range(11)]
    hands = [Hand(n) for n in range(4)]
    given_to = fill(places, hands, each=EACH)
    counts = sorted(list(given_to.values()).count(n) for n in range(4))
    assert counts == [2, 3, 3, 3]


def test_the_branch_longest_without_a_visit_is_served_first_and_by_somebody_else_than_last_time():
    places = [Place(1, at(0), 2), Place(2, at(24), 9, last=7), Place(3, at(48), None)]
    assert fill(places, [Hand(7), Hand(8)], each=1) == {3: 7, 2: 8}


def test_meetings_clash_by_their_hours_and_by_the_half_day_where_a_length_is_not_known():
    assert at(0).clashes(at(1))
    assert not at(0).clashes(at(2))
    assert at(0, None).clashes(at(2))
    assert not at(0, None).clashes(at(5))
    assert not at(0).clashes(Slot())
    assert not at(0).clashes(Slot(NINE, minutes=90, is_off=True))
