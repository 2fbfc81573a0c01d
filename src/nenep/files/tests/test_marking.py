import io

import docx
import pytest

from nenep.files.checking import check
from nenep.files.marking import SecretMarking, in_name
from nenep.files.tests.make import make_image, make_pdf, make_sheet, make_word


@pytest.mark.parametrize(
    "name",
    [
        "MẬT.pdf",
        "Kế hoạch (Mật).docx",
        "ke-hoach_TỐI MẬT.pdf",
        "tuyệt mật 05.pdf",
        "toi_mat.pdf",
        "TUYET-MAT.docx",
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
        "tomato.pdf",
    ],
)
def test_a_name_that_speaks_of_secrets_is_no_marking(name):
    assert not in_name(name)


def split_word(*runs):
    document, made = docx.Document(), io.BytesIO()
    cell = document.add_table(1, 1).cell(0, 0)
    for run in runs:
        cell.paragraphs[0].add_run(run)
    document.save(made)
    return made.getvalue()


MARKED = {
    "word": make_word("ĐẢNG BỘ TỈNH", "MẬT", "Số 05-KH/TU"),
    "word, page header": make_word("Số 05", header="Độ mật: TUYỆT MẬT"),
    "word, table and runs": split_word("T", "ỐI M", "ẬT"),
    "word, letters in pieces": make_word("MA\u0302\u0323T"),
    "pdf": make_pdf("ĐẢNG BỘ TỈNH", "MẬT"),
    "pdf, beside the party": make_pdf("Số 05-KH/TU  TỐI MẬT  ĐẢNG CỘNG SẢN VIỆT NAM"),
    "sheet": make_sheet(("TUYỆT MẬT",), ("Họ tên",)),
}


@pytest.mark.parametrize("case", MARKED)
def test_a_marking_in_the_head_is_seen(case):
    with pytest.raises(SecretMarking) as refused:
        check("kế hoạch", MARKED[case])
    assert refused.value.reason == "header"


UNMARKED = {
    "title about secrets": make_word("KẾ HOẠCH", "BẢO VỆ BÍ MẬT NHÀ NƯỚC", "CÔNG TÁC BẢO MẬT"),
    "small letters": make_word("Nội dung mật thiết với cơ sở, giữ kín là mật."),
    "far below": make_word(*["dòng"] * 60, "MẬT"),
    "pdf about secrets": make_pdf("QUY ĐỊNH BẢO VỆ BÍ MẬT NHÀ NƯỚC"),
    "plain word": make_word(),
    "sheet": make_sheet(("MẬT KHẨU", "MẬT ĐỘ")),
}


@pytest.mark.parametrize("case", UNMARKED)
def test_a_text_without_marking_is_taken(case):
    assert check("kế hoạch", UNMARKED[case])
