import re
from datetime import UTC, date, datetime

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates

from nenep.shared.dates import clock_at
from nenep.shared.forms import DayField
from nenep.shared.tests.gallery import AssignmentForm

BETWEEN_LINES = re.compile(r"\s*\n\s*")


class DayForm(forms.Form):
    day = DayField(label="Ngày họp")
    plain = forms.DateField(label="Ngày khác", required=False)


@pytest.mark.parametrize("typed", ["04/12/2026", "4/12/2026", "04-12-2026", "04.12.2026", "2026-12-04"])
def test_a_day_is_read_day_first(typed):
    form = DayForm({"day": typed, "plain": typed})
    assert form.is_valid()
    assert form.cleaned_data == {"day": date(2026, 12, 4), "plain": date(2026, 12, 4)}


@pytest.mark.parametrize(
    ("typed", "day"),
    [("5/12/26", date(2026, 12, 5)), ("24/11", date(2026, 11, 24)), ("3.2.98", date(1998, 2, 3))],
)
def test_a_day_may_be_typed_short(typed, day):
    with clock_at(datetime(2026, 11, 1, 9, tzinfo=UTC)):
        assert DayField().clean(typed) == day


def test_a_known_day_is_shown_day_first():
    assert 'value="04/12/2026"' in str(DayForm(initial={"day": date(2026, 12, 4)}))


def test_a_wrong_day_says_what_to_write_and_keeps_what_was_typed():
    form = DayForm({"day": "31/02/2027"})
    assert form.errors["day"] == ["Đồng chí ghi ngày theo mẫu ngày/tháng/năm, ví dụ 04/12/2026."]
    assert 'value="31/02/2027"' in str(form)


def test_a_form_prints_a_summary_that_leads_to_each_wrong_field():
    html = str(AssignmentForm({"title": "Soạn", "owner": "", "due": "x"}))
    assert html.index("error-summary") < html.index("form-label")
    for target in ("id_owner", "id_due", "id_kind_0"):
        assert f'href="#{target}"' in html
        assert f'id="{target}"' in html
    assert 'href="#id_title"' not in html


def test_an_error_belongs_to_its_control_for_those_who_do_not_see_it():
    html = str(AssignmentForm({"title": "Soạn", "owner": "1", "due": "x", "kind": "a"}))
    assert 'aria-describedby="id_due_helptext id_due_error"' in html
    assert 'id="id_due_helptext"' in html
    assert 'id="id_due_error"' in html


def test_an_empty_field_says_what_to_do():
    assert AssignmentForm({}).errors["title"] == ["Đồng chí chưa ghi mục này."]


def test_an_unsent_form_has_no_summary_and_says_what_may_stay_empty():
    html = str(AssignmentForm())
    assert "error-summary" not in html
    assert html.count("(không bắt buộc)") == 3  # the single checkbox needs no such words


def test_the_other_ways_of_printing_a_form_give_the_same_fields():
    form = DayForm()
    assert form.as_div() == str(form)
    assert 'class="form-label"' in str(form["day"].as_field_group())


def test_a_widgets_own_class_stays_beside_ours():
    assert 'class="width-date form-control"' in str(DayForm())


@pytest.mark.parametrize("widget", [forms.Select, forms.SelectMultiple])
def test_a_choice_is_drawn_as_django_draws_it(widget):
    choices = [("", "---"), (1, "Ủy viên <b>"), ("Khác", [(2, 'Lò "Thị" Ế'), (3, "Ơn")])]
    field = widget(attrs={"id": "nguoi", "required": True, "disabled": False}, choices=choices)
    ours, djangos = (field.render("who", ["2"], renderer=each) for each in (None, DjangoTemplates()))
    assert BETWEEN_LINES.sub("", ours) == BETWEEN_LINES.sub("", djangos)
    assert ours.count(" selected>") == 1
