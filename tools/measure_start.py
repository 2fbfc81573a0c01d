"""How long `./nenep demo` takes until it answers: from nothing, with what is installed already, and the next time.

    python -m tools.measure_start [--from warm]

Works in a copy of the sources that is thrown away. Cold: no environment, no data, and the package cache is not used,
so the packages come over the network. Warm: the environment is there, the data is not. Later: both are there.
Exits with 1 when one takes longer than promised. The processor seconds beside it say how much of that was our
work: on a machine that is busy with other things the clock says little.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tools.ports import free_port

ROOT = Path(__file__).resolve().parents[1]
LIMITS = {"cold": 180.0, "warm": 180.0, "later": 5.0}  # seconds
PATIENCE = 1800.0
LEFT_OUT = (".git", ".venv", "__pycache__", "*.pyc", ".*_cache", "docs", "tests", "*.sqlite3*")
# Set by whoever tries the demo from this folder; a newcomer has none of them.
UNSET = ("NENEP_DATA", "NENEP_PROFILE", "DATABASE_URL", "VIRTUAL_ENV")


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m tools.measure_start", description=__doc__)
    parser.add_argument(
        "--from", dest="first", choices=["cold", "warm"], default="cold", help="where to begin"
    )
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="nenep-start-") as folder:
        program = Path(folder) / "nenep"
        shutil.copytree(ROOT, program, ignore=shutil.ignore_patterns(*LEFT_OUT))
        taken = {}
        if asked.first == "cold":
            taken["cold"] = start(program, Path(folder) / "cold")
        else:
            (program / ".venv").symlink_to(ROOT / ".venv")
        taken["warm"] = start(program, Path(folder) / "warm")
        taken["later"] = start(program, Path(folder) / "warm")
    for name, (seconds, processor) in taken.items():
        print(f"{name:6} {seconds:6.1f} s, at most {LIMITS[name]:.0f} s; processor {processor:.1f} s")
    return int(any(seconds > LIMITS[name] for name, (seconds, _processor) in taken.items()))


def start(program: Path, data: Path) -> tuple[float, float]:
    """(seconds by the clock until it answers, seconds of the processor until it has stopped)"""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = seconds_until_it_answers(program, data)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return seconds, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def seconds_until_it_answers(program: Path, data: Path) -> float:
    """From typing the command to the first page; the program is stopped then as by Ctrl+C."""
    port = free_port()
    known = {name: value for name, value in os.environ.items() if name not in UNSET}
    environment = known | {"NENEP_DATA": str(data), "PIP_NO_CACHE_DIR": "1", "UV_NO_CACHE": "1"}
    begun = time.monotonic()
    running = subprocess.Popen(
        [program / "nenep", "demo", "--port", str(port)],
        env=environment, stdout=subprocess.DEVNULL, start_new_session=True,
    )  # fmt: skip
    try:
        while not answers(port):
            if running.poll() is not None:
                raise RuntimeError(f"./nenep demo ended with {running.returncode}")
            if time.monotonic() - begun > PATIENCE:
                raise TimeoutError(f"no page after {PATIENCE:.0f} s")
            time.sleep(0.05)
        return time.monotonic() - begun
    finally:
        os.killpg(running.pid, signal.SIGINT)
        running.wait(60)


def answers(port: int) -> bool:
    """Whether the first page comes, which for a stranger is the one to sign in."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=5) as page:
            return bool(page.status == 200)
    except (OSError, urllib.error.URLError):
        return False


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
