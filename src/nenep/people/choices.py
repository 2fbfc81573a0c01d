"""Choosing a person of a branch in a form: by name, in Vietnamese order."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms

from nenep.people.models import Member

if TYPE_CHECKING:
    from collections.abc import Iterable


class MemberField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One of the members with the keys `roster`, shown by full name."""

    def __init__(self, roster: Iterable[int], **kwargs: Any) -> None:
        super().__init__(Member.objects.filter(pk__in=list(roster)).order_by("sort_key"), **kwargs)

    def label_from_instance(self, obj: Member) -> str:
        return obj.full_name


class MembersField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Any of the members with the keys `roster`, to be ticked by full name."""

    def __init__(self, roster: Iterable[int], **kwargs: Any) -> None:
        members = Member.objects.filter(pk__in=list(roster)).order_by("sort_key")
        super().__init__(members, widget=forms.CheckboxSelectMultiple, **kwargs)

    def label_from_instance(self, obj: Member) -> str:
        return obj.full_name
