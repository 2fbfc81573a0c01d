"""Which files are read, and what the lines of a Word file are."""

import io

import docx
import pytest
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from nenep.documents.intake.lines import MAX_TEXT, lines_of
from nenep.files.marking import SecretMarking
from nenep.files.tests.make import make_sheet
from nenep.shared.states import Refused

pytestmark = pytest.mark.either_database

TEXT = "CHI BỘ MỘT\r\n\r\nHọp chi bộ\n"


def texts(content, name="van-ban.txt"):
    return [(line.number, line.text) for line in lines_of(name, content)]


@pytest.mark.parametrize(
    "content",
    [
        TEXT.encode(),
        b"\xef\xbb\xbf" + TEXT.encode(),
        b"\xff\xfe" + TEXT.encode("utf-16-le"),
        b"\xfe\xff" + TEXT.encode("utf-16-be"),
        TEXT.encode("utf-16-le"),
        TEXT.encode("utf-16-be"),
    ],
)
def test_a_text_is_read_in_any_unicode(content):
    assert texts(content) == [(1, "CHI BỘ MỘT"), (2, ""), (3, "Họp chi bộ"), (4, "")]


def test_letters_in_parts_are_drawn_together_and_page_feeds_go():
    assert texts("Ho\u0323p\n\fsau".encode()) == [(1, "Họp"), (2, "sau")]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"II*\x00" + bytes(100), "Ảnh TIFF này bị hỏng"),
        (make_sheet(), "Bảng tính không có dòng"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "đời cũ chưa đọc được"),
        (b"{\\rtf1 a}", "Tệp RTF chưa đọc được"),
        (b"\x7fELF\x02\x01\x01\x00" + bytes(100), "không phải tệp chữ"),
        ("Họp ủy".encode()[:-2], "không phải tệp chữ"),
        (b"  \n \n", "không có chữ nào"),
        (b"", "trống"),
        (b"a " * (MAX_TEXT // 2 + 1), "quá dài"),
    ],
)
def test_another_file_is_refused_with_its_reason(content, sentence):
    with pytest.raises(Refused, match=sentence):
        lines_of("van-ban.txt", content)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Báo cáo TỐI MẬT.txt", "Họp"),
        ("a.txt", "ĐẢNG BỘ X\nTUYỆT MẬT\nSố 1"),
        ("a.txt", "ĐẢNG BỘ X\nTUYÊT MÂT\nSố 1"),
    ],
)
def test_a_secret_marking_is_refused(name, text):
    with pytest.raises(SecretMarking):
        lines_of(name, text.encode())


def word(fill):
    document, made = docx.Document(), io.BytesIO()
    fill(document)
    document.save(made)
    return made.getvalue()


def test_the_lines_of_a_word_file_are_its_paragraphs_in_order_with_those_of_tables():
    def fill(document):
        left, right = document.add_table(rows=1, cols=2).rows[0].cells
        left.text, right.text = "CHI BỘ MỘT", "ĐẢNG CỘNG SẢN VIỆT NAM"
        document.add_paragraph("dòng một\ndòng hai").add_run(" nữa")

    assert texts(word(fill)) == [
        (1, "CHI BỘ MỘT"),
        (2, "ĐẢNG CỘNG SẢN VIỆT NAM"),
        (3, "dòng một"),
        (4, "dòng hai nữa"),
    ]


def test_a_text_box_is_read_once_and_changes_are_taken_as_accepted():
    box = (
        '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" {w}>'
        "<mc:Choice><w:txbxContent><w:p><w:r><w:t>ĐẾN</w:t></w:r></w:p></w:txbxContent></mc:Choice>"
        "<mc:Fallback><w:txbxContent><w:p><w:r><w:t>ĐẾN</w:t></w:r></w:p></w:txbxContent></mc:Fallback>"
        "</mc:AlternateContent>"
    ).format(w=nsdecls("w"))

    def fill(document):
        paragraph = document.add_paragraph("Họp ")
        paragraph.add_run()._r.append(parse_xml(box))
        for tag, text in (("ins", "<w:t>chi bộ</w:t>"), ("del", "<w:delText>chi đoàn</w:delText>")):
            paragraph._p.append(parse_xml(f"<w:{tag} {nsdecls('w')}><w:r>{text}</w:r></w:{tag}>"))

    assert [text for _number, text in texts(word(fill))] == ["Họp chi bộ", "ĐẾN"]
