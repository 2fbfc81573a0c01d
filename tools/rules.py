"""Rules about the repository that no linter knows; each answers with `path:line: what is wrong`."""

from __future__ import annotations

import ast
import re
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.machine import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

MOST_LINES = 400
COUNTED = {".py", ".html", ".js", ".css"}
LOCKS = {f"{name}.in": f"{name}.lock" for name in ("requirements", "requirements-sign", "requirements-dev")}

FORBIDDEN_FILES = {
    ".python-version": "on a machine with pyenv it makes the tools of every other Python vanish",
    "uv.lock": "it writes down the address of the index; tools/lock makes the lock files",
}
# Written so that no pattern matches itself. A committed host would bind every machine to one package index.
FORBIDDEN_TEXT = {
    "names the host of a package registry": re.compile(
        r"p[y]pi[.]org|pythonhoste[d][.]org|npmj[s][.](?:org|com)|deb[.]debia[n][.]org|crate[s][.]io",
        re.IGNORECASE,
    ),
    "names a path of one machine": re.compile(r"(?:^|[^\w.~$}])/(?:work|farm|home|root|Users)/"),
}
# The content policy forbids whatever would run or style from inside a page; such a page would break silently.
FORBIDDEN_MARKUP = {
    "script inside the page": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "style inside the page": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "event handler inside the page": re.compile(r"<[^>]*\s(?:on[a-z]+|hx-on[\w:.-]*)\s*=", re.IGNORECASE),
    "script in an address": re.compile(r"javascript:", re.IGNORECASE),
}
# A local rule must reach every place that asks; `rules_on(day)` alone answers with the central rules.
WITHOUT_SCOPES = (
    "rules_on without the scopes of a body leaves its local rules out; ask rules_of, rules_for or give them"
)
TEMPLATE_CODE = re.compile(r"{%.*?%}|{{.*?}}|{#.*?#}")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")


def broken_rules(root: Path) -> list[str]:
    """Hosts and machine paths, markup that the content policy forbids, and files that nobody reads whole."""
    findings: list[str] = []
    for path in _own_files(root):
        text = _text(root / path)
        if path.name in FORBIDDEN_FILES:
            findings.append(f"{path}:1: {FORBIDDEN_FILES[path.name]}")
        findings += [f"{path}:{line}: {rule}" for rule, line in _matches(FORBIDDEN_TEXT, text)]
        if path.suffix == ".py" and "nenep" in path.parts and not {"rulebook", "tests"} & set(path.parts):
            findings += [f"{path}:{line}: {WITHOUT_SCOPES}" for line in _central_questions(text)]
        if path.suffix == ".html":
            markup = TEMPLATE_CODE.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), text)
            findings += [f"{path}:{line}: {rule}" for rule, line in _matches(FORBIDDEN_MARKUP, markup)]
        lines = text.count("\n")
        if path.suffix in COUNTED and "migrations" not in path.parts and lines > MOST_LINES:
            findings.append(f"{path}:{MOST_LINES}: the file goes on to line {lines}; split it by noun")
    return findings


def broken_locks(root: Path) -> list[str]:
    """What is asked for must be locked, every locked file hashed, and no address written down."""
    findings: list[str] = []
    locked: dict[str, dict[str, str]] = {}
    for asked, lock in LOCKS.items():
        text = (root / lock).read_text(encoding="utf-8")
        locked[lock] = _pins(text)
        findings += [f"{lock}: {finding}" for finding in _unsafe_entries(text)]
        findings += [f"{lock}: {finding}" for finding in _unmet(root / asked, locked[lock])]
    for name, version in locked["requirements.lock"].items():
        for lock, pins in locked.items():
            if pins.get(name) != version:
                findings.append(f"{lock}: {name} is not {version} as in requirements.lock")
    return findings


def _own_files(root: Path) -> list[Path]:
    """What is committed or about to be, without what others wrote (vendored files, drawings)."""
    listing = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    if listing.returncode:
        raise Missing(f"git does not list the files here: {listing.stderr.strip()}")
    paths = [Path(name) for name in listing.stdout.split("\0") if name]
    return [
        path
        for path in paths
        if "vendor" not in path.parts and path.suffix != ".svg" and (root / path).is_file()
    ]


def _text(path: Path) -> str:
    content = path.read_bytes()
    return "" if b"\0" in content else content.decode("utf-8", errors="replace")


def _matches(rules: dict[str, re.Pattern[str]], text: str) -> Iterator[tuple[str, int]]:
    for rule, pattern in rules.items():
        for found in re.finditer(pattern, text):
            yield rule, text.count("\n", 0, found.end()) + 1


def _central_questions(text: str) -> Iterator[int]:
    calls = (node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Call))
    for call in calls:
        if getattr(call.func, "id", "") == "rules_on" and len(call.args) + len(call.keywords) < 2:
            yield call.lineno


def _entries(lock: str) -> list[str]:
    """The requirements of a lock, each on one line."""
    return [line.strip() for line in lock.replace("\\\n", " ").splitlines() if line.strip()]


def _pins(lock: str) -> dict[str, str]:
    pairs = (entry.split(";")[0].split()[0].partition("==") for entry in _entries(lock))
    return {canonicalize_name(name): version for name, _, version in pairs}


def _unsafe_entries(lock: str) -> Iterator[str]:
    for entry in _entries(lock):
        if "://" in entry or entry.startswith("-"):
            yield f"{entry[:60]} is an address or an option; only pinned names belong here"
        elif "==" not in entry.split(";")[0] or not HASH.search(entry):
            yield f"{entry[:60]} is not pinned with == and a sha256 hash"


def _unmet(asked: Path, pins: dict[str, str]) -> Iterator[str]:
    for line in asked.read_text(encoding="utf-8").splitlines():
        words = line.split("#")[0].strip()
        if not words or words.startswith("-r "):
            continue
        wanted = Requirement(words)
        version = pins.get(canonicalize_name(wanted.name))
        if version is None or not wanted.specifier.contains(version, prereleases=True):
            yield f"{wanted} is locked as {version}; run tools/lock"
