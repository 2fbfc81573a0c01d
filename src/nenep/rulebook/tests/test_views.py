import re
from html import unescape

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse

from nenep.rulebook.loader import library

pytestmark = pytest.mark.django_db

RULES, PACKS = "rulebook:rule_list", "rulebook:pack_list"


@pytest.fixture
def reader(client):
    client.force_login(get_user_model().objects.create(username="reader", name="Người Đọc"))
    return client


def text_of(answer):
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", answer.content.decode())).split())


@pytest.mark.parametrize("name", [RULES, PACKS])
def test_only_signed_in_people_see_the_rules(client, name):
    answer = client.get(reverse(name))
    assert answer.status_code == 302
    assert "next=/rules/" in answer["Location"]


@pytest.mark.parametrize("name", [RULES, PACKS])
def test_the_pages_only_read(reader, name):
    assert reader.post(reverse(name)).status_code == 405


def test_the_page_of_a_day_shows_value_source_and_mark(reader):
    page = text_of(reader.get(reverse(RULES), {"day": "03/11/2026"}))
    assert (
        "Thời lượng tối thiểu của kỳ sinh hoạt thường kỳ 90 phút theo HD 42-HD/BTCTW Nguồn: báo chí" in page
    )
    assert "ngày 3 theo CT 50-CT/TW (chưa kiểm chứng) Nguồn: tệp của người thực hành [G6, G9]" in page
    assert "Đánh giá kết quả thực hiện nghị quyết chi bộ tháng trước" in page
    assert "từ 2/3 trở lên" in page
    assert "Chi bộ không ban hành: quy định, hướng dẫn, chỉ thị, thông tri." in page
    assert f"G6 {library().sources['G6']}" in page


def test_a_day_is_typed_as_everywhere(reader):
    page = text_of(reader.get(reverse(RULES), {"day": "3/11/26"}))
    assert "của ngày 03/11/2026" in page
    assert "Đồng chí ghi ngày theo mẫu" in text_of(reader.get(reverse(RULES), {"day": "31/02/2026"}))


def test_the_page_of_a_day_of_2012_has_the_rules_of_2012(reader):
    page = text_of(reader.get(reverse(RULES), {"day": "03/05/2012"}))
    assert "HD 09-HD/BTCTW" in page
    assert "HD 42-HD/BTCTW" not in page
    assert "Chưa đọc được thể thức của thời điểm này" in page


def test_a_local_scope_adds_its_rule(reader):
    asked = {"day": "03/11/2026"}
    assert "120 phút theo phiếu chấm điểm" not in text_of(reader.get(reverse(RULES), asked))
    assert "120 phút theo phiếu chấm điểm" in text_of(
        reader.get(reverse(RULES), {**asked, "scope": "ward:an-phu"})
    )


def test_a_day_before_the_coverage_says_so(reader):
    assert "chỉ có quy định từ ngày 01/07/2010" in text_of(reader.get(reverse(RULES), {"day": "01/01/2009"}))


def test_without_a_day_the_page_shows_today(reader):
    assert reader.get(reverse(RULES)).context["rules"].meeting.fixed_day.number == 3


@pytest.mark.parametrize(
    "asked", [{"day": "31/02/2026"}, {"day": ""}, {"day": "03/11/2026", "scope": "ward:none"}]
)
def test_a_wrong_day_or_scope_is_kept_and_explained(reader, asked):
    answer = reader.get(reverse(RULES), asked)
    assert answer.status_code == 422
    assert f'value="{asked["day"]}"' in answer.content.decode() or not asked["day"]
    assert answer.context["form"].errors


def test_the_page_asks_the_database_nothing_of_its_own(reader, django_assert_max_num_queries):
    reader.get(reverse(RULES))
    with django_assert_max_num_queries(8):  # session, account, viewer
        reader.get(reverse(RULES), {"day": "03/11/2026"})


def test_every_pack_in_force_stands_in_the_list_of_packs(reader):
    page = text_of(reader.get(reverse(PACKS)))
    for pack in library().packs.values():
        assert (pack.name in page) is not pack.is_base


def test_the_regulation_of_each_kind_of_unit_is_shown_with_its_doubt_as_it_was_on_the_day(reader):
    then, now = (text_of(reader.get(reverse(RULES), {"day": day})) for day in ("29/09/2015", "03/11/2026"))
    for page in (then, now):
        assert "Đơn vị sự nghiệp Quy định 97-QĐ/TW" in page
        assert "theo trí nhớ [seed] (chưa kiểm chứng)" in page
        assert "Thôn, tổ dân phố chưa tìm thấy" in page
    assert "nêu các quy định 97, 98, 163 và 165" in then
    assert "nêu các quy định 97, 98, 163 và 165" not in now
    assert "Chưa rõ còn hiệu lực" in now


def test_what_each_kind_of_unit_lays_stress_on_is_shown_with_its_doubt(reader):
    then, now = (text_of(reader.get(reverse(RULES), {"day": day})) for day in ("29/09/2015", "03/11/2026"))
    assert "Nội dung nhấn mạnh theo loại hình" not in then
    assert "Cơ quan báo chí Tôn chỉ, mục đích" in now
    assert "phát triển đảng viên phần mềm suy ra" in now


def test_the_rules_are_linked_from_the_own_account_and_the_foot_of_every_page(reader):
    link = f'<a href="{reverse(RULES)}">'
    assert reader.get(reverse("access:mine")).content.decode().count(link) == 2
    assert reader.get(reverse("access:roles")).content.decode().count(link) == 1
    assert f'href="{reverse(PACKS)}"' in reader.get(reverse(RULES)).content.decode()
