"""The lines of a text, Word or PDF file. Content decides what a file is, not its name; a hostile file is refused."""

from __future__ import annotations

import io
import itertools
import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import docx
from docx.oxml.ns import qn

from nenep.documents.intake import scans
from nenep.documents.intake.pages import lines_of_pages
from nenep.files import checking, marking, openings, packages, plain, portable, reading, tiff
from nenep.files.models import FileType
from nenep.shared.states import Refused
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

# A document of 150 pages; what is longer is no official document and would only cost time.
MAX_TEXT = 512 * 1024
# Word repeats its own words around each piece of text.
MAX_WORD_XML = 8 * 1024 * 1024
_UNREAD = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "Tệp Word, Excel đời cũ",
    b"{\\rtf": "Tệp RTF",
}
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")
PACKAGE = b"PK\x03\x04"
_GRADES = {"mat", "toi mat", "tuyet mat", "do mat", "do toi mat", "do tuyet mat"}
_EDGES = " *~_-–—()[]|.:"
_COLUMNS = re.compile(r"\t+|\s{3,}")
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


@dataclass(frozen=True, slots=True)
class Line:
    """`number` counts from 1, empty lines too; in a Word file each paragraph and each line break begins a line.

    `page`: counts from 1, for files that have pages. `cell`: which cell of a table in a Word file holds it, counted
    from 1; 0 outside of tables.
    """

    number: int
    text: str
    page: int | None = None
    cell: int = 0


def lines_of(name: str, content: bytes, scanned: Mapping[int, Sequence[str]] | None = None) -> list[Line]:
    """All lines of the file, NFC. Refused for a type that is not read, a secret marking, anything hostile.

    `scanned`: what the engine has read already of the pages of a PDF that `scanned_in` names.
    """
    refuse_by_name(name, content)
    pages: list[int | None] = []
    if content.startswith(PACKAGE):
        if kind_of_package(content) != FileType.DOCX:
            raise Refused("Bảng tính không có dòng chữ như văn bản.")
        return lines_of_word(content)
    if content.startswith(tiff.STARTS):
        content = tiff.checked(content)[1]
    if content.startswith(b"%PDF-"):
        told = _portable(content, scanned)
        found, pages = [text for _page, text in told], [page for page, _text in told]
    elif content.startswith(_IMAGES):
        found = scans.read_image(content)
        _refuse_marked(found)
    else:
        found = _plain(content)
        _refuse_marked(found)
    return numbered(found, pages)


def refuse_by_name(name: str, content: bytes) -> None:
    """What is seen before a file is opened: its size, and a secret marking in its name."""
    checking.refuse_size(len(content))
    if marking.in_name(name):
        raise marking.SecretMarking("name")


def kind_of_package(content: bytes) -> FileType:
    """DOCX or XLSX. Refused for a package in which anything may run, reach out or swell."""
    return packages.checked(content, most_text=MAX_WORD_XML)[0]


def numbered(found: Sequence[str], pages: Sequence[int | None] = (), cells: Sequence[int] = ()) -> list[Line]:
    """NFC. Refused without any letter, and above the length of an official document."""
    if not any(text.strip() for text in found):
        raise Refused("Tệp này không có chữ nào để đọc. Đồng chí chọn lại tệp.")
    if sum(map(len, found)) > MAX_TEXT:
        raise Refused("Văn bản trong tệp quá dài để đọc. Đồng chí chia nhỏ tệp.")
    return [
        Line(number, unicodedata.normalize("NFC", text), page, cell or 0)
        for number, (text, page, cell) in enumerate(itertools.zip_longest(found, pages, cells), start=1)
    ]


def filled(lines: Iterable[Line]) -> list[Line]:
    """Without the empty lines."""
    return [line for line in lines if line.text.strip()]


def cells(lines: Iterable[Line]) -> list[Line]:
    """Head and foot stand in two columns: what a wide gap parts are lines of their own, with the same number."""
    return [
        Line(line.number, part.strip(), cell=line.cell)
        for line in lines
        for part in _COLUMNS.split(line.text.strip())
        if part.strip()
    ]


def _plain(content: bytes) -> list[str]:
    for start, called in _UNREAD.items():
        if content.startswith(start):
            raise Refused(
                f"{called} chưa đọc được ở đây; hiện chỉ đọc tệp chữ (.txt), Word (.docx), Excel (.xlsx), "
                "PDF và ảnh (PNG, JPEG, TIFF)."
            )
    text = plain.text_in(content)
    if text is None:
        raise Refused(
            "Tệp này không phải tệp chữ viết bằng Unicode (UTF-8, UTF-16), Word (.docx) hoặc PDF nên không đọc được."
        )
    return [row.strip("\f") for row in re.split(r"\r\n|\r|\n", text)]


def scanned_in(content: bytes) -> list[int]:
    """The pages of a PDF, from 1, that are images without text. Refused as by `lines_of`, also without an engine."""
    numbers = _numbers_of_images(_pages_of(content))
    if numbers:
        scans.require_engine(is_image=False)
        scans.refuse_many(len(numbers))
    return numbers


def read_scanned(content: bytes, number: int) -> list[str]:
    """What the engine reads on one of these pages; refused for a secret marking."""
    read = scans.read_page(content, number)
    _refuse_marked(read)
    return read


def _pages_of(content: bytes) -> list[reading.Page]:
    portable.checked(content)
    pages = reading.all_pages(content)
    for page in pages[:1]:
        _refuse_marked(page.text.splitlines())
    return pages


def _numbers_of_images(pages: Sequence[reading.Page]) -> list[int]:
    return [number for number, page in enumerate(pages, 1) if page.images and not page.text.strip()]


def _portable(content: bytes, scanned: Mapping[int, Sequence[str]] | None) -> list[tuple[int, str]]:
    """(page, line). Pages that are images are read by the installed engine; refused where there is none."""
    pages = _pages_of(content)
    told = lines_of_pages(pages)
    if not _numbers_of_images(pages):
        return told
    if scanned is None:
        scanned = scans.read_pages(content)
    for read in scanned.values():
        _refuse_marked(read)
    told += [(number, text) for number, read in scanned.items() for text in ["", *read]]
    return sorted(told, key=lambda one: one[0])


def _refuse_marked(lines: Sequence[str]) -> None:
    """A secret marking in the head or at the foot; in a scan its marks may be lost ("TÔI MÂT")."""
    ends = list(openings.ends([line for line in lines if line.strip()]))
    lost = (part.strip(_EDGES) for line, _in_margin in ends for part in _COLUMNS.split(line.strip()))
    if marking.are_marked(ends) or any(part.isupper() and search_key(part) in _GRADES for part in lost):
        raise marking.SecretMarking("header")


def lines_of_word(content: bytes) -> list[Line]:
    """Of a package that `kind_of_package` has taken."""
    told = list(_word(content))
    return numbered([text for text, _cell in told], cells=[cell for _text, cell in told])


def _word(content: bytes) -> Iterator[tuple[str, int]]:
    """Each line with the cell that holds it."""
    if marking.in_header(FileType.DOCX, content):
        raise marking.SecretMarking("header")
    try:
        body = docx.Document(io.BytesIO(content)).element.body
    except (*packages.BROKEN, KeyError, AttributeError) as broken:
        raise Refused(packages.broken()) from broken
    for twin in list(body.iter(_FALLBACK)):  # a text box stands in the file twice, for old programs too
        twin.getparent().remove(twin)
    known: dict[Any, int] = {}
    for paragraph in body.iter(qn("w:p")):
        around = next(paragraph.iterancestors(qn("w:tc")), None)
        cell = 0 if around is None else known.setdefault(around, len(known) + 1)
        yield from ((text, cell) for text in _text_of(paragraph).split("\n"))


def _text_of(paragraph: Any) -> str:
    """Its words as they stand after all changes are accepted, without those of text boxes anchored in it."""
    signs = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
    told = []
    for element in paragraph.iter(qn("w:t"), *signs):
        run = element.getparent()
        owner = next(run.iterancestors(qn("w:p")), None)
        is_moved_away = run.getparent().tag == qn("w:moveFrom")
        if run.tag == qn("w:r") and owner is paragraph and not is_moved_away:
            told.append(signs.get(element.tag) or element.text or "")
    return "".join(told)
