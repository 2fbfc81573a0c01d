"""Dates, numbers, form fields and addresses as the pages of every module write them: {% load ui %}."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django import template
from django.contrib.staticfiles import finders
from django.forms import BoundField, CheckboxInput, CheckboxSelectMultiple, RadioSelect, Select
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from nenep.shared.kept_forms import key_of
from nenep.shared.text_size import DEFAULT_SIZE, SIZES, size_in
from nenep.shared.words import day_words, hour_words, local, moment_words, month_words

if TYPE_CHECKING:
    from datetime import date, datetime
    from decimal import Decimal

    from django.template.context import Context
    from django.utils.safestring import SafeString

register = template.Library()


@register.filter
def vn_date(day: date | datetime | None) -> str:
    """04/12/2026; a moment is shown as its day in Vietnam. Nothing for no day."""
    return day_words(day)


@register.filter
def vn_datetime(moment: datetime | None) -> str:
    """19:30 ngày 04/12/2026, in Vietnam's time. Nothing for no moment."""
    return moment_words(moment)


@register.filter
def vn_time(moment: datetime | None) -> str:
    """19:30, in Vietnam's time."""
    return hour_words(moment)


@register.filter
def vn_month(day: date | None) -> str:
    """tháng 11/2026"""
    return _("tháng %(month)s") % {"month": month_words(day)} if day else ""


@register.filter
def vn_weekday(day: date | None) -> str:
    """thứ Sáu; Sunday is chủ nhật."""
    names = [_("thứ Hai"), _("thứ Ba"), _("thứ Tư"), _("thứ Năm"), _("thứ Sáu"), _("thứ Bảy"), _("chủ nhật")]
    return names[local(day).weekday()] if day else ""


@register.filter
def vn_number(value: float | Decimal | None, decimals: int | None = None) -> str:
    """3.918 and 94,6. Without `decimals` as many as the number has, at most two; nothing for no number."""
    if value is None or value == "":
        return ""
    places = _decimals(value) if decimals is None else decimals
    return f"{value:,.{places}f}".translate(str.maketrans(",.", ".,"))


@register.simple_tag
def asset(path: str) -> str:
    """The address of a static file of ours with a mark of its content: no browser keeps an old one."""
    return f"{static(path)}?v={_mark(path)}"


@register.simple_tag(takes_context=True)
def query(context: Context, **changes: Any) -> str:
    """This page's query string with `changes`; None takes a name away: href="{% query page=2 %}"."""
    parameters = context["request"].GET.copy()
    for name, value in changes.items():
        if value is None:
            parameters.pop(name, None)
        else:
            parameters[name] = str(value)
    return f"?{parameters.urlencode()}"


@register.inclusion_tag("ui/field.html")
def form_field(field: BoundField) -> dict[str, Any]:
    """Label, hint, control and error of one field."""
    return {"field": field}


@register.inclusion_tag("ui/state.html")
def state(kind: str, label: str) -> dict[str, str]:
    """A state as a word with its quiet mark; the kinds are listed in docs/interface.md."""
    return {"kind": kind, "label": label}


@register.simple_tag(takes_context=True)
def kept(context: Context, *place: object) -> SafeString:
    """Attributes of a form whose typing the browser keeps until it is saved: <form {% kept "item" item.pk %}>.

    Without a place the page is it: for a form that is alone on its page.
    """
    request = context.get("request")
    account = getattr(getattr(request, "viewer", None), "account_id", None)
    if request is None or account is None:
        return mark_safe("")
    place = place or (request.path,)
    words = 'data-kept="{}" data-keeper="{}" data-keeper-key="{}"'
    return format_html(words, ":".join(map(str, place)), str(account), key_of(account))


@register.simple_tag
def control(field: BoundField) -> SafeString:
    """The control itself with the classes of our look."""
    widget = field.field.widget
    names = [widget.attrs.get("class", ""), _control_class(field), "is-invalid" if field.errors else ""]
    return field.as_widget(attrs={"class": " ".join(name for name in names if name)})


@register.filter
def is_single_checkbox(field: BoundField) -> bool:
    return isinstance(field.field.widget, CheckboxInput)


@register.filter
def error_target(field: BoundField) -> str:
    """The id that a link of the error summary leads to: the control, or the first of a group."""
    return field.id_for_label or f"{field.auto_id}_0"


@dataclass(frozen=True, slots=True)
class TextSize:
    value: int
    label: str
    is_current: bool


@register.simple_tag(takes_context=True)
def text_size_class(context: Context) -> str:
    return f"text-{_text_size(context)}"


@register.simple_tag(takes_context=True)
def text_sizes(context: Context) -> list[TextSize]:
    return [
        TextSize(size, label, size == _text_size(context))
        for size, label in zip(SIZES, (_("Nhỏ"), _("Vừa"), _("Lớn"), _("Rất lớn")), strict=True)
    ]


def _decimals(value: float | Decimal) -> int:
    if isinstance(value, int):
        return 0
    return len(f"{value:.2f}".rstrip("0").partition(".")[2])


@cache
def _mark(path: str) -> str:
    found = finders.find(path)
    return hashlib.sha256(Path(found).read_bytes()).hexdigest()[:10] if found else "0"


def _control_class(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, CheckboxInput | RadioSelect | CheckboxSelectMultiple):
        return ""
    return "form-select" if isinstance(widget, Select) else "form-control"


def _text_size(context: Context) -> int:
    # The page for a broken program is drawn without a request.
    request = context.get("request")
    return size_in(request) if request else DEFAULT_SIZE
