import io
from datetime import date

import docx
import pytest

from nenep.documents import pdf, word
from nenep.documents.layout import layout_on
from nenep.documents.tests.make import make_minutes, make_resolution
from nenep.files.checking import check
from nenep.files.marking import SecretMarking, in_name
from nenep.files.tests.make import (
    STRICT,
    TRANSITIONAL,
    make_book,
    make_image,
    make_pdf,
    make_sheet,
    make_word,
    repacked,
    with_main_part,
    with_text,
)


@pytest.mark.parametrize(
    "name",
    [
        "MẬT.pdf",
        "Kế hoạch (Mật).docx",
        "ke-hoach_TỐI MẬT.pdf",
        "tuyệt mật 05.pdf",
        "toi_mat.pdf",
        "TUYET-MAT.docx",
        "Công văn mật số 5.pdf",
    ],
)
def test_a_marking_in_the_name_is_seen(name):
    assert in_name(name)
    with pytest.raises(SecretMarking, match="bí mật nhà nước"):
        check(name, make_image())


@pytest.mark.parametrize(
    "name",
    [
        "bảo vệ bí mật nhà nước.pdf",
        "Bảo mật thông tin.docx",
        "mật độ dân số.xlsx",
        "mật khẩu.pdf",
        "gặp mặt.pdf",
        "Hồ sơ Nguyễn Văn Mật.pdf",
        "tomato.pdf",
    ],
)
def test_a_name_that_speaks_of_secrets_is_no_marking(name):
    assert not in_name(name)


SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def split_word(text):
    """In a cell of a table, cut into runs."""
    document, made = docx.Document(), io.BytesIO()
    cell = document.add_table(1, 1).cell(0, 0)
    for run in (text[:1], text[1:4], text[4:]):
        cell.paragraphs[0].add_run(run)
    document.save(made)
    return made.getvalue()


def beside(text, break_="<w:br/>"):
    """On a line of its own within a paragraph, or after a tab."""
    return with_text(make_word("ĐẢNG BỘ TỈNH#"), "#", f"</w:t>{break_}<w:t>{text}")


def watermark(text):
    shape = f'<v:shape xmlns:v="urn:schemas-microsoft-com:vml"><v:textpath string="{text}"/></v:shape>'
    return with_text(make_word(header="#"), "<w:t>#</w:t>", f"<w:pict>{shape}</w:pict>")


def word_part(name, root, text):
    content = f'<w:{root} xmlns:w="{TRANSITIONAL}"><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:{root}>'
    return repacked(make_word(), add={name: content})


def page_head(text, place="oddHeader"):
    def write(book):
        getattr(book.active, place).center.text = text
        getattr(book.active, place).center.size = 14
        getattr(book.active, place).center.font = "Arial,Bold"

    return make_book(write)


def cell(text, kind="str"):
    value = f"<is><t>{text}</t></is>" if kind == "inlineStr" else f"<v>{text}</v>"
    row = f'<sheetData><row r="1"><c r="A1" t="{kind}">{value}</c></row>'
    return with_text(make_sheet(), "<sheetData>", row)


def typed_last(text):
    """In the first cell and in two colours, but kept behind all other texts: whoever marks a sheet does it at the end."""
    strings = "".join(f"<si><t>dòng {number}</t></si>" for number in range(60))
    kept = f'<sst xmlns="{SHEET}">{strings}<si><r><t>{text[:2]}</t></r><r><t>{text[2:]}</t></r></si></sst>'
    return repacked(cell("60", "s"), add={"xl/sharedStrings.xml": kept})


PLACES = {
    "word": lambda text: make_word("ĐẢNG BỘ TỈNH", text, "Số 05-KH/TU"),
    "word, page header": lambda text: make_word("Số 05", header=text),
    "word, table and runs": split_word,
    "word, line of its own": beside,
    "word, after a tab": lambda text: beside(text, "<w:tab/>"),
    "word, watermark": watermark,
    "word, footer": lambda text: word_part("word/footer9.xml", "ftr", text),
    "word, header of another name": lambda text: word_part("word/top.xml", "hdr", text),
    "word, main part elsewhere": lambda text: with_main_part(
        make_word(text), "word/document.xml", "other/doc.xml"
    ),
    "word, strict": lambda text: with_text(make_word(text), TRANSITIONAL, STRICT),
    "pdf": lambda text: make_pdf("ĐẢNG BỘ TỈNH", text),
    "pdf, foot of the page": lambda text: make_pdf(*["dòng"] * 50, text, size=6),
    "sheet": lambda text: make_sheet((text,), ("Họ tên",)),
    "sheet, result of a formula": cell,
    "sheet, text in its cell": lambda text: cell(text, "inlineStr"),
    "sheet, typed last": typed_last,
    "sheet, page header": page_head,
    "sheet, page footer": lambda text: page_head(text, "oddFooter"),
    "sheet, header of even pages": lambda text: page_head(text, "evenHeader"),
}
FORMS = [
    "MẬT",
    "TỐI MẬT",
    "Tuyệt mật",
    "(Tối mật)",
    "Tối Mật - Bản số 03",
    "Độ mật: Mật",
    "Độ mật: TUYỆT MẬT",
    "T Ố I  M Ậ T",
    "M.Ậ.T",
    "TOI MAT",
    "Tuyet mat",
    "Do mat: Mat",
    "MA\u0302\u0323T",
    "M\u200bẬT",
]


@pytest.mark.parametrize("place", PLACES)
def test_a_marking_is_seen_where_it_stands(place):
    for text in ("TỐI MẬT", "Tối mật"):
        with pytest.raises(SecretMarking) as refused:
            check("kế hoạch", PLACES[place](text))
        assert refused.value.reason == "header"


@pytest.mark.parametrize("place", PLACES)
def test_other_words_in_the_same_place_are_taken(place):
    """The twin: it is the marking that is refused, not the file."""
    assert check("kế hoạch", PLACES[place]("TỐI MÁT"))


@pytest.mark.parametrize("form", FORMS)
def test_a_marking_is_seen_however_it_is_written(form):
    with pytest.raises(SecretMarking, match="bí mật nhà nước"):
        check("kế hoạch", PLACES["word"](form))


@pytest.mark.parametrize(
    "line", ["Tài liệu tối mật, không sao chụp", "Số 05-KH/TU  TỐI MẬT  ĐẢNG CỘNG SẢN VIỆT NAM"]
)
def test_a_marking_among_other_words_is_seen(line):
    with pytest.raises(SecretMarking):
        check("kế hoạch", make_word("Số 05", header=line))


# Papers that branches really have. None of them is secret.
HARMLESS = {
    "a plan to protect secrets": [
        "KẾ HOẠCH",
        "BẢO VỆ BÍ MẬT NHÀ NƯỚC, CÔNG TÁC BẢO MẬT",
        "Bí mật nhà nước có ba độ: Tuyệt mật, Tối mật và Mật.",
        "Cán bộ được giao giữ tài liệu tối mật phải ký cam kết",
        "Tài liệu có độ mật được quản lý trong máy tính không nối mạng; lộ, lọt tài liệu",
        "mật.",
    ],
    "a list of the grades": ["Điều 2. Phân loại", "1. Độ Tuyệt mật", "2. Độ Tối mật", "3. Độ Mật"],
    "a report with a table": [
        "BÁO CÁO",
        "Công tác văn thư quý III",
        *("Văn bản đến", "Thường", "Mật", "Tối mật", "Tuyệt mật"),
        *("412", "412", "0", "0", "0"),
    ],
    "a short table": ["Văn bản đi", "Thường", "Mật", "38", "0"],
    "a form": ["PHIẾU TRÌNH", "Độ mật:", "Độ mật: Không", "Độ khẩn: Thường", "Mức độ mật: Thường"],
    "minutes with a name": [
        "BIÊN BẢN",
        "ĐỒNG CHÍ TRẦN THỊ MẬT VÀ ĐỒNG CHÍ LÊ VĂN MẬT",
        "Đồng chí Lê Văn Mật phát biểu: cần giữ kín nội bộ, gắn bó mật thiết với nhân dân.",
    ],
    "places and goods": [
        "CHI BỘ PHỐ MẬT SƠN",
        "Nghị quyết về nghề nuôi ong lấy mật",
        "MẬT ONG VÀ MẬT MÍA",
        "Mật ong",
    ],
    "how to sign in": [
        "HƯỚNG DẪN",
        "MẬT KHẨU",
        "Đổi mật khẩu, giữ bí mật mật khẩu.",
        "Mật khẩu",
        "MẬT ĐỘ DÂN CƯ",
    ],
    "a letter without marks": [
        "Toi mat the dang vien ngay 05/9.",
        "Toi mat lien lac voi dong chi",
        "mat",
        "Mat truc",
    ],
    "letters set apart": ["B Ả O  V Ệ  B Í  M Ậ T", "C Ộ N G   H Ò A", "Đ Ộ   M Ậ T :"],
    "far below": [*["dòng"] * 60, "MẬT", *["dòng"] * 10],
}
MAKERS = {
    "word": make_word,
    "pdf": make_pdf,
    "sheet": lambda *lines: make_sheet(*((line,) for line in lines)),
}


@pytest.mark.parametrize("maker", MAKERS)
@pytest.mark.parametrize("paper", HARMLESS)
def test_a_harmless_paper_is_taken(paper, maker):
    assert check("kế hoạch", MAKERS[maker](*HARMLESS[paper]))


@pytest.mark.parametrize("paper", HARMLESS)
def test_the_same_paper_with_a_marking_is_refused(paper):
    """What could leak: nothing harmless around it hides a marking."""
    with pytest.raises(SecretMarking):
        check("kế hoạch", make_word("TỐI MẬT", *HARMLESS[paper]))


@pytest.mark.parametrize("made", [make_minutes, make_resolution])
@pytest.mark.parametrize("renderer", [pdf.render, word.render])
def test_our_own_papers_are_taken(made, renderer):
    paper = made()
    assert check("biên bản", renderer(paper, layout_on(paper.day or date(2026, 11, 24))))


def test_a_page_header_may_talk_about_secrets():
    header = "Tài liệu học tập về bảo vệ bí mật nhà nước, không phải tài liệu mật"
    assert check("bài giảng", make_word("BÀI 1", header=header))
    assert check("bài giảng", page_head(header))
