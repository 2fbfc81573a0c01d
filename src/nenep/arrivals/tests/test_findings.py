"""What the page of a read file shows beside the fields: outline, citations, recipients, figures, checks."""

import re

import pytest

from nenep.arrivals.intake_findings import MOST_FIGURES, Findings, findings_of, found_in
from nenep.arrivals.intake_page import kept
from nenep.arrivals.models import Arrival, Intake
from nenep.arrivals.tests.test_intakes import PLAN, read, send, text_of
from nenep.documents.intake.lines import Line
from nenep.documents.intake.measures import measures
from nenep.documents.intake.reading import reading_of
from nenep.documents.intake.tests.specimens import specimen
from nenep.documents.models import Document
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.tests.make import make_upload
from nenep.rulebook import rules_on
from nenep.shared.dates import today
from nenep.shared.words import day_words

pytestmark = pytest.mark.django_db
TEXT = """ĐẢNG BỘ TỈNH
*
Số 05-KH/TU

KẾ HOẠCH
kiểm tra sinh hoạt chi bộ

I. MỤC ĐÍCH
1. Yêu cầu chung
Thực hiện Nghị quyết số 02-NQ/ĐUK của Đảng ủy Khối; theo 49-CTr/TU.
- Kiểm tra 18 chi bộ, ít nhất 85 % đảng viên dự họp, 3.9l8 đồng chí.
2. Tiến độ
Theo 02-NQ/ĐUK, xong trong năm nay; 12/15 đồng chí dự lớp bồi dưỡng.
II. TỔ CHỨC THỰC HIỆN
Ban Tổ chức theo dõi, đôn đốc các chi bộ trực thuộc thực hiện kế hoạch này đúng hạn.

Nơi nhận:
- Đảng ủy Khối (B/c);
- Các chi bộ (T/h);
- Lưu VT.
"""


def reading_in(text):
    lines = [Line(number, row) for number, row in enumerate(text.split("\n"), 1)]
    return reading_of(lines, rules_on(today()).numbering)


def found(text=TEXT) -> Findings:
    return findings_of(Intake(read=kept(reading_in(text))))


def at(words, text=TEXT):
    return next(number for number, row in enumerate(text.split("\n"), 1) if words in row)


def test_the_outline_has_the_parts_under_each_other_without_the_items():
    assert [(part.depth, part.words, part.line) for part in found().parts] == [
        (0, "I. MỤC ĐÍCH", at("MỤC ĐÍCH")),
        (1, "1. Yêu cầu chung", at("Yêu cầu chung")),
        (1, "2. Tiến độ", at("Tiến độ")),
        (0, "II. TỔ CHỨC THỰC HIỆN", at("TỔ CHỨC THỰC HIỆN")),
    ]


def test_a_part_without_a_title_is_named_by_its_beginning():
    part = {"marker": "Điều 1.", "title": None, "line": 9, "text": "Thành lập tổ " * 30, "sections": []}
    [[depth, words, line]] = found_in({"sections": [part], "citations": [], "figures": []})["parts"]
    assert (depth, line) == (0, 9)
    assert words.startswith("Điều 1. Thành lập tổ Thành")
    assert words.endswith("…")
    assert len(words) < 100
    assert any(part.words.startswith("Điều 1") for part in found(specimen("quyet-dinh")["text"]).parts)


def test_a_citation_names_all_its_lines():
    cited = {one["symbol"]: one["lines"] for one in found().citations}
    assert cited["02-NQ/ĐUK"] == [at("Thực hiện Nghị quyết"), at("Theo 02-NQ")]
    assert cited["49-CTr/TU"] == [at("49-CTr")]


def test_a_figure_says_what_it_counts_and_what_it_may_be():
    figures = {figure.as_read: figure for figure in found().figures}
    assert (figures["18"].value, figures["18"].meanings) == ("18 chi bộ", ["số chi bộ"])
    assert (figures["85"].value, figures["85"].meanings) == ("ít nhất 85%", ["tỷ lệ đảng viên dự họp"])
    assert (figures["12/15"].value, figures["12/15"].meanings) == (
        "12/15 đồng chí",
        ["số người được bồi dưỡng"],
    )
    assert figures["3.9l8"].value == ""
    assert figures["18"].line == at("18 chi bộ")


def test_recipients_come_with_their_purpose():
    assert found().recipients == [
        {"name": "Đảng ủy Khối", "purpose": "báo cáo"},
        {"name": "Các chi bộ", "purpose": "thực hiện"},
        {"name": "VT", "purpose": "lưu"},
    ]


def test_every_meaning_has_its_words():
    assert all(one.called and measures().called(one.key) == one.called for one in measures().measures)
    assert measures().called("gone") == ""


def test_of_very_many_figures_a_page_shows_some_and_says_how_many_are_left():
    told = reading_in("Có 5 chi bộ. " * (MOST_FIGURES + 7)).as_json()
    assert (len(found_in(told)["figures"]), found_in(told)["figures_left"]) == (MOST_FIGURES, 7)


def test_what_was_kept_before_has_no_outline_and_still_opens(clerk, bloc):
    address = read(clerk, bloc.organization)
    intake = Intake.objects.get()
    old = ("kind", "number", "issuer", "date", "subject", "stamp", "signer", "recipients", "places", "lines")
    intake.read = {name: intake.read[name] for name in (*old, "suspects", "checks")} | {
        "figures": [{"as_read": "18", "context": "18 chi bộ", "line": 3}]
    }
    intake.save()
    page = text_of(clerk.get(address))
    assert "Số liệu trong văn bản (1)" in page
    assert "Đề mục" not in page


def test_the_page_folds_it_below_the_fields_and_each_link_has_its_line(clerk, bloc):
    text = PLAN["text"].replace("gồm 7 chi bộ khu dân cư", "gồm 9 chi bộ khu dân cư")
    page = text_of(clerk.get(read(clerk, bloc.organization, text)))
    order = [
        page.index(words)
        for words in ('id="entry"', "Chỗ không khớp", "Đề mục (", "Số liệu trong", 'id="text"')
    ]
    assert order == sorted(order)
    assert page.count('<details class="read-more">') >= 3
    assert "<details open" not in page
    anchors = set(re.findall(r'href="#(line-\d+)"', page))
    assert len(anchors) > 10
    assert anchors <= set(re.findall(r'<li id="(line-\d+)"', page))


@pytest.mark.parametrize("code", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_text_is_read_as_the_command_reads_it(clerk, bloc, code):
    answer = send(clerk, bloc.organization, make_upload(PLAN["text"].encode(code), "ke-hoach.txt"))
    page = text_of(clerk.get(answer.url))
    assert "03-KH/BTC.ĐU" in page
    assert Attachment.objects.get().name == "ke-hoach.txt"
    fields = {"arrived": day_words(today()), "issuer_name": "Ban Tổ chức", "subject": "kiểm tra"}
    assert clerk.post(answer.url, fields).status_code == 302
    assert Attachment.objects.of(Arrival.objects.get()).count() == 1
    assert "18 chi bộ" in Document.objects.get().text


@pytest.mark.parametrize(("text", "kept_of_it"), [("TỐI MẬT\n", 1), ("TÔI MÂT\n", 1), ("\x00", 0)])
def test_a_text_that_may_not_be_kept_is_not(clerk, bloc, text, kept_of_it):
    answer = send(clerk, bloc.organization, make_upload(f"{text}{PLAN['text']}".encode(), "a.txt"))
    assert answer.status_code == 422
    assert (Intake.objects.count(), Attachment.objects.count()) == (0, 0)
    assert RefusedUpload.objects.count() == kept_of_it
