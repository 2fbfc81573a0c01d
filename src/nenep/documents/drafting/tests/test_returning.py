"""A draft goes out as Word, somebody works on it, and it comes back: what changed is shown, what is not taken is said."""

import io

import docx
import pytest
from docx.oxml import OxmlElement
from docx.oxml.ns import qn

from nenep.documents import word
from nenep.documents.drafting.composing import content_of
from nenep.documents.drafting.operations import begin, save
from nenep.documents.drafting.returning import (
    differences,
    put_aside,
    read_back,
    returned_from,
    take_over,
)
from nenep.documents.drafting.skeletons import skeletons
from nenep.documents.drafting.tests.make import make_draft
from nenep.documents.drafting.versions import printed_lines
from nenep.documents.layout import layout_on
from nenep.documents.models import Draft
from nenep.documents.tests.editing import added_after, paragraph_with, replaced, saved, split_runs
from nenep.files.models import RefusedUpload
from nenep.files.tests.make import make_pdf, make_upload, make_word
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
CODES = [code for code in skeletons() if code]


@pytest.fixture
def branch(bloc):
    make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
    return bloc.branch


def word_of(draft, *changes):
    content = word.render(content_of(draft), layout_on(draft.day or today()))
    return saved(content, *changes) if changes else content


def come_back(draft, *changes):
    read_back(draft, make_upload(word_of(draft, *changes), "van-ban.docx"), by=None)
    return differences(draft)


def told(parts):
    return [
        (part.title, line.how, line.text)
        for part in parts
        for line in part.lines
        if line.how in {"gone", "come"}
    ]


@pytest.mark.parametrize("changes", [(), (split_runs,)], ids=["as made", "runs split"])
@pytest.mark.parametrize("kind", CODES)
def test_every_kind_comes_back_without_a_difference(branch, kind, changes):
    draft = begin(branch, kind, by=None)
    assert told(come_back(draft, *changes)) == []
    notes = [note for note in draft.returned["notes"] if "có bảng" not in note]
    assert notes == []


@pytest.mark.parametrize("kind", CODES)
def test_what_comes_back_unchanged_and_is_taken_over_prints_the_same(branch, kind):
    draft = begin(branch, kind, by=None)
    come_back(draft)
    before, lines = content_of(draft), printed_lines(draft)
    take_over(draft, seen_revision=1, by=None)
    after = content_of(draft)
    assert printed_lines(draft) == lines
    assert list(map(type, after.blocks)) == list(map(type, before.blocks))
    assert (after.title, after.addressees) == (before.title, before.addressees)


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
def test_changes_are_shown_line_by_line_and_one_press_makes_a_version(branch, tracked):
    draft = make_draft(branch)
    parts = come_back(
        draft,
        replaced("tháng 10", "tháng 11", tracked=tracked),
        added_after("Chi ủy phân công", "Đồng chí An giúp việc.", tracked=tracked),
        replaced("quý IV", "quý III", tracked=tracked),
        replaced("Lê Thị Thảo", "Lê Thị Hoa", tracked=tracked),
    )
    assert told(parts) == [
        ("Trích yếu", "gone", "tổ chức sinh hoạt chuyên đề quý IV năm 2026"),
        ("Trích yếu", "come", "tổ chức sinh hoạt chuyên đề quý III năm 2026"),
        ("Nội dung", "gone", "2 | Gửi tài liệu cho đảng viên | Lê Thị Thảo | 30/9/2026"),
        ("Nội dung", "come", "2 | Gửi tài liệu cho đảng viên | Lê Thị Hoa | 30/9/2026"),
        ("Nội dung", "gone", "2. Đảng viên báo cáo tại kỳ sinh hoạt tháng 10."),
        ("Nội dung", "come", "Đồng chí An giúp việc."),
        ("Nội dung", "come", "2. Đảng viên báo cáo tại kỳ sinh hoạt tháng 11."),
    ]
    take_over(draft, seen_revision=2, by=None)
    assert draft.revision == 3
    assert draft.subject.endswith("quý III năm 2026")
    assert "2 | Gửi tài liệu cho đảng viên | Lê Thị Hoa | 30/9/2026" in draft.text
    version = draft.versions.last()
    assert (version.is_from_word, version.text) == (True, draft.text)
    assert draft.returned is None


def test_empty_lines_stay_where_they_were_typed(branch):
    draft = make_draft(branch)
    typed = draft.text
    come_back(draft, replaced("tháng 10", "tháng 11"))
    take_over(draft, seen_revision=2, by=None)
    assert draft.text == typed.replace("tháng 10", "tháng 11")


def test_a_paragraph_of_word_in_small_letters_stays_one(branch):
    draft = make_draft(branch, text="Chi bộ họp và\nHết.")
    come_back(draft, added_after("Chi bộ họp và", "trừ đồng chí An"))
    take_over(draft, seen_revision=2, by=None)
    assert printed_lines(draft) == ["Chi bộ họp và", "trừ đồng chí An", "Hết."]


def test_addressees_of_a_letter_come_back(branch):
    draft = make_draft(
        branch, "CV", addressees="Ban Xây dựng Đảng\nTrung tâm Chính trị", subject="về việc cử đảng viên"
    )
    parts = come_back(
        draft, replaced("Trung tâm Chính trị", "Trường Chính trị"), replaced("cử đảng viên", "cử người")
    )
    assert told(parts) == [
        ("Trích yếu", "gone", "về việc cử đảng viên"),
        ("Trích yếu", "come", "về việc cử người"),
        ("Kính gửi", "gone", "Trung tâm Chính trị"),
        ("Kính gửi", "come", "Trường Chính trị"),
    ]


def notes_after(draft, *changes):
    return " ".join(returned_from(draft, "a.docx", word_of(draft, *changes)).notes)


def test_another_kind_and_another_issuer_are_said(branch, bloc):
    draft, other = make_draft(branch), begin(bloc.lone_branch, "TB", by=None)
    notes = " ".join(returned_from(draft, "a.docx", word_of(other)).notes)
    assert "Bản Word là thông báo, dự thảo này là kế hoạch" in notes
    assert "cơ quan ban hành là CHI BỘ HỘI D" in notes
    assert "dự thảo này của Chi bộ Văn phòng Sở A" in notes


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (replaced("Số .....-KH/CB", "Số 07-KH/CB"), "ghi số 07-KH/CB"),
        (replaced("- Đảng ủy Sở A (B/c),", "- Ban Tổ chức (B/c),"), "thêm hoặc khác: Ban Tổ chức"),
        (replaced("Vũ Thị Minh", "Lê Văn Khác"), "người ký là Lê Văn Khác"),
        (
            replaced("Ngày .... tháng .... năm ........", "ngày 05 tháng 9 năm 2026"),
            "ghi ngày 05/09/2026",
        ),
        (replaced("KẾ HOẠCH", "KẾ HOẠCH LỚN"), "Không đọc được trích yếu"),
    ],
)
def test_what_is_chosen_on_the_page_is_told_and_not_taken(branch, change, said):
    draft = make_draft(branch)
    assert notes_after(draft) == "Bản Word có bảng: mỗi hàng thành một dòng, các ô ngăn bằng dấu |."
    assert said in notes_after(draft, change)


def numbered_by_word(document):
    paragraph = paragraph_with(document, "Chi ủy phân công")
    mark = OxmlElement("w:numPr")
    paragraph._p.get_or_add_pPr().append(mark)


def with_words_in_the_margin(document):
    document.sections[0].footer.paragraphs[0].text = "Bản của đồng chí An"


@pytest.mark.parametrize(
    ("change", "said"),
    [(numbered_by_word, "Word tự đánh số"), (with_words_in_the_margin, "Chữ ở lề trang")],
)
def test_what_is_not_read_is_said(branch, change, said):
    draft = make_draft(branch)
    assert said not in notes_after(draft)
    assert said in notes_after(draft, change)


@pytest.mark.parametrize(
    "text", ["Kính gửi đồng chí An thư này.", "- Một.\n- Hai.", "DỰ THẢO này là văn bản.\n\nchữ thường."]
)
def test_words_of_the_text_that_look_like_the_frame_come_back_too(branch, text):
    draft = make_draft(branch, text=f"Mở đầu của chi bộ.\n{text}\nHết.")
    assert told(come_back(draft)) == []


def test_the_draft_went_on_meanwhile_and_both_are_seen(branch):
    draft = make_draft(branch)
    come_back(draft, replaced("tháng 10", "tháng 11"))
    save(draft, {"subject": "của người kia"}, seen_revision=2, by=None)
    with pytest.raises(Stale):
        take_over(draft, seen_revision=2, by=None)
    assert ("Trích yếu", "gone", "của người kia") in told(differences(draft))
    take_over(draft, seen_revision=3, by=None)
    assert draft.versions.count() == 4


def test_what_is_put_aside_is_forgotten(branch):
    draft = make_draft(branch)
    come_back(draft, replaced("tháng 10", "tháng 11"))
    put_aside(draft, by=None)
    assert Draft.objects.get().returned is None
    assert "tháng 10" in draft.text
    with pytest.raises(Refused, match="đã được lấy hoặc đã bỏ"):
        take_over(draft, seen_revision=2, by=None)


@pytest.mark.parametrize(
    "file",
    [
        lambda: make_upload(make_pdf("KẾ HOẠCH")),
        lambda: make_upload("chỉ là chữ".encode(), "a.docx"),
    ],
    ids=["pdf", "text"],
)
def test_only_word_comes_back(branch, file):
    draft = make_draft(branch)
    with pytest.raises(Refused):
        read_back(draft, file(), by=None)
    assert draft.returned is None
    assert RefusedUpload.objects.count() == 0


def test_a_secret_marking_is_not_read_and_what_is_kept_is_that_it_came(branch):
    draft = make_draft(branch)
    with pytest.raises(Refused):
        read_back(draft, make_upload(make_word("MẬT", "KẾ HOẠCH"), "a.docx"), by=None)
    assert RefusedUpload.objects.get().body == branch
    assert Draft.objects.get().returned is None


def test_the_file_of_a_draft_says_that_it_is_one(branch):
    draft = make_draft(branch)
    document = docx.Document(io.BytesIO(word_of(draft)))
    assert any(paragraph.text.startswith("DỰ THẢO, bản 2") for paragraph in document.paragraphs)
    assert not list(document.element.body.iter(qn("w:del")))
