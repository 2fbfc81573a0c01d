"""The screen asks as one comrade asks another, “Đồng chí …”; “hãy” is for the console."""

from pathlib import Path

ROOT = Path(__file__).parents[1]
# Read at the console, or (in models) held word for word by a migration.
ELSEWHERE = ("/installation/", "/management/", "/demo/", "/migrations/", "/tests/", "/models.py")
ELSEWHERE += ("/rulebook/reading.py", "/meetings/beforehand.py")


def sources():
    for folder in ("src/nenep", "templates", "static/js"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in {".py", ".html", ".txt", ".js"} and not any(
                part in path.as_posix() for part in ELSEWHERE
            ):
                yield path


def test_no_sentence_on_a_screen_commands():
    found = list(sources())
    assert len(found) > 500
    commanding = [path for path in found if "hãy " in path.read_text(encoding="utf-8").lower()]
    assert not commanding
