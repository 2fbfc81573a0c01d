"""The changing code of the room: right while it is shown and once as long again, never later, in no other room."""

from datetime import timedelta

import pytest
from django.utils import timezone

from nenep.rooms import codes
from nenep.shared.dates import clock_at
from nenep.shared.qr import qr

SHOWN_AT = timezone.datetime(2026, 12, 3, 7, 0, 0, tzinfo=timezone.get_default_timezone())


@pytest.mark.parametrize("form", [codes.digits_at, codes.long_at])
@pytest.mark.parametrize(("seconds", "holds"), [(0, True), (19, True), (39, True), (40, False), (400, False)])
def test_a_code_holds_for_40_seconds(form, seconds, holds):
    code = form(7, SHOWN_AT)
    with clock_at(SHOWN_AT + timedelta(seconds=seconds)):
        assert codes.is_current(7, code) is holds


def test_a_code_is_of_its_own_meeting_only():
    with clock_at(SHOWN_AT):
        assert not codes.is_current(8, codes.long_at(7, SHOWN_AT))
        assert not codes.is_current(7, "")


def test_a_code_typed_with_a_space_is_the_same():
    with clock_at(SHOWN_AT):
        assert codes.is_current(7, " ".join(codes.digits_at(7, SHOWN_AT)))


def test_codes_do_not_follow_from_each_other():
    """60 windows of one meeting: nearly all differ, as drawn numbers do."""
    shown = {codes.digits_at(7, SHOWN_AT + timedelta(seconds=20 * number)) for number in range(60)}
    assert len(shown) > 50


def test_the_qr_is_a_picture_that_holds_the_address():
    picture = qr("http://127.0.0.1:8000/rooms/7/seat/?code=abc")
    assert picture.startswith("<svg")
    assert picture != qr("http://127.0.0.1:8000/rooms/7/seat/?code=abd")
