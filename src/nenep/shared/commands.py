"""Commands as operators type them: Vietnamese help, and a mistake is said in one sentence with exit code 2."""

from __future__ import annotations

import argparse
import sys
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, NoReturn

from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand

from nenep.shared.forms import DayField

if TYPE_CHECKING:
    from datetime import date

    from django.core.management.base import CommandParser

# argparse asks gettext for its words; the program brings no catalogue for it, so the words stand here.
WORDS = {
    "usage: ": "cách dùng: ",
    "options": "lựa chọn",
    "positional arguments": "tham số",
    "show this help message and exit": "xem cách dùng",
    "unrecognized arguments: %s": "không có lựa chọn %s",
    "the following arguments are required: %s": "còn thiếu %s",
    "one of the arguments %s is required": "phải có một trong các lựa chọn %s",
    "argument %(argument_name)s: %(message)s": "%(argument_name)s %(message)s",
    "expected one argument": "phải có một giá trị đi sau",
    "expected at most one argument": "chỉ có một giá trị đi sau",
    "expected at least one argument": "phải có giá trị đi sau",
    "invalid %(type)s value: %(value)r": "không nhận giá trị “%(value)s”",
    "invalid choice: %(value)r (choose from %(choices)s)": "không nhận “%(value)s”, chỉ nhận %(choices)s",
    "ignored explicit argument %r": "không nhận giá trị %r",
    "not allowed with argument %s": "không đi cùng %s",
    "ambiguous option: %(option)s could match %(matches)s": "%(option)s viết tắt quá, có thể là %(matches)s",
}
vars(argparse)["_"] = lambda words: WORDS.get(words, words)


def stop(sentence: str, code: int = 2) -> NoReturn:
    sys.stderr.write(f"{sentence}\n")
    sys.exit(code)


def day(text: str) -> date:
    """A day on a command line: 24/11/2026 or 2026-11-24."""
    with suppress(ValidationError):
        return DayField().clean(text)  # type: ignore[no-any-return]
    raise argparse.ArgumentTypeError(f"không nhận giá trị “{text}”; ngày viết như 24/11/2026 hoặc 2026-11-24")


class ConsoleCommand(BaseCommand):
    # The checks of the code belong to the gate; what a command needs (packs, tables, settings) it says itself.
    requires_system_checks: list[str] = []
    suppressed_base_arguments = {  # as Django declares it
        "--version", "--verbosity", "--settings", "--pythonpath", "--traceback", "--no-color", "--force-color",
    }  # fmt: skip

    def create_parser(self, prog_name: str, subcommand: str, **kwargs: Any) -> CommandParser:
        parser = super().create_parser(prog_name, subcommand, **kwargs)
        parser.prog = f"./nenep {subcommand}"
        parser.error = partial(_refuse, parser.prog)  # type: ignore[method-assign]
        return parser


def _refuse(command: str, wrong: str) -> NoReturn:
    stop(f"{wrong[0].upper()}{wrong[1:]}; gõ {command} --help để xem cách dùng.")
