"""The page and the styles of the Word file, so that whoever edits it changes a style and not each line."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any

from docx import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from PIL import ImageFont

from nenep.documents import glyphs
from nenep.shared.vietnamese import search_key

if TYPE_CHECKING:
    from nenep.documents.layout import PageLayout

# Our own paragraph styles, named as a clerk would name them.
SUPERIOR, ISSUER, NUMBER = "Cấp trên", "Cơ quan ban hành", "Số ký hiệu"
PARTY, DAY = "Tiêu ngữ", "Địa danh và ngày tháng"  # a comma would start another name
LETTER_SUMMARY, SALUTATION = "Trích yếu công văn", "Kính gửi"
ADDRESSED, ADDRESSEE, AUTHORITY = "Kính gửi nhiều nơi", "Nơi được gửi", "Thẩm quyền ban hành"
TITLE_RULE, CELL, CELL_HEAD = "Gạch dưới trích yếu", "Ô bảng", "Đầu bảng"
CAPACITY, POSITION, NAME = "Thẩm quyền ký", "Chức vụ người ký", "Họ tên người ký"
RECIPIENTS, RECIPIENT, NOTE, GAP = "Nơi nhận", "Dòng nơi nhận", "Ghi chú", "Khoảng cách"
_CENTRE, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
SIGNING_ROOM_PT = 52
# Where several addressees stand: their opening word, and below it the list.
ADDRESSED_MM, ADDRESSEE_MM = 30, 38
LANGUAGE = "vi-VN"


def blank(layout: PageLayout) -> Any:
    """An empty document with margins, page numbers from page 2 and every style in place."""
    word = Document()
    _forget_thumbnail(word)
    _set_page(word, layout)
    _set_defaults(word)
    _set_built_in_styles(word.styles, layout)
    _set_head_styles(word.styles, layout)
    _set_opening_styles(word.styles, layout)
    _set_foot_styles(word.styles, layout)
    _set_page_number(word.sections[0])
    return word


@cache
def key_of(name: str) -> str:
    """What files call the style; other programs read it more safely without marks. Built-in styles follow it too."""
    return search_key(name).title().replace(" ", "")


def dress(paragraph: Any, name: str) -> Any:
    """The paragraph in a style. By its key: python-docx would look through all styles for each paragraph."""
    paragraph._p.style = key_of(name)  # noqa: SLF001  # see above
    return paragraph


def _forget_thumbnail(word: Any) -> None:
    """The template brings a picture of another document, which folders would show."""
    relations = word.part.package.rels
    for key in [key for key, relation in relations.items() if relation.reltype.endswith("/thumbnail")]:
        del relations[key]


def text_width_mm(layout: PageLayout) -> int:
    return 210 - layout.left_mm - layout.right_mm


def width_pt(text: str, size: int) -> float:
    """How wide a bold line is; the font has the measures of Times New Roman."""
    return _bold().getlength(text) * size / 1000


@cache
def _bold() -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(glyphs.FONTS / "LiberationSerif-Bold.ttf", 1000)


def _set_page(word: Any, layout: PageLayout) -> None:
    section = word.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin, section.bottom_margin = Mm(layout.top_mm), Mm(layout.bottom_mm)
    section.left_margin, section.right_margin = Mm(layout.left_mm), Mm(layout.right_mm)
    section.header_distance = section.footer_distance = Mm(layout.top_mm // 2)


def _set_defaults(word: Any) -> None:
    """Vietnamese as the language; the file format of today, so that Word opens it without a notice."""
    for language in word.styles.element.iter(qn("w:lang")):
        for part in ("val", "eastAsia", "bidi"):
            language.set(qn(f"w:{part}"), LANGUAGE)
    compatibility = word.settings.element.find(qn("w:compat"))
    for setting in list(compatibility):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")
        elif setting.tag == qn("w:useFELayout"):
            compatibility.remove(setting)


def _set_built_in_styles(styles: Any, layout: PageLayout) -> None:
    line, gap, indent = layout.line_pt, layout.gap_pt, layout.indent_mm
    _set(styles["Normal"], layout.font, layout.body_pt, line=line)
    body: dict[str, Any] = {"line": line, "after": gap, "indent": indent}
    _set(styles["Body Text"], layout.font, layout.body_pt, align=_JUSTIFY, **body)
    _set(styles["Heading 1"], layout.font, layout.body_pt, bold=True, keep=True, **body)
    _set(styles["Heading 2"], layout.font, layout.body_pt, bold=True, keep=True, **body)
    _set(styles["Heading 3"], layout.font, layout.body_pt, italic=True, keep=True, **body)
    title: dict[str, Any] = {"line": layout.kind_pt + 4, "before": 14}
    _set(styles["Title"], layout.font, layout.kind_pt, bold=True, align=_CENTRE, **title)
    _set(styles["Subtitle"], layout.font, layout.title_pt, bold=True, align=_CENTRE, line=line)
    _set(styles["Header"], layout.font, layout.page_number_pt, align=_CENTRE, line=line)


def _set_head_styles(styles: Any, layout: PageLayout) -> None:
    font, line = layout.font, layout.line_pt
    _add(styles, SUPERIOR, font, layout.superior_pt, align=_CENTRE, line=line)
    _add(styles, ISSUER, font, layout.issuer_pt, align=_CENTRE, line=line, bold=True)
    _add(styles, NUMBER, font, layout.number_pt, align=_CENTRE, line=line)
    _add(styles, PARTY, font, layout.party_pt, align=_CENTRE, line=line, after=8, bold=True)
    _add(styles, DAY, font, layout.date_pt, align=_CENTRE, line=line, italic=True)
    _add(styles, TITLE_RULE, font, layout.title_pt, align=_CENTRE, line=line, after=14)
    small = layout.letter_summary_pt
    _add(styles, LETTER_SUMMARY, font, small, align=_CENTRE, line=small + 3, italic=True)


def _set_opening_styles(styles: Any, layout: PageLayout) -> None:
    font, size, line = layout.font, layout.body_pt, layout.line_pt
    _add(styles, SALUTATION, font, size, align=_CENTRE, line=line, after=14)
    _add(styles, ADDRESSED, font, size, line=line, keep=True).paragraph_format.left_indent = Mm(ADDRESSED_MM)
    _add(styles, ADDRESSEE, font, size, line=line).paragraph_format.left_indent = Mm(ADDRESSEE_MM)
    _add(styles, AUTHORITY, font, size, align=_CENTRE, line=line, after=layout.gap_pt, bold=True, keep=True)


def _set_foot_styles(styles: Any, layout: PageLayout) -> None:
    font, size, line = layout.font, layout.body_pt, layout.line_pt
    cell = {"size": layout.table_pt, "line": layout.table_pt + 3}
    _add(styles, CELL, font, **cell)
    _add(styles, CELL_HEAD, font, **cell, bold=True, align=_CENTRE, keep=True)
    _add(styles, CAPACITY, font, size, align=_CENTRE, line=line, bold=True, keep=True)
    _add(styles, POSITION, font, size, align=_CENTRE, line=line, bold=layout.position_bold, keep=True)
    _add(styles, NAME, font, size, align=_CENTRE, line=line, before=SIGNING_ROOM_PT, bold=True)
    _add(styles, RECIPIENTS, font, size, line=line, keep=True)
    _add(styles, RECIPIENT, font, layout.recipients_pt, line=layout.recipients_pt + 3)
    _add(styles, NOTE, font, 10, line=13, before=14, italic=True)
    _add(styles, GAP, font, size, line=14, keep=True)


def _add(styles: Any, name: str, font: str, size: int, **measures: Any) -> Any:
    style = styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    style.element.styleId = key_of(name)
    style.base_style = styles["Normal"]
    style.quick_style = True
    _set(style, font, size, **measures)
    return style


def _set(
    style: Any,
    font: str,
    size: int,
    *,
    line: int,
    before: int = 0,
    after: int = 0,
    indent: int = 0,
    bold: bool = False,
    italic: bool = False,
    keep: bool = False,
    align: WD_ALIGN_PARAGRAPH = _LEFT,
) -> None:
    _set_font(style, font, size, bold=bold, italic=italic)
    form = style.paragraph_format
    form.alignment, form.first_line_indent = align, Mm(indent)
    form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(line)
    form.space_before, form.space_after = Pt(before), Pt(after)
    form.keep_with_next, form.widow_control = keep, True


def _set_font(style: Any, font: str, size: int, *, bold: bool, italic: bool) -> None:
    """The family for every script: Word takes a letter from `hAnsi`, `eastAsia` or `cs` as it sees fit."""
    properties = style.element.get_or_add_rPr()
    properties.clear()  # what Word's own template says: theme fonts, colours, spacing of letters
    for border in list(style.element.iter(qn("w:pBdr"))):
        border.getparent().remove(border)
    style.font.name = font
    fonts = properties.find(qn("w:rFonts"))
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), font)
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, italic
    style.font.color.rgb = RGBColor(0, 0, 0)


def _set_page_number(section: Any) -> None:
    section.different_first_page_header_footer = True
    paragraph = section.header.paragraphs[0]
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    shown = OxmlElement("w:t")
    shown.text = "2"
    run.append(shown)
    field.append(run)
    paragraph._p.append(field)  # noqa: SLF001  # python-docx has no verb for fields
