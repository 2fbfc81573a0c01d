"""Model fields without a domain noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """Holds `shared.vietnamese.sort_key`, ordered byte by byte whatever the locale of the database is.

    A server made with a language's locale skips the blanks and marks that the key is built from.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters = {**parameters, "collation": "C"}
        return parameters
