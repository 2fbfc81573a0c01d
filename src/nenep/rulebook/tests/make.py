"""Packs on disk that a test may spoil: a copy of the shipped ones with some text replaced."""

from pathlib import Path
from shutil import copytree

from nenep.rulebook.loader import PACKS, PackError, load


def spoiled_packs(folder: Path, file: str, old: str, new: str) -> Path:
    """A copy of the shipped packs in which `old` (it must be there) is `new` at its first place in `file`."""
    packs = copytree(PACKS, folder / "packs")
    text = (packs / file).read_text(encoding="utf-8")
    assert old in text, f"{file} has no {old!r}"
    (packs / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    return packs


def added_pack(folder: Path, file: str, text: str) -> Path:
    packs = copytree(PACKS, folder / "packs")
    (packs / file).write_text(text, encoding="utf-8")
    return packs


def problems_of(packs: Path) -> list[str]:
    try:
        load(packs)
    except PackError as refused:
        return refused.problems
    return []
