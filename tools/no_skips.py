"""A pytest plugin of the gate: with CI=true a skipped test is a failure."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import pytest


def pytest_sessionfinish(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = terminal.stats.get("skipped", []) if terminal else []
    if terminal and skipped and os.environ.get("CI") == "true":
        terminal.write_line(f"{len(skipped)} tests were skipped, which CI counts as failed.", red=True)
        session.exitstatus = 1
