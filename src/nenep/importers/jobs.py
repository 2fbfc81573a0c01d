"""Timed jobs. Beside the verbs, which load the library of spreadsheets: no start of the program waits for that."""

from __future__ import annotations

from datetime import timedelta

from nenep.importers.models import Upload
from nenep.shared.dates import now

KEPT_FOR = timedelta(days=1)


def forget_uploads() -> int:
    """Drop files that nobody confirmed within a day; returns how many."""
    count, _per_table = Upload.objects.filter(at__lt=now() - KEPT_FOR).delete()
    return count
