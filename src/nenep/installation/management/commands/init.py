"""`./nenep init`: an installation without the demo; asks for what the flags do not say."""

import os
import sys
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.base import CommandParser

from config import environment
from nenep.installation import upgrading
from nenep.installation.checks import missing_for_production
from nenep.installation.operations import FirstBody, set_up
from nenep.installation.sentences import Missing, hold_data_folder, sentences
from nenep.organizations.kinds import ROOT_KINDS, Kind
from nenep.rulebook.loader import library
from nenep.shared.commands import ConsoleCommand, day
from nenep.shared.dates import today
from nenep.shared.states import Refused

QUESTIONS = {
    "hosts": "Tên miền mà người dùng sẽ gõ (nhiều tên cách nhau bằng dấu phẩy)",
    "body_code": "Mã của tổ chức đảng đầu tiên",
    "body_name": "Tên đầy đủ của tổ chức ấy",
    "admin_name": "Họ và tên người quản trị",
    "admin_username": "Tên đăng nhập của người quản trị",
}


class Command(ConsoleCommand):
    help = "Cài đặt mới: tổ chức đầu tiên, người quản trị đầu tiên và mã kích hoạt của người ấy."

    def add_arguments(self, parser: CommandParser) -> None:
        for name, question in QUESTIONS.items():
            parser.add_argument(f"--{name.replace('_', '-')}", default="", help=question)
        parser.add_argument("--body-short-name", default="", help="tên gọi tắt (nếu khác tên đầy đủ)")
        parser.add_argument(
            "--locality", default="", help="địa danh ghi trước ngày tháng của văn bản, ví dụ Hòa Sơn"
        )
        parser.add_argument("--founded-on", type=day, metavar="NGÀY", help="ngày thành lập, ví dụ 01/07/2025")
        parser.add_argument(
            "--kind", default=Kind.COMMITTEE.value, choices=[kind.value for kind in ROOT_KINDS]
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        with sentences():
            try:
                code = self._set_up(options)
            except Refused as refused:
                raise Missing(str(refused)) from refused
            except ValidationError as error:
                raise Missing(" ".join(error.messages)) from error
        self._print_code(options, code)

    def _set_up(self, options: dict[str, Any]) -> str:
        if settings.PROFILE == "demo":
            raise Missing("Thư mục này đang giữ dữ liệu dùng thử; hãy chọn thư mục khác bằng NENEP_DATA.")
        library()
        hold_data_folder()
        if not upgrading.is_empty() and not upgrading.pending_migrations():
            _refuse_second_time()
        for name, question in QUESTIONS.items():
            options[name] = options[name].strip() or self._ask(name, question)
        first = _first_body(options)
        self._check_settings(options["hosts"])
        upgrading.upgrade(self.stderr.write)
        code = set_up(first, username=options["admin_username"], name=options["admin_name"])
        environment.keep_profile(settings.DATA, "production")
        return code

    def _ask(self, name: str, question: str) -> str:
        if name == "hosts" and settings.ALLOWED_HOSTS:
            return ",".join(settings.ALLOWED_HOSTS)
        if not sys.stdin.isatty():
            raise Missing(f"Thiếu --{name.replace('_', '-')} ({question[0].lower()}{question[1:]}).")
        answer = ""
        while not answer:
            answer = input(f"{question}: ").strip()
        return answer

    def _check_settings(self, hosts: str) -> None:
        """With the asked-for host names; they are noted only when everything else is right too."""
        settings.ALLOWED_HOSTS = [host.strip() for host in hosts.split(",") if host.strip()]
        missing = missing_for_production()
        if missing:
            raise Missing("\n".join(missing))
        if not os.environ.get("NENEP_HOSTS"):
            environment.keep_setting(settings.DATA, "NENEP_HOSTS", ",".join(settings.ALLOWED_HOSTS))

    def _print_code(self, options: dict[str, Any], code: str) -> None:
        address = f"{'https' if settings.HTTPS else 'http'}://{settings.ALLOWED_HOSTS[0]}"
        self.stdout.write(
            f"\nĐã cài đặt {options['body_name']}.\n\n"
            f"  Người quản trị:  {options['admin_name']}\n"
            f"  Tên đăng nhập:   {options['admin_username']}\n"
            f"  Mã kích hoạt:    {code}\n\n"
            "Mã này chỉ hiện một lần. Hãy chạy ./nenep serve, mở địa chỉ "
            f"{address} rồi chọn “Mở tài khoản” và gõ mã ấy.\n"
        )


def _refuse_second_time() -> None:
    from nenep.access.models import Account  # noqa: PLC0415  # the table is there only now

    if Account.objects.exists():
        raise Missing("Nơi này đã được cài đặt rồi; không có gì thay đổi. Hãy chạy ./nenep serve.")


def _first_body(options: dict[str, Any]) -> FirstBody:
    return FirstBody(
        code=options["body_code"],
        name=options["body_name"],
        short_name=options["body_short_name"] or options["body_name"],
        kind=Kind(options["kind"]),
        founded_on=options["founded_on"] or today(),
        locality=options["locality"],
    )
