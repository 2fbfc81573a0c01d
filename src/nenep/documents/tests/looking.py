"""What stands where in a rendered paper, and its words one after the other."""

import io
import math
from dataclasses import dataclass

import docx
from docx.oxml.ns import qn
from pypdf import PdfReader

MM = 72 / 25.4


@dataclass(frozen=True)
class Placed:
    """A run of text on a page: its left end and baseline in points from the lower left corner, `size` in points."""

    page: int
    x: float
    y: float
    size: float
    font: str
    text: str


def placed(made):
    """Every run of a PDF in the order of its reading."""
    found = []
    for number, page in enumerate(PdfReader(io.BytesIO(made)).pages, start=1):

        def keep(text, outer, inner, font, size, number=number):
            if text.strip():
                x = inner[4] * outer[0] + inner[5] * outer[2] + outer[4]
                y = inner[4] * outer[1] + inner[5] * outer[3] + outer[5]
                shown = size * math.hypot(inner[0], inner[1]) * math.hypot(outer[0], outer[1])
                name = font["/BaseFont"].split("+")[-1]
                found.append(Placed(number, x, y, round(shown, 1), name, text.strip()))

        page.extract_text(visitor_text=keep)
    return found


def words_of_pdf(made):
    """The words without the numbers of pages."""
    words = []
    for number, page in enumerate(PdfReader(io.BytesIO(made)).pages, start=1):
        shown = page.extract_text().replace("\u00a0", " ").split()
        if number > 1:
            assert shown[0] == str(number)
            shown = shown[1:]
        words += shown
    return words


def words_of_word(made):
    words = []
    for paragraph in docx.Document(io.BytesIO(made)).element.body.iter(qn("w:p")):
        text = "".join(node.text or "" for node in paragraph.iter(qn("w:t")))
        words += text.replace("\u00a0", " ").split()
    return words
