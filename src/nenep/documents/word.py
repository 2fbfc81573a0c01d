"""The document as an editable Word file: the same words as the PDF, real styles, nothing active in it."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, time
from typing import TYPE_CHECKING, Any

from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from nenep.documents import word_page as style
from nenep.documents.composition import compose
from nenep.documents.pdf import NO_DAY

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nenep.documents.composition import Composition, Piece
    from nenep.documents.content import OfficialDocument
    from nenep.documents.layout import PageLayout

ALIGNED = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
}
# The left column of the head takes this share of the width, as in the PDF.
LEFT_SHARE = 0.43
# A printer's measures differ by a hair; without room the line would break.
SLACK_PT = 8
# The oldest time that a zip entry can bear: the same content gives the same bytes.
ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)


def render(document: OfficialDocument, layout: PageLayout) -> bytes:
    """The .docx file; the same content gives the same bytes."""
    words, word = compose(document, layout), style.blank(layout)
    _head(word, words, layout)
    _title(word, words, layout)
    _salutation(word, words)
    for piece in words["pieces"]:
        _piece(word, piece, layout)
    _foot(word, words, layout)
    _properties(word, words, document)
    made = io.BytesIO()
    word.save(made)
    return _timeless(made.getvalue())


def _head(word: Any, words: Composition, layout: PageLayout) -> None:
    width = style.text_width_mm(layout)
    left, right = _two_columns(word, (width * LEFT_SHARE, width * (1 - LEFT_SHARE)))
    issuer = [(style.ISSUER, row) for row in words["issuer"]]
    number = [(style.NUMBER, words["number_line"])] if words["number_line"] else []
    superior = [(style.SUPERIOR, row) for row in words["superior"]]
    summary = [(style.LETTER_SUMMARY, row) for row in words["letter_summary"]]
    _fill(left, [*superior, *issuer, (style.NUMBER, layout.separator), *number, *summary])
    day = [(style.DAY, words["date_line"])] if words["date_line"] else []
    _fill(right, [(style.PARTY, layout.party), *day])
    _underline_whole(right.paragraphs[0], layout.party, layout.party_pt, Mm(width * (1 - LEFT_SHARE)).pt)


def _title(word: Any, words: Composition, layout: PageLayout) -> None:
    if not words["kind_name"] and not words["title"]:
        _add(word, style.GAP)  # the distance that a title has elsewhere
        return
    if words["kind_name"]:
        _add(word, "Title", words["kind_name"])
    for row in words["title"]:
        _add(word, "Subtitle", row)
    _add(word, style.TITLE_RULE, layout.title_rule)


def _salutation(word: Any, words: Composition) -> None:
    """One addressee in the middle, several as a list."""
    rows = words["salutation"]
    if len(rows) == 1:
        _add(word, style.SALUTATION, rows[0])
        return
    for number, row in enumerate(rows):
        _add(word, style.ADDRESSEE if number else style.ADDRESSED, row)
    if rows:
        word.paragraphs[-1].paragraph_format.space_after = Pt(14)


def _piece(word: Any, piece: Piece, layout: PageLayout) -> None:
    if piece["kind"] == "heading":
        _add(word, f"Heading {piece['level']}", piece["text"])
    elif piece["kind"] == "table":
        _table(word, piece, layout)
    elif piece["kind"] == "authority":
        _add(word, style.AUTHORITY, piece["text"])
    else:
        paragraph = _add(word, "Body Text")
        if piece["lead"]:
            paragraph.add_run(piece["lead"]).bold = True
            paragraph.add_run(" " if piece["text"] else "")
        paragraph.add_run(piece["text"])


def _table(word: Any, piece: Piece, layout: PageLayout) -> None:
    share = style.text_width_mm(layout) / sum(piece["widths"])
    table = word.add_table(rows=0, cols=len(piece["header"]), style="Table Grid")
    _fix_widths(table, [width * share for width in piece["widths"]])
    _row(table, piece["header"], [style.CELL_HEAD] * len(piece["header"]))
    _mark_row(table.rows[0], "w:tblHeader")
    for row in piece["rows"]:
        cells = _row(table, row, [style.CELL] * len(row))
        for cell, aligned in zip(cells, piece["aligned"], strict=True):
            for paragraph in cell.paragraphs:
                paragraph.alignment = ALIGNED[aligned]
    _add(word, style.GAP).paragraph_format.line_spacing = Pt(layout.gap_pt)


def _row(table: Any, texts: Sequence[str], styles: Sequence[str]) -> Sequence[Any]:
    row = table.add_row()
    _mark_row(row, "w:cantSplit")
    for cell, text, name in zip(row.cells, texts, styles, strict=True):
        _fill(cell, [(name, line) for line in text.split("\n")])
    return row.cells  # type: ignore[no-any-return]


def _foot(word: Any, words: Composition, layout: PageLayout) -> None:
    """Signatures on the right, and on the left those of the minutes or, without any, the recipients."""
    if word.paragraphs:
        word.paragraphs[-1].paragraph_format.keep_with_next = True
    _add(word, style.GAP)
    recipients = _recipient_lines(words, layout)
    half = style.text_width_mm(layout) / 2
    left, right = _two_columns(word, (half, half))
    _fill(left, _signature_lines(words["left"]) if words["left"] else recipients)
    _fill(right, _signature_lines(words["right"]))
    if words["left"]:
        for name, text in recipients:
            _write(style.dress(word.add_paragraph(), name), name, text)
    for piece in words["added"]:
        _piece(word, piece, layout)
    if words["note"]:
        _add(word, style.NOTE, words["note"])
    elif not words["added"]:  # Word wants a paragraph below a table; no page may begin for an empty one
        _add(word, style.GAP).paragraph_format.line_spacing = Pt(1)


def _signature_lines(signatures: Iterable[dict[str, str]]) -> list[tuple[str, str]]:
    lines: list[tuple[str, str]] = []
    for signed in signatures:
        # Without a capacity above it the position is the title of the signature (minutes) and stands in bold.
        position = style.POSITION if signed["capacity"] else style.CAPACITY
        capacity = [(style.CAPACITY, signed["capacity"])] if signed["capacity"] else []
        lines += [*capacity, (position, signed["position"]), (style.NAME, signed["name"])]
    return lines


def _recipient_lines(words: Composition, layout: PageLayout) -> list[tuple[str, str]]:
    if not words["recipients"]:
        return []
    return [(style.RECIPIENTS, layout.recipients), *((style.RECIPIENT, row) for row in words["recipients"])]


def _two_columns(word: Any, widths_mm: tuple[float, float]) -> Sequence[Any]:
    table = word.add_table(rows=0, cols=2)
    _fix_widths(table, widths_mm)
    _without_padding(table)
    row = table.add_row()
    _mark_row(row, "w:cantSplit")
    return row.cells  # type: ignore[no-any-return]


def _without_padding(table: Any) -> None:
    """So that lines break where they do in the PDF, and "Nơi nhận" stands at the margin."""
    margins = OxmlElement("w:tblCellMar")
    for name in ("left", "right"):
        side = OxmlElement(f"w:{name}")
        side.set(qn("w:w"), "0")
        side.set(qn("w:type"), "dxa")
        margins.append(side)
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook")  # noqa: SLF001  # python-docx has no verb for it


def _fix_widths(table: Any, widths_mm: Sequence[float]) -> None:
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    for column, width in zip(table.columns, widths_mm, strict=True):
        column.width = Mm(width)


def _fill(cell: Any, lines: Sequence[tuple[str, str]]) -> None:
    """Lines of (style, text) into a cell; its one empty paragraph takes the first."""
    for number, (name, text) in enumerate(lines):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        _write(style.dress(paragraph, name), name, text)


def _write(paragraph: Any, name: str, text: str) -> None:
    paragraph.add_run(text).underline = name == style.RECIPIENTS or None


def _add(word: Any, name: str, text: str = "") -> Any:
    return style.dress(word.add_paragraph(text), name)


def _mark_row(row: Any, mark: str) -> None:
    row._tr.get_or_add_trPr().append(OxmlElement(mark))  # noqa: SLF001  # python-docx has no verb for it


def _underline_whole(paragraph: Any, text: str, size: int, column_pt: float) -> None:
    """A rule under the line as long as the line; an underline would cut the dots of Ộ and Ệ."""
    side = max(0.0, (column_pt - style.width_pt(text, size)) / 2 - SLACK_PT)
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Pt(side)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for key, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{key}"), value)
    borders.append(bottom)
    paragraph._p.get_or_add_pPr().insert_element_before(  # noqa: SLF001  # python-docx has no verb for borders
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )


def _properties(word: Any, words: Composition, document: OfficialDocument) -> None:
    properties, day = word.core_properties, datetime.combine(document.day or NO_DAY, time(), tzinfo=UTC)
    properties.title = words["file_title"][:255]
    properties.author = properties.last_modified_by = " ".join(words["issuer"])[:255]
    properties.comments, properties.language = "", style.LANGUAGE
    properties.created = properties.modified = day.replace(tzinfo=None)


def _timeless(made: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(made)) as source, zipfile.ZipFile(packed, "w") as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, ZIP_EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return packed.getvalue()
