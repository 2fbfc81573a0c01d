"""The whole gate, the same locally and in CI: `./nenep test [PART ...]`.

Every part runs even when an earlier one failed, so that one run shows all there is to mend. What cannot run
here is said loudly at the end; with CI=true it counts as a failure. Exit 0: good; 1: a failure; 2: bad use.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
import traceback
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from tools import chromium, postgres, rules
from tools.machine import Missing

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROOT = Path(__file__).resolve().parents[1]
WORKERS = "3"  # of two cores: tests wait for processes, and for each other at the end
BROWSER_TESTS = "tests/browser"
SECONDS_TO_STOP = 30
NOTHING_COLLECTED = 5  # pytest's exit code
# Not the installed script: its first line names the folder that the environment was made in.
LINT_IMPORTS = "from importlinter.cli import lint_imports_command; lint_imports_command()"


class Failed(Exception):
    """A part found something; what it is has been printed."""


def check_format() -> None:
    run("-m", "ruff", "format", "--check", ".")


def check_lint() -> None:
    run("-m", "ruff", "check", ".")


def check_types() -> None:
    run("-m", "mypy", "-p", "nenep", "-p", "config", "-p", "tools")


def check_imports() -> None:
    run("-c", LINT_IMPORTS, "--no-logo", PYTHONPATH="src")


def check_migrations() -> None:
    # The demo profile installs every module there is.
    run("manage.py", "makemigrations", "--check", "--dry-run", NENEP_PROFILE="demo")


def check_hosts() -> None:
    report(rules.broken_rules(ROOT))


def check_lock() -> None:
    report(rules.broken_locks(ROOT))


def check_sqlite() -> None:
    run_tests("not browser")


def check_postgres() -> None:
    with postgres.throw_away() as url:
        run_tests("not browser", DATABASE_URL=url)


def check_browser() -> None:
    run_tests("browser", BROWSER_TESTS, NENEP_CHROMIUM=chromium.find_or_install())


def check_browser_postgres() -> None:
    with postgres.throw_away() as url:
        path = chromium.find_or_install()
        environment = {"NENEP_CHROMIUM": path, "DATABASE_URL": url}
        run_tests("browser and both_databases", BROWSER_TESTS, workers="1", **environment)


PARTS: dict[str, Callable[[], None]] = {
    "format": check_format,
    "lint": check_lint,
    "types": check_types,
    "imports": check_imports,
    "migrations": check_migrations,
    "hosts": check_hosts,
    "lock": check_lock,
    "sqlite": check_sqlite,
    "postgres": check_postgres,
    "browser": check_browser,
    "browser-postgres": check_browser_postgres,
}
# Both wait for pages most of the time and load a demo with one process: together they take as long as the longer.
BESIDE = {"browser": "browser-postgres"}
RULE = "=" * 70


def main(wanted: list[str]) -> int:
    if {"-h", "--help"} & set(wanted):
        print(f"Cách dùng: ./nenep test [PHẦN ...]; không ghi phần nào là chạy tất cả: {', '.join(PARTS)}.")
        return 0
    unknown = [name for name in wanted if name not in PARTS]
    if unknown:
        sys.stderr.write(f"Không có phần kiểm tra “{unknown[0]}”; các phần là: {', '.join(PARTS)}.\n")
        return 2
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that what was started is stopped
    signal.signal(signal.SIGHUP, lambda *_: sys.exit(129))
    # Started in the background it ignores a Ctrl-C, and so would its children, which are stopped by one.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    started = time.monotonic()
    try:
        results = run_parts([name for name in PARTS if name in wanted or not wanted])
    except KeyboardInterrupt:
        return 130
    print(f"\n{RULE}\nThe gate took {time.monotonic() - started:.0f} s.")
    return conclude(results, strict=os.environ.get("CI") == "true")


def run_parts(names: list[str]) -> dict[str, str]:
    """Run the parts one after the other, or beside another where that saves time; returns how each went."""
    results: dict[str, str] = {}
    for name in names:
        other = BESIDE.get(name)
        if other in names:
            with beside(other) as outcome:
                results[name] = run_part(name)
            results[other] = outcome[0]
        elif name not in results:
            results[name] = run_part(name)
    return results


@contextmanager
def beside(name: str) -> Iterator[list[str]]:
    """Run a part in a gate of its own meanwhile; at the end what it printed is shown, and the list says how it went."""
    outcome: list[str] = []
    with tempfile.TemporaryFile("w+", encoding="utf-8") as said:
        child = subprocess.Popen(
            [sys.executable, "-m", "tools.gate", name], cwd=ROOT, stdout=said, stderr=subprocess.STDOUT
        )
        try:
            yield outcome
            child.wait()
        except BaseException as interruption:
            stop(child, told=isinstance(interruption, KeyboardInterrupt))
            raise
        said.seek(0)
        text = said.read().partition(f"\n{RULE}")[0]
    print(text, flush=True)
    found = re.search(rf"^== {name}: (.*), [\d.]+ s$", text, re.MULTILINE)
    outcome.append(found[1] if found else "failed")


def run_part(name: str) -> str:
    """Run one part and print how it went; returns "passed", "failed" or the reason why it could not run."""
    print(f"\n== {name}", flush=True)
    started = time.monotonic()
    try:
        PARTS[name]()
        outcome = "passed"
    except Failed:
        outcome = "failed"
    except Missing as missing:
        outcome = f"SKIPPED: {missing}"
    except Exception:  # noqa: BLE001  # a gate that breaks in one part still owes the others
        traceback.print_exc()
        outcome = "failed"
    print(f"== {name}: {outcome}, {time.monotonic() - started:.1f} s", flush=True)
    return outcome


def conclude(results: dict[str, str], *, strict: bool) -> int:
    """Name what failed and what was skipped; the last line is the count of parts. Returns the exit code."""
    failed = [name for name, outcome in results.items() if outcome == "failed"]
    skipped = [name for name, outcome in results.items() if outcome not in {"passed", "failed"}]
    for name in failed:
        print(f"FAILED   {name}: see `== {name}` above, or run ./nenep test {name}")
    for name in skipped:
        print(f"{'FAILED' if strict else 'WARNING'}  {name} DID NOT RUN. {results[name]}")
    if strict:
        failed, skipped = failed + skipped, []
    passed = len(results) - len(failed) - len(skipped)
    print(f"{passed} passed, {len(failed)} failed" + (f", {len(skipped)} skipped" if skipped else ""))
    return 1 if failed else 0


def run_tests(marks: str, *places: str, workers: str = WORKERS, **environment: str) -> None:
    """Run the tests with these marks; finding none is a failure too."""
    how = ("-n", workers, "--dist", "loadfile", "--no-loadscope-reorder", "-p", "tools.strictness")
    code = run("-m", "pytest", *places, "-m", marks, *how, good=(0, NOTHING_COLLECTED), **environment)
    if code == NOTHING_COLLECTED:
        report([f"No test is marked `{marks}`."])


def run(*arguments: str, good: tuple[int, ...] = (0,), **environment: str) -> int:
    """Run this Python with the arguments, in a data folder of its own; stopped together with us."""
    with data_folder() as data:
        child = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=clean_environment() | {"NENEP_DATA": data} | environment,
        )
        try:
            code = child.wait()
        except BaseException as interruption:
            stop(child, told=isinstance(interruption, KeyboardInterrupt))
            raise
    if code not in good:
        raise Failed
    return code


def stop(child: subprocess.Popen[bytes], *, told: bool) -> None:
    """Let the child put away what it started; the terminal has already told it of a Ctrl-C."""
    if not told:
        child.send_signal(signal.SIGINT)
    try:
        child.wait(SECONDS_TO_STOP)
    except subprocess.TimeoutExpired:
        child.kill()
        child.wait()


@contextmanager
def data_folder() -> Iterator[str]:
    """A data folder that lives for one command: the gate never touches the user's own."""
    with tempfile.TemporaryDirectory(prefix="nenep-test-", ignore_cleanup_errors=True) as folder:
        yield folder


def clean_environment() -> dict[str, str]:
    """The environment without what would make a run here differ from a run elsewhere.

    Images of Python often forbid it to keep compiled modules: each of the hundreds of processes would compile all.
    """
    ours = ("NENEP_", "DJANGO_", "DATABASE_URL", "PYTEST_", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if not name.startswith(ours)}


def report(findings: list[str]) -> None:
    for finding in findings:
        print(finding)
    if findings:
        raise Failed


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
