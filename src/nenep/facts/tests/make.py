"""Facts for tests."""

from datetime import date

from nenep.facts.operations import write_fact

MONTH = date(2015, 3, 1)


def make_fact(body, month=MONTH, *, held=1, expected=10, present=9, **measures):
    """A branch's month with one meeting, nine of ten present."""
    write_fact(body.pk, month, meetings_held=held, expected=expected, present=present, **measures)
