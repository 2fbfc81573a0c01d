"""The server: granian around `config.asgi`, in this very process or, on PostgreSQL, in several."""

from __future__ import annotations

import asyncio
import errno
import logging
import os
import signal
import socket
import sys
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection, connections

from nenep.installation import upgrading
from nenep.installation.sentences import Missing, hold_data_folder, uses_sqlite
from nenep.rulebook.loader import library

if TYPE_CHECKING:
    from collections.abc import Callable

TARGET = "config.asgi:application"
# Event streams stay open; with the server's own limits the 1,025th would stop every answer.
BACKLOG, BACKPRESSURE = 4096, 8192
# A stream or a slow client does not hold up a stop for longer than this.
STOPS_WITHIN = 3
EVERYWHERE = {"0.0.0.0", "::"}  # noqa: S104  # listened on, but no address to go to


def serve(
    host: str = "127.0.0.1",
    port: int = 8000,
    *,
    workers: int = 1,
    copy: bool = True,
    say: Callable[[str], object],
) -> None:
    """Upgrade what was kept, then serve until told to stop (SIGINT, SIGTERM).

    Raises Missing, PackError or DataFolderInUse, before anything is changed, when something around us is amiss.
    """
    if workers > 1 and uses_sqlite():
        raise Missing("Nhiều tiến trình phục vụ cần PostgreSQL; hãy bỏ --workers hoặc đặt DATABASE_URL.")
    refuse_unusable_address(host, port)
    library()
    hold_data_folder()
    if upgrading.is_empty():
        raise Missing(
            "Chưa có dữ liệu nào ở đây; hãy chạy ./nenep init để cài đặt, hoặc ./nenep demo để dùng thử."
        )
    upgrading.upgrade(say, copy=copy)
    settings.STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # looked into although it may be empty
    connections.close_all()
    note_address(host, port)
    say(f"Nền nếp đang chạy tại {address(host, port)} . Nhấn Ctrl+C để dừng.")
    if workers > 1:
        _serve_in_processes(host, port, workers)
    else:
        asyncio.run(_serve_here(host, port))
        _leave()


def refuse_unusable_address(host: str, port: int) -> None:
    """Try the address before anything else: a server that cannot listen must not upgrade a database."""
    if not 0 < port < 65536:
        raise Missing(f"Không có cổng {port}; hãy chọn cổng từ 1 đến 65535.")
    try:
        family, kind, proto, _name, place = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    except OSError as error:
        raise Missing(f"Không có địa chỉ {host} trên máy này; hãy sửa --host.") from error
    with socket.socket(family, kind, proto) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind(place)
            trial.listen(1)
        except OSError as error:
            raise Missing(_why_not(error, host, port)) from error


def address(host: str, port: int) -> str:
    shown = f"[{host}]" if ":" in host else host
    return f"http://{shown}:{port}"


def note_address(host: str, port: int) -> None:
    """Mails and printed slips name the address that is served, unless a setting names another."""
    if settings.HTTPS or os.environ.get("NENEP_ADDRESS"):
        return
    reached = settings.ALLOWED_HOSTS[0] if host in EVERYWHERE and settings.ALLOWED_HOSTS else host
    # In the environment too: server processes of their own read the settings anew.
    os.environ["NENEP_ADDRESS"] = settings.SITE_ADDRESS = address(reached, port)


def _why_not(error: OSError, host: str, port: int) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Cổng {port} đang được chương trình khác dùng; hãy dừng chương trình ấy "
            "hoặc chọn cổng khác bằng --port."
        )
    if error.errno == errno.EACCES:
        return f"Không được phép mở cổng {port}; hãy chọn cổng từ 1024 trở lên bằng --port."
    return f"Không mở được địa chỉ {host} cổng {port}; hãy sửa --host hoặc --port."


async def _serve_here(host: str, port: int) -> None:
    from granian.constants import Interfaces  # noqa: PLC0415  # slow to import, needed by one command
    from granian.server.embed import Server  # noqa: PLC0415

    from config.asgi import application  # noqa: PLC0415  # sets Django up as a server

    _quieten()
    server = Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        websockets=False,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        log_enabled=False,
    )
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, server.stop)
    await server.serve()


def _serve_in_processes(host: str, port: int, workers: int) -> None:
    from granian import Granian  # noqa: PLC0415  # slow to import, needed by one command
    from granian.constants import Interfaces  # noqa: PLC0415
    from granian.log import LogLevels  # noqa: PLC0415

    server: Any = Granian(
        TARGET,
        address=host,
        port=port,
        interface=Interfaces.ASGI,
        workers=workers,
        websockets=False,
        backlog=BACKLOG,
        backpressure=BACKPRESSURE,
        workers_kill_timeout=STOPS_WITHIN,
        respawn_failed_workers=True,
        log_level=LogLevels.warning,
    )
    server.serve()


def _quieten() -> None:
    logging.getLogger("_granian").setLevel(logging.ERROR)
    logging.getLogger("granian").setLevel(logging.ERROR)


def _leave() -> None:
    """Answers under way had their time (see `lifespan`); a thread that hangs does not keep the process."""
    connection.close()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
