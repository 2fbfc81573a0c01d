"""Model fields without a domain noun."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from django.db.backends.base.base import BaseDatabaseWrapper

# Characters of a text that has no shorter limit of its own: about eight printed pages. Nobody types as much; a file
# pasted by mistake has more.
LONGEST_TEXT = 20_000


class SortKeyField(models.CharField):  # type: ignore[type-arg]
    """Holds `shared.vietnamese.sort_key`, ordered byte by byte whatever the locale of the database is.

    A server made with a language's locale skips the blanks and marks that the key is built from.
    """

    def db_parameters(self, connection: BaseDatabaseWrapper) -> Any:
        parameters = super().db_parameters(connection)
        if connection.vendor == "postgresql":
            parameters = {**parameters, "collation": "C"}
        return parameters
