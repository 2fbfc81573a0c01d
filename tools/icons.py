"""What a phone shows on its home screen, drawn from `static/icon.svg`: `python -m tools.icons`."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import sync_playwright

from tools import chromium

ROOT = Path(__file__).resolve().parents[1]
STATIC = ROOT / "static"
SIZES = (180, 192, 512)  # pixels: Apple's, and the two that a manifest must have
FLAGS = ["--no-sandbox", "--disable-gpu"]


def draw() -> None:
    drawing = (
        (STATIC / "icon.svg").read_text(encoding="utf-8").replace('rx="6" fill', "fill", 1)
    )  # phones round it
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find_or_install(), args=FLAGS)
        for size in SIZES:
            page = browser.new_page(viewport={"width": size, "height": size})
            page.set_content(f"<style>body {{ margin: 0 }} svg {{ display: block }}</style>{drawing}")
            page.screenshot(path=STATIC / f"icon-{size}.png")
        browser.close()


if __name__ == "__main__":
    draw()
