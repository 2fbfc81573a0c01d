"""A Chromium for the browser tests: the one that is here, else Debian's package, else Playwright's own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

from tools import machine
from tools.machine import Missing

NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "microsoft-edge")
APPLICATIONS = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
)


def find_or_install() -> str:
    """The path of a browser that starts; raises Missing with what to install."""
    _make_driver_run()
    found = find()
    if not found and machine.may_install():
        machine.install("chromium")
        found = find()
    found = found or _download()
    if not found:
        raise Missing("no Chromium here; install it (Debian: apt-get install chromium) or Google Chrome.")
    return found


def find() -> str | None:
    named = os.environ.get("NENEP_CHROMIUM", "")
    on_path = [path for name in NAMES if (path := shutil.which(name))]
    here = next((path for path in (named, *on_path, *APPLICATIONS) if _starts(path)), None)
    return here or _playwrights()


def _make_driver_run() -> None:
    """Playwright brings its own Node, which needs a library that the smallest Debian lacks."""
    if not _driver_runs() and machine.may_install():
        machine.install("libatomic1")
    if not _driver_runs():
        raise Missing("Playwright's driver does not start here (Debian: apt-get install libatomic1).")


def _driver_runs() -> bool:
    command = [sys.executable, "-m", "playwright", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def _starts(path: str) -> bool:
    """Ubuntu's `chromium-browser` is a script that only says to install a snap: being there is not enough."""
    if not Path(path).is_file():
        return False
    said = subprocess.run([path, "--version"], capture_output=True, text=True, check=False)
    return said.returncode == 0 and any(character.isdigit() for character in said.stdout)


def _playwrights() -> str | None:
    from playwright.sync_api import sync_playwright  # noqa: PLC0415  # starts a process; only when asked

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if _starts(path) else None


def _download() -> str | None:
    print("Asking Playwright for a Chromium ...", flush=True)
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    subprocess.run(command, capture_output=True, check=False, timeout=600)
    return find()
