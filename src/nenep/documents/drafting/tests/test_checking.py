"""What is said about a draft before its number, and that a sound one raises nothing."""

from datetime import date, timedelta

import pytest

from nenep.documents.drafting.checking import consent_warning, warnings_of
from nenep.documents.drafting.models import Consent
from nenep.documents.drafting.tests.make import make_draft
from nenep.organizations.operations import change_locality
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import today

pytestmark = [pytest.mark.django_db, pytest.mark.either_database]


@pytest.fixture
def branch(bloc):
    change_locality(bloc.bloc, locality="Thủ Dầu Một", day=date(2020, 1, 1), by=None)
    make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
    return bloc.branch


DECISION = (
    "Căn cứ Điều lệ Đảng;\nCHI BỘ QUYẾT ĐỊNH\nĐiều 1. Phân công đồng chí An.\nĐiều 2. Đồng chí An thi hành."
)
INVITATION = "Chi bộ kính mời: đồng chí An.\nThời gian: 14 giờ.\nĐịa điểm: phòng họp."
SOUND = [
    ("KH", {}),
    ("KH", {"signer_name": "Bùi Tiến Sĩ"}),
    ("QĐ", {"text": DECISION}),
    ("GM", {"text": INVITATION}),
    ("CV", {"addressees": "Ban Tổ chức"}),
    (
        "BC",
        {
            "text": "I- MỘT\n1. Mục một\na) Ý một.\nb) Ý hai.\n2. Mục hai\na) Ý một.\nII- HAI\n1. Mục một\nHết."
        },
    ),
    ("TB", {"text": "1. Một.\n- Phụ.\n2. Hai.\n3.918 đảng viên dự.\nd) không"}),
]


@pytest.mark.parametrize(("kind", "columns"), SOUND[:-1])
def test_a_sound_draft_raises_nothing(branch, kind, columns):
    assert warnings_of(make_draft(branch, kind, **columns)) == []


@pytest.mark.parametrize(
    ("kind", "columns", "said"),
    [
        ("HD", {}, "Theo quy định, tổ chức này không ban hành hướng dẫn."),
        ("KH", {"day": today() + timedelta(days=1)}, "chưa tới"),
        ("KH", {"day": date(2016, 5, 4)}, "chưa có thể thức"),
        ("KH", {"subject": ""}, "Chưa ghi trích yếu."),
        ("KH", {"text": ""}, "Chưa có nội dung."),
        ("KH", {"text": "Đồng chí … chủ trì."}, "Còn 1 dòng có chỗ “…” chưa điền: “Đồng chí … chủ trì.”"),
        ("CV", {"addressees": ""}, "Chưa ghi nơi nhận ở dòng “Kính gửi”."),
        ("KH", {"recipients": []}, "Phần “Nơi nhận” chưa có nơi nào được gửi."),
        ("KH", {"recipients": []}, "Phần “Nơi nhận” chưa có dòng “Lưu …”."),
        ("KH", {"signer_name": ""}, "Chưa ghi đủ người ký và chức vụ."),
        ("KH", {"signer_name": "TS. Lê An"}, "không ghi học hàm, học vị: “TS. Lê An”"),
        ("KH", {"signer_name": "Thạc sĩ Lê An"}, "không ghi học hàm, học vị"),
        ("QĐ", {"text": DECISION.replace("Căn cứ", "Theo")}, "chưa có dòng “Căn cứ …;”"),
        ("QĐ", {"text": DECISION.replace("QUYẾT ĐỊNH", "")}, "ai “QUYẾT ĐỊNH”"),
        ("QĐ", {"text": DECISION.replace("Điều ", "Đ")}, "chưa có “Điều 1. …”"),
        ("QĐ", {"text": DECISION.replace("Điều 2", "Điều 3")}, "“Điều 3.” không nối tiếp"),
        ("GM", {"text": INVITATION.replace("Thời gian", "Lúc")}, "chưa có dòng “Thời gian: …”"),
        ("KH", {"text": "1. Một.\n3. Ba."}, "Dòng 2: “3.” không nối tiếp số trước."),
        ("KH", {"text": "I- MỘT\nIII- BA"}, "Dòng 2: “III-” không nối tiếp"),
        ("KH", {"text": "a) Một.\nb) Hai.\ne) Ba."}, "“e)” không nối tiếp"),
        ("KH", {"text": "I. MỘT\nHọp đều."}, "Mục ghi “I.”; thể thức của ngày ấy ghi “I-”."),
    ],
)
def test_each_fault_is_said(branch, kind, columns, said):
    assert said in " ".join(warnings_of(make_draft(branch, kind, **columns)))


def test_a_body_without_a_place_is_told(bloc):
    assert any("địa danh" in sentence for sentence in warnings_of(make_draft(bloc.branch)))


def test_the_word_of_the_signer_is_missed_until_it_is_given(branch):
    draft = make_draft(branch)
    assert "chưa bấm đồng ý" in consent_warning(draft)
    draft.consent = Consent.AGREED
    assert consent_warning(draft) == ""
