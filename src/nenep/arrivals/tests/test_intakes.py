"""A paper read from its file: fields beside the text, one click for each suggestion, entered once."""

import json
import re
from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.arrivals.intake_page import kept, lines_of
from nenep.arrivals.intakes import enter
from nenep.arrivals.jobs import KEPT_FOR, forget_intakes
from nenep.arrivals.models import Arrival, Intake
from nenep.arrivals.reading import read_on
from nenep.documents.intake.lines import Line
from nenep.documents.intake.reading import reading_of
from nenep.documents.intake.tests.papers import make_paper
from nenep.documents.intake.tests.specimens import damaged_text, specimen
from nenep.documents.models import Document
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.tests.make import make_pdf, make_upload, make_word
from nenep.journal.models import Event
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.rulebook import rules_on
from nenep.shared.dates import clock_at, now, today
from nenep.shared.words import day_words

pytestmark = pytest.mark.django_db

PLAN = specimen("ke-hoach")
SWAPPED = {"HX-Request": "true"}


@pytest.fixture
def clerk(client, bloc):
    member = make_member(bloc.other_branch, name="Lê Văn Thư")
    make_office(member, bloc.organization, Post.CLERK)
    sign_in(client, member)
    return client


def text_of(answer):
    return answer.content.decode()


def word(text):
    return make_upload(make_word(*text.split("\n")), "van-ban.docx")


def send(client, body, file, **changes):
    data = {"file": file, "is_open": "on", **changes}
    return client.post(reverse("arrivals:reading", args=[body.pk]), data)


def read(client, body, text=PLAN["text"]):
    """The address of the page of a Word file with this text."""
    answer = send(client, body, word(text))
    assert answer.status_code == 302, text_of(answer)
    return answer.url


def fields_on(page):
    """What stands in the fields of the form of entry."""
    form = re.search(r'<form method="post" id="entry".*?</form>', page, re.DOTALL)[0]
    found = dict(re.findall(r'<input type="(?:text|number)" name="(\w+)" value="([^"]*)"', form))
    found["subject"] = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", form, re.DOTALL)[1]
    found |= dict(
        re.findall(r'<select name="(\w+)"(?:(?!</select>).)*?<option value="(\w*)" selected', form, re.DOTALL)
    )
    return found


def key_of(as_read):
    """The number of a suspect of the current Intake, as its button sends it."""
    return [one["as_read"] for one in Intake.objects.get().read["suspects"]].index(as_read) + 1


def typed(page, **changes):
    return {name: value for name, value in fields_on(page).items() if name != "number"} | changes


def test_a_clean_paper_fills_the_fields_and_raises_no_doubt(clerk, bloc):
    page = text_of(clerk.get(read(clerk, bloc.organization)))
    assert fields_on(page) == {
        "issuer_name": "BAN TỔ CHỨC ĐẢNG ỦY",
        "kind": "KH",
        "symbol": "03-KH/BTC.ĐU",
        "issued": "15/07/2025",
        "subject": "kiểm tra việc duy trì nền nếp sinh hoạt chi bộ 6 tháng cuối năm 2025",
        "signer": "Trần Công Minh",
        "arrived": day_words(today()),
        "purpose": "",
    }
    assert "<mark" not in page
    assert "Không thấy chỗ nào nghi đọc sai" in page
    assert 'name="symbol_is_doubtful" class="form-check-input" id="id_symbol_is_doubtful" checked' not in page
    assert Arrival.objects.count() == 0


def test_a_pdf_is_read_too_and_waits_in_the_register_until_it_is_entered(clerk, bloc):
    answer = send(clerk, bloc.organization, make_upload(make_paper(PLAN["text"]), "ke-hoach.pdf"))
    read_on(Intake.objects.get().pk)
    assert "03-KH/BTC.ĐU" in text_of(clerk.get(answer.url))
    register = reverse("arrivals:register")
    assert "ke-hoach.pdf" in text_of(clerk.get(register))
    assert answer.url in text_of(clerk.get(register))


def test_one_suggestion_is_taken_and_all_else_stays_as_read(clerk, bloc):
    address = read(clerk, bloc.organization, damaged_text(PLAN))
    page = text_of(clerk.get(address))
    assert "Dùng “khắc phục hạn chế”" in page
    assert "<mark>năm chắc</mark>" in page
    assert re.search(r'name="symbol_is_doubtful"[^>]*checked', page)
    page = text_of(clerk.post(address, typed(page, take=key_of("khăc phục hạn chê"))))
    assert '<mark class="is-corrected">khắc phục hạn chế</mark>' in page
    assert "Trả lại như cũ" in page
    assert clerk.post(address, typed(page, symbol_is_doubtful="on")).status_code == 302
    document = Document.objects.get()
    assert "giữ vưng nên nếp sinh hoạt, kịp thời khắc phục hạn chế" in document.text
    assert "kiểm tra l8 chi bộ" in document.text
    assert "năm chắc tiến độ" in document.text
    assert (document.symbol, document.symbol_is_doubtful) == ("0 3-KH/BTC.ĐU", True)


def test_what_was_taken_is_put_back(clerk, bloc):
    address = read(clerk, bloc.organization, damaged_text(PLAN))
    key = key_of("C0ng")
    page = text_of(clerk.get(address))
    clerk.post(address, typed(page, take=key))
    assert Intake.objects.get().accepted == [key]
    page = text_of(clerk.post(address, typed(page, put_back=key)))
    assert Intake.objects.get().accepted == []
    assert "<mark>C0ng</mark>" in page


def test_a_suggestion_in_a_field_changes_the_field_too_and_nothing_that_was_typed(clerk, bloc):
    text = PLAN["text"].replace("duy trì nền nếp sinh hoạt chi bộ", "duy trì nền nếp sinh hoat chi bộ")
    address = read(clerk, bloc.organization, text)
    key = next(
        at for at, one in enumerate(Intake.objects.get().read["suspects"], 1) if "hoat" in one["as_read"]
    )
    page = text_of(clerk.get(address))
    was = fields_on(page)["subject"]
    assert "hoat" in was
    page = text_of(
        clerk.post(address, typed(page, take=key, subject=f"Về {was}", signer="Trần C. Minh", number="7"))
    )
    shown = fields_on(page)
    assert shown["subject"] == f"Về {was}".replace("hoat", "hoạt")
    assert (shown["signer"], shown["number"]) == ("Trần C. Minh", "7")
    assert fields_on(text_of(clerk.get(address)))["subject"] == was.replace("hoat", "hoạt")


@pytest.mark.parametrize("changes", [{"issuer_name": ""}, {"issued": "31/2"}, {"arrived": "?"}])
def test_without_javascript_a_suggestion_asks_no_field_to_be_right_and_keeps_them_all(clerk, bloc, changes):
    address = read(clerk, bloc.organization, damaged_text(PLAN))
    data = typed(text_of(clerk.get(address)), symbol_is_doubtful="", take=key_of("C0ng"), **changes)
    answer = clerk.post(address, data)
    page = text_of(answer)
    assert answer.status_code == 200
    assert "error-summary" not in page
    shown = fields_on(page) | {name: "" for name in changes if not changes[name]}
    assert {name: shown[name] for name in changes} == changes
    assert not re.search(r'name="symbol_is_doubtful"[^>]*checked', page)


def test_by_htmx_only_the_line_and_its_field_come_back(clerk, bloc):
    address = read(clerk, bloc.organization, damaged_text(PLAN))
    page = text_of(clerk.get(address))
    answer = text_of(clerk.post(address, typed(page, take=key_of("l8")), headers=SWAPPED))
    assert answer.strip().startswith('<li id="line-')
    assert answer.count("<li ") == 1
    assert '<mark class="is-corrected">18</mark>' in answer
    assert "hx-swap-oob" not in answer
    assert "<form" not in answer


def test_by_htmx_a_field_that_holds_the_words_comes_back_with_what_was_typed(clerk, bloc):
    text = PLAN["text"].replace("duy trì nền nếp sinh hoạt chi bộ", "duy trì nền nếp sinh hoat chi bộ")
    address = read(clerk, bloc.organization, text)
    data = typed(text_of(clerk.get(address)), take=1, subject="Về nền nếp sinh hoat chi bộ, sinh hoat kỳ này")
    answer = text_of(clerk.post(address, data, headers=SWAPPED))
    field = re.search(r"<textarea([^>]*)>\s*(.*?)</textarea>", answer, re.DOTALL)
    assert 'hx-swap-oob="true"' in field[1]
    assert 'id="id_subject"' in field[1]
    assert field[2] == "Về nền nếp sinh hoạt chi bộ, sinh hoat kỳ này"
    assert "id_issuer_name" not in answer


@pytest.mark.parametrize(
    ("meant", "lines"),
    [
        ("chất lượng sinh hoạt", ["nâng cao chất lượng", "sinh hoạt chi bộ"]),
        ("chất lượng", ["nâng cao chất lượng", "chi bộ"]),
    ],
)
def test_a_phrase_that_the_end_of_a_line_parts_is_corrected_on_both(clerk, bloc, meant, lines):
    address = read(clerk, bloc.organization)
    suspect = {"as_read": "chat luong sinh hoat", "suggestion": meant, "spans": [[3, 9, 19], [5, 0, 9]]}
    told = [[3, "nâng cao chat luong"], [4, ""], [5, "sinh hoat chi bộ"]]
    intake = Intake.objects.get()
    intake.read |= {"lines": told, "suspects": [suspect]}
    intake.save()
    answer = text_of(clerk.post(address, {"take": "1"}, headers=SWAPPED))
    assert re.findall(r'<li id="line-(\d)"[^>]*?(hx-swap-oob|)(?:="true")?>', answer) == [
        ("3", ""),
        ("5", "hx-swap-oob"),
    ]
    assert answer.count("Trả lại như cũ") == 1
    assert [line.text for line in lines_of(Intake.objects.get())] == lines


@pytest.mark.parametrize("key", ["0", "99", "-1", "x", ""])
def test_a_suggestion_that_is_not_there_changes_nothing(clerk, bloc, key):
    address = read(clerk, bloc.organization, damaged_text(PLAN))
    assert clerk.post(address, {"take": key}).status_code == 302
    assert Intake.objects.get().accepted == []


def test_a_doubt_without_a_suggestion_has_no_button(clerk, bloc):
    address = read(clerk, bloc.organization, damaged_text(PLAN))
    page = text_of(clerk.get(address))
    assert "“0 3-KH/BTC.ĐU” đọc chưa chắc" in page
    clerk.post(address, typed(page, take=key_of("0 3-KH/BTC.ĐU")))
    assert Intake.objects.get().accepted == []


def test_entering_takes_the_file_along_and_leaves_nothing_behind(clerk, bloc):
    address = read(clerk, bloc.organization)
    answer = clerk.post(address, typed(text_of(clerk.get(address)), purpose="carry_out"))
    arrival = Arrival.objects.get()
    assert answer.url == reverse("arrivals:page", args=[arrival.pk])
    assert Attachment.objects.of(arrival).get().name == "van-ban.docx"
    assert (arrival.purpose, arrival.number, Intake.objects.count()) == ("carry_out", 1, 0)
    page = text_of(clerk.get(answer.url))
    assert "van-ban.docx" in page
    assert "18 chi bộ, gồm 7 chi bộ khu dân cư" in page


def test_two_presses_make_one_arrival(clerk, bloc):
    address = read(clerk, bloc.organization)
    data = typed(text_of(clerk.get(address)))
    answers = [clerk.post(address, data).url for _press in range(2)]
    assert answers == [reverse("arrivals:page", args=[Arrival.objects.get().pk])] * 2
    assert "số đến 1" in text_of(clerk.get(address, follow=True))


def test_who_presses_while_another_enters_gets_the_same_arrival(clerk, bloc):
    read(clerk, bloc.organization)
    head = {"issuer_name": "Tỉnh ủy", "subject": "x", "issued": ""}
    late = Intake.objects.get()
    facts = {"head": head, "arrived": today().isoformat(), "number": None, "purpose": "", "by": None}
    assert enter(Intake.objects.get(), **facts) == enter(late, **facts)
    assert Arrival.objects.count() == 1


def test_two_sendings_of_a_file_are_one_reading(clerk, bloc):
    once = str(uuid4())
    first, second = (send(clerk, bloc.organization, word(PLAN["text"]), once=once).url for _press in range(2))
    assert first == second
    assert (Intake.objects.count(), Attachment.objects.count()) == (1, 1)


def test_the_stamp_gives_the_day_and_only_a_hint_of_the_number(clerk, bloc):
    stamped = PLAN["text"].replace(
        "\nKẾ HOẠCH\n", "\nĐẢNG BỘ PHƯỜNG AN LẠC\nĐẾN\nSố: 35\nNgày: 20/7\n\nKẾ HOẠCH\n", 1
    )
    page = text_of(clerk.get(read(clerk, bloc.organization, stamped)))
    assert "Dấu đến trên văn bản ghi số “35”" in page
    assert fields_on(page)["arrived"] == "20/07"
    assert "number" not in fields_on(page)


def test_the_purpose_is_that_of_this_body_among_those_who_get_it(clerk, bloc):
    text = PLAN["text"].replace("- Lưu BTC.", "- Đảng bộ Sở A (T/h);\n- Lưu BTC.")
    assert fields_on(text_of(clerk.get(read(clerk, bloc.organization, text))))["purpose"] == "carry_out"


def test_a_secret_file_leaves_only_what_the_refusal_keeps(clerk, bloc):
    answer = send(clerk, bloc.organization, make_upload(make_pdf("TUYỆT MẬT", "CHƯƠNG TRÌNH")))
    assert answer.status_code == 422
    assert "bí mật nhà nước và báo" in text_of(answer)
    assert reverse("files:refused") in text_of(answer)
    assert (Intake.objects.count(), Attachment.objects.count(), RefusedUpload.objects.count()) == (0, 0, 1)


def test_a_marking_that_only_the_reading_finds_leaves_no_more(clerk, bloc, monkeypatch):
    """Marks may be lost in a text ("TÔI MÂT"), which the check of attached files does not take for a marking."""
    file = make_upload(make_paper("TÔI MÂT\n\nKẾ HOẠCH\nkiểm tra"), "ke-hoach.pdf")
    answer = send(clerk, bloc.organization, file)
    read_on(Intake.objects.get().pk)
    page = text_of(clerk.get(answer.url))
    assert "tệp không được giữ" in page
    assert "bí mật nhà nước và báo" in page
    assert (Attachment.objects.count(), RefusedUpload.objects.count()) == (0, 1)
    assert Intake.objects.get().read == {}


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"PK\x03\x04 bomb", "a.docx"),
        (b"%PDF-1.7 broken", "a.pdf"),
        (b"MZ\x00\x01", "a.pdf"),
        (make_word(""), "a.docx"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_in_a_sentence_and_nothing_stays(clerk, bloc, content, name):
    answer = send(clerk, bloc.organization, make_upload(content, name))
    assert answer.status_code == 422
    assert "Chưa đọc được tệp." in text_of(answer)
    assert (Intake.objects.count(), Attachment.objects.count()) == (0, 0)


def test_signs_that_no_database_holds_are_kept_as_signs_of_their_own():
    lines = [Line(1, "KẾ HO\x00ẠCH"), Line(2, "kiểm \ud800tra, năm chăc")]
    found = kept(reading_of(lines, rules_on(today()).numbering))
    assert found["lines"] == [[1, "KẾ HO\ufffdẠCH"], [2, "kiểm \ufffdtra, năm chăc"]]
    told = json.dumps(found, ensure_ascii=False)
    assert "\\u0000" not in told
    assert told.encode()


def test_a_file_needs_the_word_that_it_holds_no_secret(clerk, bloc):
    assert send(clerk, bloc.organization, word(PLAN["text"]), is_open="").status_code == 422
    assert not Intake.objects.exists()


def test_a_stranger_finds_neither_the_page_nor_the_file(clerk, client, bloc):
    address = read(clerk, bloc.organization)
    attachment = Attachment.objects.get()
    stranger = make_member(bloc.neighbour_branch)
    make_office(stranger, bloc.neighbour, Post.CLERK)
    sign_in(client, stranger)
    assert client.get(address).status_code == 404
    assert client.post(address, {"take": "1"}).status_code == 404
    assert client.post(f"{address}withdrawal/").status_code == 404
    assert client.get(reverse("files:download", args=[attachment.pk])).status_code == 404
    assert "van-ban.docx" not in text_of(client.get(reverse("arrivals:register")))


def test_what_is_given_up_is_erased_with_its_file(clerk, bloc, django_capture_on_commit_callbacks):
    address = read(clerk, bloc.organization)
    path = Attachment.objects.get().path
    assert path.is_file()
    with django_capture_on_commit_callbacks(execute=True):
        clerk.post(f"{address}withdrawal/")
    assert (Intake.objects.count(), Attachment.objects.count(), path.exists()) == (0, 0, False)
    assert clerk.get(address).status_code == 404


def test_what_nobody_entered_goes_after_a_week(clerk, bloc, django_capture_on_commit_callbacks):
    read(clerk, bloc.organization)
    path = Attachment.objects.get().path
    with clock_at(now() + KEPT_FOR - timedelta(hours=1)):
        assert forget_intakes() == 0
    with clock_at(now() + KEPT_FOR + timedelta(hours=1)), django_capture_on_commit_callbacks(execute=True):
        assert forget_intakes() == 1
    assert (Intake.objects.count(), Attachment.objects.count(), path.exists()) == (0, 0, False)


def test_each_check_and_figure_leads_to_its_line(clerk, bloc):
    text = PLAN["text"].replace("gồm 7 chi bộ khu dân cư", "gồm 9 chi bộ khu dân cư")
    page = text_of(clerk.get(read(clerk, bloc.organization, text)))
    assert "Chỗ không khớp trong văn bản" in page
    anchors = set(re.findall(r'href="#(line-\d+)"', page))
    assert anchors
    assert anchors <= set(re.findall(r'<li id="(line-\d+)"', page))


def test_a_long_text_is_folded_behind_its_first_lines(clerk, bloc):
    page = text_of(
        clerk.get(read(clerk, bloc.organization, PLAN["text"] + "\nĐồng chí bí thư chủ trì." * 450))
    )
    before, _fold, folded = page.partition("dòng nữa</summary>")
    assert before.count('<li id="line-') == 400
    assert folded.count('<li id="line-') > 50


def test_reading_and_giving_up_stand_in_the_journal_without_content(clerk, bloc):
    address = read(clerk, bloc.organization)
    clerk.post(f"{address}withdrawal/")
    verbs = list(
        Event.objects.filter(verb__startswith="intake.").order_by("pk").values_list("verb", flat=True)
    )
    assert verbs == ["intake.read", "intake.given_up"]
