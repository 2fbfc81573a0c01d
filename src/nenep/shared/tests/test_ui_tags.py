from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template
from django.test import RequestFactory

from nenep.shared.templatetags.ui import vn_date, vn_datetime, vn_month, vn_number, vn_time, vn_weekday


def shown(source, **context):
    return Template("{% load ui %}" + source).render(Context(context))


@pytest.mark.parametrize(
    ("value", "decimals", "words"),
    [
        (3918, None, "3.918"),
        (0, None, "0"),
        (-1240, None, "-1.240"),
        (94.6, None, "94,6"),
        (94.0, None, "94"),
        (94.0, 1, "94,0"),
        (Decimal("99.256"), None, "99,26"),
        (1234567.5, 1, "1.234.567,5"),
        (None, None, ""),
        ("", None, ""),
    ],
)
def test_numbers_are_written_the_vietnamese_way(value, decimals, words):
    assert vn_number(value, decimals) == words


def test_days_and_moments_are_written_the_vietnamese_way_in_vietnams_time():
    late = datetime(2026, 12, 3, 18, 5, tzinfo=UTC)  # already the fourth in Hanoi
    assert vn_date(date(2026, 12, 4)) == "04/12/2026"
    assert vn_date(late) == "04/12/2026"
    assert vn_datetime(late) == "01:05 ngày 04/12/2026"
    assert vn_time(late) == "01:05"
    assert vn_month(date(2026, 11, 1)) == "tháng 11/2026"


@pytest.mark.parametrize("filter_", [vn_date, vn_datetime, vn_time, vn_month, vn_weekday])
def test_no_day_is_written_as_nothing(filter_):
    assert filter_(None) == ""


@pytest.mark.parametrize(
    ("day", "name"), [(22, "chủ nhật"), (23, "thứ Hai"), (27, "thứ Sáu"), (28, "thứ Bảy")]
)
def test_weekdays_have_their_names(day, name):
    assert vn_weekday(date(2026, 11, day)) == name


def test_query_keeps_the_rest_of_the_address_and_takes_names_away():
    request = RequestFactory().get("/?search=h%E1%BB%8Dp&page=2&state=late")
    source = "{% autoescape off %}{% query page=3 state=None %}{% endautoescape %}"
    assert shown(source, request=request) == "?search=h%E1%BB%8Dp&page=3"


def test_state_is_a_word_before_it_is_a_mark():
    assert (
        shown('{% state "overdue" "Quá hạn" %}').strip() == '<span class="state state-overdue">Quá hạn</span>'
    )


def test_an_asset_carries_a_mark_of_its_content():
    address = shown('{% asset "css/app.css" %}')
    assert address.startswith("/static/css/app.css?v=")
    assert len(address.partition("v=")[2]) == 10
    assert shown('{% asset "css/print.css" %}').partition("v=")[2] != address.partition("v=")[2]
