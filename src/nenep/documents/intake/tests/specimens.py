"""The invented documents of this folder, clean and damaged."""

from pathlib import Path

import yaml

from nenep.documents.intake.lines import lines_of
from nenep.documents.intake.reading import read_lines
from nenep.rulebook import rules_on
from nenep.shared.dates import today

FOLDER = Path(__file__).with_name("specimens")
NAMES = sorted(file.stem for file in FOLDER.glob("*.yml"))
FOUNDING = Path(__file__).parents[6] / "shared" / "seed" / "report.txt"


def specimen(name):
    return yaml.safe_load((FOLDER / f"{name}.yml").read_text(encoding="utf-8"))


def damaged_text(made):
    text = made["text"]
    for was, became in made["damage"]:
        assert was in text, was
        text = text.replace(was, became)
    return text


def read_text(text):
    return read_lines(lines_of("van-ban.txt", text.encode()), rules_on(today()).numbering)


def line_of(text, words):
    """The number of the first line with these words."""
    return next(number for number, line in enumerate(text.split("\n"), start=1) if words in line)
