"""What the log never holds: the secret part of an address that opens something to whoever knows it."""

from __future__ import annotations

import re
from logging import Filter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from logging import LogRecord

_SECRET = re.compile(r"(/calendars/private/)[^\s\"']+")


class SecretAddresses(Filter):
    """Masks what follows /calendars/private/: Django logs the path of every answer from 400 on."""

    def filter(self, record: LogRecord) -> bool:
        record.msg = _masked(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_masked(part) for part in record.args)
        return True


def _masked(part: object) -> object:
    return _SECRET.sub(r"\1...", part) if isinstance(part, str) else part
