"""`./nenep demo [--fresh] [--no-serve] [--port N] [--today DATE]`: the demo bloc, loaded once and served."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from config import environment
from nenep.demo import PASSWORD
from nenep.demo.accounts import ACCOUNTS
from nenep.demo.emptying import empty, is_loaded, is_marked, refuse_real_data
from nenep.demo.loading import load_demo
from nenep.installation.sentences import Missing, sentences
from nenep.installation.serving import refuse_unusable_address, serve
from nenep.installation.upgrading import upgrade
from nenep.rulebook.loader import library
from nenep.shared.commands import ConsoleCommand
from nenep.shared.dates import today
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from django.core.management.base import CommandParser


class Command(ConsoleCommand):
    help = "Cài đặt, nạp dữ liệu mẫu một lần rồi chạy máy chủ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="xóa dữ liệu mẫu cũ rồi nạp lại")
        parser.add_argument("--no-serve", action="store_true", help="chỉ nạp, không chạy máy chủ")
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ để lắng nghe")
        parser.add_argument("--port", type=int, default=8000, help="cổng để lắng nghe")
        parser.add_argument(
            "--today", type=_day, help="ngày mà dữ liệu mẫu coi là hôm nay (dd/mm/yyyy hoặc yyyy-mm-dd)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with sentences():
            if not options["no_serve"]:
                refuse_unusable_address(options["host"], options["port"])
            try:
                self._load(options["today"] or today(), is_fresh=options["fresh"])
            except Refused as refused:
                raise Missing(str(refused)) from refused
            self._tell(options["host"], options["port"])
            if not options["no_serve"]:
                serve(options["host"], options["port"], say=self._say)

    def _load(self, day: date, *, is_fresh: bool) -> None:
        library()
        refuse_real_data()
        environment.keep_profile(settings.DATA, "demo")
        if is_fresh and is_marked():
            empty()
        upgrade(self._say)
        if is_loaded():
            return
        self._say("Đang nạp dữ liệu mẫu, mất khoảng một phút.")
        load_demo(day, say=self._say)
        connection.close()

    def _tell(self, host: str, port: int) -> None:
        self._say(f"\nNền nếp đang ở http://{host}:{port}/")
        self._say(f"Tài khoản mẫu, cùng một mật khẩu {PASSWORD}:")
        for account in ACCOUNTS:
            self._say(f"  {account.username:<12}{account.role}")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()


def _day(text: str) -> date:
    """29/9/2015 or 2015-09-29; argparse turns the ValueError into its own sentence and exit code 2."""
    if "/" in text:
        day, month, year = text.split("/")
        return date(int(year), int(month), int(day))
    return date.fromisoformat(text)
