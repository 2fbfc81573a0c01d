"""Pictures of the demo for the README: `python -m tools.screenshots [--data FOLDER] [--into FOLDER] [--all]`.

Loads a fresh demo (or copies the loaded one in FOLDER), serves it, opens each scene as its person in headless Chromium
and writes `<scene>-<phone or desktop>-<light or dark>.png`. `--all` takes every scene in all four ways, to look at.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image
from playwright.sync_api import sync_playwright

from tests.browser.browsing import FLAGS, sign_in
from tests.browser.casting import cast_branch
from tests.browser.serving import Demo, copied, prepare, serving
from tools import chromium
from tools.machine import Missing

if TYPE_CHECKING:
    from collections.abc import Iterator

    from playwright.sync_api import Browser, BrowserContext

    from tests.browser.serving import Server

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "docs" / "screenshots"
SIZES = {"phone": (360, 740, 2), "desktop": (1280, 800, 1)}  # width, height, pixels for each
SCHEMES = ("light", "dark")
EVERY_WAY = tuple(f"{size}-{scheme}" for size in SIZES for scheme in SCHEMES)


@dataclass(frozen=True)
class Scene:
    """One page as one person sees it; `ways` are those that the README shows."""

    name: str
    username: str
    path: str
    ways: tuple[str, ...]


def scenes(server: Server) -> list[Scene]:
    """The branches are chosen by where their month stands, so the same pages come on any day."""
    preparing, running = cast_branch(server, status="planned"), cast_branch(server, status="opened")
    done = cast_branch(server, status="adopted", with_resolution=True)
    return [
        Scene("secretary-home", "bithu", "/", ("phone-light", "phone-dark")),
        Scene("member-home", "dangvien", "/", ("phone-light",)),
        Scene("kept-about-me", "dangvien", "/privacy/mine/", ("phone-light",)),
        _meeting_scene("preparation", preparing),
        _meeting_scene("room", running),
        _meeting_scene("minutes", done),
        Scene("board", "canbo", "/", ("desktop-dark",)),
    ]


def _meeting_scene(page: str, cast: dict[str, Any]) -> Scene:
    """A page of this month's meeting as the secretary of its branch sees it on a desktop."""
    return Scene(
        page, cast["secretary"]["username"], f"/meetings/{cast['meeting']}/{page}/", ("desktop-light",)
    )


def take(server: Server, into: Path, *, is_all: bool) -> Iterator[Path]:
    """Take the pictures one after the other; one sign-in for each person."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=FLAGS)
        states: dict[str, Any] = {}
        for scene in scenes(server):
            if scene.username not in states:
                states[scene.username] = _signed_in(browser, server, scene.username)
            for way in EVERY_WAY if is_all else scene.ways:
                context = _context(browser, server, way, states[scene.username])
                path = into / f"{scene.name}-{way}.png"
                _shoot(context, scene, path)
                context.close()
                yield path
        browser.close()


def _signed_in(browser: Browser, server: Server, username: str) -> Any:
    context = _context(browser, server, "desktop-light", None)
    sign_in(context.new_page(), username)
    state = context.storage_state()
    context.close()
    return state


def _context(browser: Browser, server: Server, way: str, state: Any) -> BrowserContext:
    size, scheme = way.split("-")
    width, height, scale = SIZES[size]
    return browser.new_context(
        base_url=server.address,
        viewport={"width": width, "height": height},
        device_scale_factor=scale,
        is_mobile=size == "phone",
        color_scheme=scheme,
        locale="vi-VN",
        timezone_id="Asia/Ho_Chi_Minh",
        reduced_motion="reduce",
        storage_state=state,
    )


def _shoot(context: BrowserContext, scene: Scene, path: Path) -> None:
    page = context.new_page()
    answer = page.goto(scene.path)
    if answer is None or answer.status != 200:
        raise RuntimeError(f"{scene.path} answered {answer and answer.status} to {scene.username}")
    page.evaluate("document.fonts.ready")
    # As true as it was drawn: fewer colours would tint the paper or dull the one red button.
    Image.open(BytesIO(page.screenshot())).convert("RGB").save(path, optimize=True)


def main(words: list[str]) -> int:
    sys.path.insert(0, str(ROOT / "src"))  # as manage.py does; the password of the demo stands there
    parser = argparse.ArgumentParser(prog="python -m tools.screenshots", description=__doc__)
    parser.add_argument("--data", type=Path, help="data folder of a loaded demo, instead of loading one")
    parser.add_argument("--into", type=Path, default=FOLDER, help="where the pictures go")
    parser.add_argument("--all", action="store_true", help="every scene in all four ways")
    asked = parser.parse_args(words)
    asked.into.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="nenep-screenshots-") as folder:
        demo = Demo(asked.data) if asked.data else prepare(Path(folder))
        with copied(demo, Path(folder) / "copy") as copy, serving(copy) as server:
            for path in take(server, asked.into, is_all=asked.all):
                print(path.name, flush=True)
    return 0


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except Missing as missing:
        sys.exit(str(missing))
