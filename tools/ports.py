"""Ports of this machine, for tools that start a server of their own."""

from __future__ import annotations

import socket
import time

SECONDS_TO_LISTEN = 30.0


def free_port() -> int:
    with socket.socket() as trial:
        trial.bind(("127.0.0.1", 0))
        return int(trial.getsockname()[1])


def wait_for(port: int) -> None:
    """Return when something listens there; TimeoutError after 30 s."""
    until = time.monotonic() + SECONDS_TO_LISTEN
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")
