import io

import pytest
from pypdf import PdfReader, PdfWriter

from nenep.arrivals.models import Arrival
from nenep.arrivals.operations import route
from nenep.arrivals.stamping import has_pdf, pdf_of, stamp_of, stamped
from nenep.arrivals.tests.make import make_arrival, make_outside
from nenep.documents import pdf as official
from nenep.documents.issuing import keep_content
from nenep.documents.tests.make import LAYOUT, make_resolution
from nenep.files.operations import attach
from nenep.files.tests.make import make_pdf, make_upload
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member
from nenep.shared.dates import today
from nenep.shared.states import Refused
from nenep.shared.viewer import Reach, Viewer


def text_of(content, page=0):
    return PdfReader(io.BytesIO(content)).pages[page].extract_text()


def places_of(content, words):
    """How far from the upper edge of the first page, in millimetres, each piece of text that has the words stands."""
    page, found = PdfReader(io.BytesIO(content)).pages[0], []
    top = float(page.cropbox.top)

    def see(text, cm, tm, _font, _size):
        if words in text:
            found.append((top - (tm[5] * cm[3] + cm[5])) / 72 * 25.4)

    page.extract_text(visitor_text=see)
    return found


pytestmark = pytest.mark.django_db


@pytest.fixture
def arrival():
    body = make_body("Đảng bộ Trường Đại học", kind="grassroots_organization")
    return make_outside(body, arrived="2026-09-29", issued="2026-09-21")


def reader_of(arrival):
    return Viewer(
        actor="member:1", member_id=1, reach={"arrivals.read": Reach(own=frozenset({arrival.body_id}))}
    )


def test_the_stamp_says_receiver_number_day_and_who_handles_it(arrival):
    text = " ".join(text_of(stamp_of(arrival)).split())
    for words in ("ĐẢNG ỦY TRƯỜNG ĐẠI HỌC", "ĐẾN", "Số: 1", "Ngày: 29/09/2026", "Chuyển: ...."):
        assert words in text, words
    branch_member = make_member(make_body(parent=arrival.body), name="Ngô Thị Phượng")
    route(arrival, handler=branch_member, due_on=None, by=None)
    assert "Chuyển: Ngô Thị Phượng" in text_of(stamp_of(arrival))


def test_the_first_page_gets_the_stamp_and_keeps_its_words(arrival):
    paper = official.render(make_resolution(), LAYOUT)
    made = stamped(paper, stamp_of(arrival))
    assert len(PdfReader(io.BytesIO(made)).pages) == len(PdfReader(io.BytesIO(paper)).pages)
    assert "Số: 1" in text_of(made)
    assert "ĐÁNH GIÁ KẾT QUẢ" in text_of(made)
    assert "Số: 1" not in text_of(made, 1)
    assert text_of(made, 1) == text_of(paper, 1)


def test_the_stamp_stands_in_the_upper_margin_and_covers_no_word(arrival):
    made = stamped(official.render(make_resolution(), LAYOUT), stamp_of(arrival))
    (stamp,) = places_of(made, "29/09/2026")
    (party,) = places_of(made, "ĐẢNG CỘNG SẢN")
    assert 3 < stamp < LAYOUT.top_mm < party


@pytest.mark.parametrize("turn", [90, 180, 270])
def test_a_page_that_was_scanned_askew_is_stamped_as_it_is_read(arrival, turn):
    writer = PdfWriter(clone_from=PdfReader(io.BytesIO(make_pdf("MỘT TỜ"))))
    writer.pages[0].rotate(turn)
    turned = io.BytesIO()
    writer.write(turned)
    made = stamped(turned.getvalue(), stamp_of(arrival))
    page = PdfReader(io.BytesIO(made)).pages[0]
    assert page.rotation == 0
    assert (page.cropbox.width > page.cropbox.height) == (turn in (90, 270))
    assert all(3 < place < 20 for place in places_of(made, "29/09/2026"))
    assert "Số: 1" in page.extract_text()


def test_a_small_page_is_stamped_inside(arrival):
    writer, small = PdfWriter(), io.BytesIO()
    writer.add_blank_page(width=250, height=350)
    writer.write(small)
    assert "Số: 1" in text_of(stamped(small.getvalue(), stamp_of(arrival)))


@pytest.mark.parametrize("broken", [b"%PDF-1.7 nothing", b"", make_pdf("x")[:400]])
def test_a_file_that_nobody_can_read_is_refused_in_a_sentence(arrival, broken):
    with pytest.raises(Refused, match="in phiếu"):
        stamped(broken, stamp_of(arrival))


def test_the_own_scan_comes_first_then_what_was_sent_then_the_kept_words(bloc):
    arrival = make_arrival(bloc.bloc, bloc.branch)
    viewer = reader_of(arrival)
    assert (has_pdf(arrival, viewer), pdf_of(arrival, viewer)) == (False, None)
    keep_content(arrival.document, make_resolution())
    assert "Chi bộ Văn phòng" in text_of(pdf_of(arrival, viewer))
    for owner, words in ((arrival.document, "BAN GUI"), (arrival, "BAN CHUP")):
        attach(owner, make_upload(make_pdf(words)), body_id=bloc.bloc.pk, by=None)
        assert words in text_of(pdf_of(arrival, viewer))
    assert has_pdf(arrival, viewer)


def test_the_kept_words_of_a_paper_that_was_not_sent_stay_closed(bloc):
    sent = make_arrival(bloc.bloc, bloc.branch)
    keep_content(sent.document, make_resolution())
    Arrival.objects.filter(pk=sent.pk).update(sent_on=None)
    assert pdf_of(sent, reader_of(sent)) is None
    Arrival.objects.filter(pk=sent.pk).update(sent_on=today())
    assert pdf_of(sent, reader_of(sent)) is not None
