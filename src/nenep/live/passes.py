"""A pass into a stream: the page that was shown has asked for the right a moment ago, so its stream need not ask again.

It holds for the session that the page was shown to, this one stream, and no longer than the stream itself goes without
asking; after that the address alone says nothing and the right is asked for as ever. Nothing is stored.
"""

from __future__ import annotations

import time

from django.utils.crypto import constant_time_compare, salted_hmac

SECONDS = 30
_SALT = "nenep.live.passes"


def follow_address(session_key: str | None, name: str, pk: int) -> str:
    """The address of a stream with a pass; for a page whose viewer has just been found to have the right."""
    made = int(time.time())
    return f"/live/{name}/{pk}/?pass={made}-{_sign(session_key, name, pk, made)}"


def is_good(given: str, session_key: str | None, name: str, pk: int) -> bool:
    """Whether this pass was made for this session and stream within the last `SECONDS`."""
    at, _dash, signature = given.partition("-")
    if not session_key or not at.isdecimal() or not at.isascii() or len(at) > 12:
        return False
    is_fresh = 0 <= time.time() - int(at) <= SECONDS
    return is_fresh and constant_time_compare(signature, _sign(session_key, name, pk, int(at)))


def _sign(session_key: str | None, name: str, pk: int, made: int) -> str:
    return salted_hmac(_SALT, f"{session_key}:{name}:{pk}:{made}", algorithm="sha256").hexdigest()
