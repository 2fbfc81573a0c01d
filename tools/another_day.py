"""A plugin for pytest: let the tests begin at another moment, to find those that hold on some days or hours only.

    NENEP_TEST_AT=2027-03-10T00:05 .venv/bin/python -m pytest -p tools.another_day src

The moment is that of Vietnam, and time goes on from it. Only Django's clock is moved: a program that a test starts, and
what asks the system for the time (the validity of a certificate), stay in the present.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from django.utils import timezone

_MOMENT = os.environ.get("NENEP_TEST_AT", "")
_now = timezone.now

if not _MOMENT:
    raise SystemExit("NENEP_TEST_AT is missing: the moment in Vietnam, for example 2027-03-10T00:05")
_AHEAD = datetime.fromisoformat(_MOMENT).replace(tzinfo=ZoneInfo("Asia/Ho_Chi_Minh")) - datetime.now(UTC)


def _moved() -> datetime:
    return _now() + _AHEAD


timezone.now = _moved
