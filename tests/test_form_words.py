"""What any form of the house says about a wrong field is ours: no sentence of Django's catalogue reaches a person."""

import gettext
import re
from importlib import import_module
from pathlib import Path

import django
import pytest
from django import forms
from django.core.exceptions import ValidationError

import nenep
from nenep.shared.forms import DayField, MomentField

WRONG = ["", "x", "31/02/2027", "-1", "99999999", "x" * 6000, "\x00", ["x"], ["", ""], ["x", "y"]]
KINDS = [
    forms.CharField(max_length=5), forms.IntegerField(min_value=1, max_value=9), forms.DateField(), DayField(),
    MomentField(), forms.TimeField(), forms.EmailField(), forms.BooleanField(), forms.FileField(), forms.UUIDField(),
    forms.ChoiceField(choices=[("a", "A")]), forms.MultipleChoiceField(choices=[("a", "A")]),
]  # fmt: skip


def django_sentences():
    folder = Path(django.__file__).parent / "conf" / "locale"
    catalogue = gettext.translation("django", folder, languages=["vi"])._catalog
    said = {words for words in catalogue.values() if words and " " in words and "<" not in words}
    parts = (re.split(r"%\(\w+\)[sd]|%[sd]", words) for words in said)
    return [
        re.compile(".*".join(map(re.escape, pieces)), re.DOTALL)
        for pieces in parts
        if "".join(pieces).strip()
    ]


def forms_of_the_house():
    root = Path(nenep.__file__).parent
    for path in sorted(root.glob("*/*forms.py")):
        module = import_module(".".join(("nenep", *path.relative_to(root).with_suffix("").parts)))
        for found in vars(module).values():
            if (
                isinstance(found, type)
                and issubclass(found, forms.BaseForm)
                and found.__module__ == module.__name__
            ):
                yield found


def said_about(field):
    for value in WRONG:
        try:
            field.clean(value, None) if isinstance(field, forms.FileField) else field.clean(value)
        except ValidationError as wrong:
            yield from wrong.messages
        except (TypeError, AttributeError):
            continue  # no browser sends such a value to this kind of field


SENTENCES = django_sentences()


def borrowed(field):
    return [words for words in said_about(field) if any(found.fullmatch(words) for found in SENTENCES)]


@pytest.mark.django_db
def test_no_form_of_the_house_answers_with_a_sentence_of_django():
    fields = {
        f"{form.__name__}.{name}": field
        for form in forms_of_the_house()
        for name, field in form.base_fields.items()
    }
    assert len(fields) > 60
    assert {name: words for name, field in fields.items() if (words := borrowed(field))} == {}


def test_every_text_has_a_longest_length():
    without = {
        f"{form.__name__}.{name}"
        for form in forms_of_the_house()
        for name, field in form.base_fields.items()
        if isinstance(field.widget, forms.Textarea) and not field.max_length
    }
    assert without == set()


def test_a_browser_is_not_told_to_cut_what_is_pasted():
    area = forms.CharField(max_length=5, widget=forms.Textarea(attrs={"rows": 3, "autofocus": True})).widget
    drawn = area.render("text", "dài hơn năm chữ <")
    assert "maxlength" in area.attrs
    assert drawn == '<textarea name="text" cols="40" rows="3" autofocus>\ndài hơn năm chữ &lt;</textarea>'


@pytest.mark.parametrize("field", KINDS, ids=lambda field: type(field).__name__)
def test_no_kind_of_field_does(field):
    assert list(said_about(field))
    assert borrowed(field) == []


def test_the_test_knows_such_a_sentence():
    assert any(found.fullmatch("Giá trị này không được để trống.") or found.fullmatch("Trường này là bắt buộc.")
               for found in SENTENCES)  # fmt: skip
