"""`manage.py migrate`: as Django's, but a new database gets all its tables at once."""

from __future__ import annotations

from typing import Any

from django.core.management.commands import migrate
from django.db import connections

from nenep.installation import new_tables

PARTLY = ("app_label", "fake", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        connection = connections[options["database"]]
        if not any(options[name] for name in PARTLY) and new_tables.is_new(connection):
            new_tables.create(connection)
        super().handle(*args, **options)
