"""A pytest plugin of the gate: a test that hangs is ended and failed, and with CI=true a skipped one fails the run."""

from __future__ import annotations

import os
import signal
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# For one test's setup, body or tear-down; loading the demo counts to the setup of the test that asks first, and the
# longest walk over all pages of a role takes four minutes on two cores.
SECONDS = float(os.environ.get("NENEP_TEST_SECONDS", "900"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_setup() -> Generator[None]:
    with _patience():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_call() -> Generator[None]:
    with _patience():
        return (yield)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Generator[None]:
    with _patience():
        return (yield)


@contextmanager
def _patience() -> Iterator[None]:
    """The alarm interrupts a wait for a lock, a socket or a process, so the failure shows where it hung."""

    def give_up(*_: object) -> None:
        pytest.fail(f"hung for {SECONDS:g} seconds")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def pytest_sessionfinish(session: pytest.Session) -> None:
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    skipped = terminal.stats.get("skipped", []) if terminal else []
    if terminal and skipped and os.environ.get("CI") == "true":
        terminal.write_line(f"{len(skipped)} tests were skipped, which CI counts as failed.", red=True)
        session.exitstatus = 1
