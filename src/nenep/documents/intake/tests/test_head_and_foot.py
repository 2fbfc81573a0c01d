"""Kind, number, issuer, place, date, subject, stamp, recipients and signer of invented documents."""

import pytest

from nenep.documents.intake.tests.specimens import FOUNDING, NAMES, damaged_text, read_text, specimen

pytestmark = pytest.mark.either_database


def fields_of(found, wanted):
    return {name: found[name] for name in wanted}


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_of_a_clean_document_are_read(name):
    made = specimen(name)
    assert fields_of(read_text(made["text"]), made["fields"]) == made["fields"]


@pytest.mark.parametrize("name", NAMES)
def test_the_fields_of_a_damaged_document_are_read_and_doubt_is_kept(name):
    made = specimen(name)
    wanted = made["fields"] | made["damaged"]
    assert fields_of(read_text(damaged_text(made)), wanted) == wanted


def test_a_text_without_a_head_is_nothing_that_it_is_not():
    found = read_text("Chiều nay họp lúc ba giờ.\n\nNhớ mang theo tài liệu số 5.\n")
    assert (found["kind"], found["number"], found["issuer"]) == (
        None,
        {"as_read": None, "uncertain": False},
        None,
    )
    assert (found["subject"], found["date"], found["signer"], found["recipients"]) == (None, None, None, [])
    assert set(found["stamp"].values()) == {None}


def test_a_number_of_another_kind_than_the_title_is_doubtful():
    text = specimen("ke-hoach")["text"].replace("Số 03-KH/", "Số 03-BC/")
    found = read_text(text)
    assert (found["kind"], found["number"]) == ("Kế hoạch", {"as_read": "03-BC/BTC.ĐU", "uncertain": True})


def test_a_number_that_is_not_written_yet_is_doubtful():
    found = read_text(specimen("nghi-quyet")["text"].replace("Số 05-NQ/CB", "Số ....-NQ/CB"))
    assert found["number"] == {"as_read": "....-NQ/CB", "uncertain": True}


def test_the_founding_report_or_its_stand_in_keeps_what_the_stamp_broke():
    """A scan: the stamp stands in the middle of the subject, the head is lost, a letter stands in the number."""
    text = FOUNDING.read_text(encoding="utf-8") if FOUNDING.exists() else damaged_text(specimen("bao-cao"))
    found = read_text(text)
    assert found["kind"] == "Báo cáo"
    assert found["issuer"] == "Đảng ủy khối"
    assert found["number"]["uncertain"]
    assert found["number"]["as_read"].endswith("-BC/ĐUK")
    assert "ĐẢNG ỦY" not in found["subject"]
    assert "NQ/ĐUK" in found["subject"]
    assert "giai đoạn 2" in found["subject"]
    assert found["stamp"]["receiver"].startswith("ĐẢNG ỦY TRƯỞNG")
    assert found["stamp"]["number"].isdecimal()
    assert found["stamp"]["date"].startswith("--")
    assert found["stamp"]["routed_to"] is None
    assert (found["place"], found["date"]) == (None, None)
    assert {one["purpose"] for one in found["recipients"]} == {"báo cáo", "thực hiện", "lưu"}


@pytest.mark.parametrize(
    "rest", ["I- MỤC ĐÍCH\nCác chi bộ thực hiện.", "1. Mục đích\nCác chi bộ.", "Nơi nhận:\n- Lưu."]
)
def test_without_dash_line_and_gap_the_first_section_or_the_foot_ends_the_subject(rest):
    found = read_text(f"Số 12-KH/TU\nKẾ HOẠCH\nkiểm tra việc giữ nề nếp\nsinh hoạt chi bộ\n{rest}\n")
    assert found["subject"] == "kiểm tra việc giữ nề nếp sinh hoạt chi bộ"
