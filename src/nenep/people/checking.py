"""Turns a model's own complaints into a refusal that a person can read."""

from __future__ import annotations

from typing import TypeVar

from django.core.exceptions import ValidationError
from django.db.models import Model

from nenep.shared.states import Refused

Row = TypeVar("Row", bound=Model)


def checked(row: Row) -> Row:
    """The row itself once its fields and constraints hold; else Refused with their sentences."""
    try:
        row.full_clean()
    except ValidationError as error:
        sentences = [
            message if name == "__all__" else f"{_label(row, name)}: {message}"
            for name, messages in error.message_dict.items()
            for message in messages
        ]
        raise Refused(" ".join(sentences)) from error
    return row


def _label(row: Model, field: str) -> str:
    return str(row._meta.get_field(field).verbose_name).capitalize()  # type: ignore[union-attr]
