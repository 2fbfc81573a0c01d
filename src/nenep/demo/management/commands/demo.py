"""`./nenep demo [--fresh] [--no-serve] [--port N] [--today DATE]`: the demo bloc, loaded once and served."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.db import connection

from config import environment
from nenep.demo import PASSWORD
from nenep.demo.accounts import ACCOUNTS
from nenep.demo.emptying import empty, is_loaded, is_marked, refuse_real_data
from nenep.demo.loading import load_demo, refuse_unusable_day
from nenep.demo.models import DemoLoaded
from nenep.installation.sentences import Missing, sentences
from nenep.installation.serving import refuse_unusable_address, serve
from nenep.installation.upgrading import upgrade
from nenep.rulebook.loader import library
from nenep.shared.commands import ConsoleCommand, day
from nenep.shared.dates import today
from nenep.shared.states import Refused

if TYPE_CHECKING:
    from datetime import date

    from django.core.management.base import CommandParser


class Command(ConsoleCommand):
    help = "Cài đặt, nạp dữ liệu mẫu một lần rồi chạy máy chủ."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--fresh", action="store_true", help="xóa dữ liệu mẫu cũ rồi nạp lại")
        parser.add_argument("--no-serve", action="store_true", help="chỉ nạp, không chạy máy chủ")
        parser.add_argument("--host", default="127.0.0.1", help="địa chỉ để lắng nghe")
        parser.add_argument("--port", type=int, default=8000, help="cổng để lắng nghe")
        parser.add_argument(
            "--today", type=day, help="ngày mà dữ liệu mẫu coi là hôm nay (dd/mm/yyyy hoặc yyyy-mm-dd)"
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with sentences():
            if not options["no_serve"]:
                refuse_unusable_address(options["host"], options["port"])
            try:
                self._load(options["today"], is_fresh=options["fresh"])
            except Refused as refused:
                raise Missing(str(refused)) from refused
            self._tell(options["host"], options["port"])
            if not options["no_serve"]:
                serve(options["host"], options["port"], say=self._say)

    def _load(self, asked: date | None, *, is_fresh: bool) -> None:
        refuse_unusable_day(asked or today())
        library()
        refuse_real_data()
        environment.keep_profile(settings.DATA, "demo")
        if is_fresh and is_marked():
            empty()
        upgrade(self._say)
        if is_loaded():
            self._tell_the_day(asked)
            return
        self._say("Đang nạp dữ liệu mẫu, mất khoảng một phút.")
        load_demo(asked or today(), say=self._say)
        connection.close()

    def _tell_the_day(self, asked: date | None) -> None:
        loaded = DemoLoaded.objects.get().today
        if asked not in {None, loaded}:
            self._say(
                f"Dữ liệu mẫu ở đây đã nạp với ngày {loaded:%d/%m/%Y} và được giữ nguyên; "
                f"muốn nạp lại với ngày {asked:%d/%m/%Y} thì thêm --fresh."
            )

    def _tell(self, host: str, port: int) -> None:
        self._say(f"\nNền nếp đang ở http://{host}:{port}/")
        self._say(f"Tài khoản mẫu, cùng một mật khẩu {PASSWORD}:")
        for account in ACCOUNTS:
            self._say(f"  {account.username:<12}{account.role}")

    def _say(self, sentence: str) -> None:
        self.stdout.write(sentence)
        self.stdout.flush()
