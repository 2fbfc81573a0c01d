"""The screens of the outgoing register, as a clerk uses them."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.documents.issuing import Sent, issue, keep_content
from nenep.documents.models import Archive, Document
from nenep.documents.tests.make import make_resolution
from nenep.documents.tests.test_operations import issue as issue_plainly
from nenep.files.models import Attachment, RefusedUpload
from nenep.files.tests.make import make_pdf, make_upload
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.words import day_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk(client, bloc):
    """The clerk of the organization, who is a member of one of its branches."""
    member = make_member(bloc.other_branch, name="Lê Văn Thư")
    make_office(member, bloc.organization, Post.CLERK)
    sign_in(client, member)
    return client


def typed(bloc, **changes):
    return {
        "kind": "KH",
        "subject": "kiểm tra, giám sát năm 2027",
        "day": day_words(today()),
        "place": "Thủ Dầu Một",
        "signer": "Nguyễn Văn Ký",
        "signed_as": "T/M Đảng ủy, Bí thư",
        "to-0-to": "branches",
        "to-0-purpose": "carry_out",
        "to-1-to": f"body:{bloc.bloc.pk}",
        "to-1-purpose": "report",
        "to-2-to": "other",
        "to-2-name": "VT",
        "to-2-purpose": "file",
        **changes,
    }


def address(body):
    return reverse("documents:numbering", args=[body.pk])


def text_of(answer):
    return answer.content.decode()


def test_a_clerk_takes_a_number_and_names_the_recipients(clerk, bloc):
    page = text_of(clerk.get(address(bloc.organization)))
    for words in ("Các chi bộ", "Đảng ủy Khối các cơ quan tỉnh", "Hướng dẫn (không thuộc thẩm quyền)"):
        assert words in page, words
    answer = clerk.post(address(bloc.organization), typed(bloc))
    document = Document.objects.get()
    assert answer.url == reverse("documents:page", args=[document.pk])
    shown = text_of(clerk.get(answer.url))
    for words in (
        "01-KH/ĐU",
        "Nguyễn Văn Ký",
        "Các chi bộ (T/h)",
        "Khối các cơ quan tỉnh (B/c)",
        "Lưu VT",
        "3 tổ chức",
    ):
        assert words in shown, words
    assert "không ban hành" not in shown


def test_a_paper_beyond_the_authority_of_the_body_is_issued_with_a_warning(clerk, bloc):
    answer = clerk.post(address(bloc.organization), typed(bloc, kind="HD"))
    assert "không ban hành hướng dẫn" in text_of(clerk.get(answer.url))


def test_what_is_wrong_in_a_line_of_recipients_is_said_and_nothing_is_numbered(clerk, bloc):
    for wrong in (
        {"to-2-name": ""},
        {"to-0-purpose": ""},
        {"to-0-to": "everybody"},
        {"kind": ""},
        {"day": "ngày mai"},
    ):
        answer = clerk.post(address(bloc.organization), typed(bloc, **wrong))
        assert answer.status_code == 422, wrong
    assert not Document.objects.exists()


def test_a_day_to_come_is_refused_at_its_field(clerk, bloc):
    answer = clerk.post(address(bloc.organization), typed(bloc, day=day_words(today() + timedelta(days=1))))
    assert answer.status_code == 422
    assert "không thể sau hôm nay" in text_of(answer)


def test_the_signed_file_comes_with_the_number_and_is_kept(clerk, bloc):
    file = make_upload(make_pdf("KẾ HOẠCH"))
    clerk.post(address(bloc.organization), typed(bloc, file=file, is_open="on"))
    archive, attachment = Archive.objects.get(), Attachment.objects.get()
    assert (archive.document, archive.sha256) == (Document.objects.get(), attachment.sha256)
    shown = text_of(clerk.get(reverse("documents:page", args=[archive.document_id])))
    assert archive.sha256 in shown
    assert "không còn trong phần mềm" not in shown
    attachment.delete()
    assert "không còn trong phần mềm" in text_of(
        clerk.get(reverse("documents:page", args=[archive.document_id]))
    )


def test_a_file_without_the_word_that_it_holds_no_secret_numbers_nothing(clerk, bloc):
    answer = clerk.post(address(bloc.organization), typed(bloc, file=make_upload(make_pdf("KẾ HOẠCH"))))
    assert answer.status_code == 422
    assert not Document.objects.exists()


def test_a_file_with_a_secret_marking_is_not_kept_and_the_number_stays(clerk, bloc):
    file = make_upload(make_pdf("MẬT", "KẾ HOẠCH"))
    clerk.post(address(bloc.organization), typed(bloc, file=file, is_open="on"))
    assert (Document.objects.count(), Attachment.objects.count(), Archive.objects.count()) == (1, 0, 0)
    assert RefusedUpload.objects.count() == 1


def test_the_signed_file_may_come_later_and_a_second_one_changes_no_copy(clerk, bloc):
    document = issue_plainly(bloc.organization, "KH")
    filing = reverse("documents:filing", args=[document.pk])
    for words in ("bản ký", "bản khác"):
        assert clerk.post(
            filing, {"file": make_upload(make_pdf(words)), "is_open": "on", "retention": "permanent"}
        ).url
    assert Attachment.objects.of(document).count() == 2
    assert Archive.objects.get().sha256 == Attachment.objects.of(document).first().sha256
    assert "Thời hạn bảo quản bản lưu" not in text_of(clerk.get(filing))


def test_kept_words_are_shown_as_they_were(clerk, bloc):
    document = issue_plainly(bloc.organization)
    keep_content(document, make_resolution())
    assert "Trần Văn Dũng chủ trì" in text_of(clerk.get(reverse("documents:page", args=[document.pk])))


def test_the_register_names_gaps_and_doubtful_numbers(clerk, bloc):
    calm = "Số liên tục, không thiếu, không trùng."
    issue_plainly(bloc.organization)
    assert calm in text_of(clerk.get(reverse("documents:register")))
    issue_plainly(bloc.organization, number=4)
    issue_plainly(bloc.organization, "KH")
    page = text_of(clerk.get(reverse("documents:register")))
    assert "thiếu số 2 đến 3." in page
    assert calm not in page
    assert calm in text_of(clerk.get(reverse("documents:register"), {"kind": "KH"}))
    Document.objects.filter(kind="KH").update(symbol="0l-KH/ĐU", symbol_is_doubtful=True)
    assert "0l-KH/ĐU: số đọc chưa chắc" in text_of(clerk.get(reverse("documents:register")))


def test_the_gap_of_another_register_is_not_named(clerk, bloc):
    issue_plainly(bloc.organization)
    issue_plainly(bloc.neighbour, number=7)
    assert "thiếu số" not in text_of(clerk.get(reverse("documents:register")))


def test_who_reads_the_register_sees_the_paper_and_may_not_number(client, bloc):
    officer = make_member(bloc.other_branch, name="Phạm Đảng Ủy")
    make_office(officer, bloc.organization, Post.DEPUTY)
    document = issue(bloc.organization, "KH", day=today(), subject="kế hoạch", recipients=[], by=None)
    sign_in(client, officer)
    assert client.get(reverse("documents:page", args=[document.pk])).status_code == 200
    assert client.get(reverse("documents:filing", args=[document.pk])).status_code == 403
    assert client.get(address(bloc.organization)).status_code == 403
    assert client.get(address(bloc.neighbour)).status_code == 404


def test_a_paper_of_another_body_is_not_there(clerk, bloc):
    document = issue_plainly(bloc.neighbour)
    assert clerk.get(reverse("documents:page", args=[document.pk])).status_code == 404
    assert clerk.get(reverse("documents:filing", args=[document.pk])).status_code == 404


def test_its_file_is_not_there_either_and_would_be_for_its_own_clerk(client, clerk, bloc):
    """The twin stands beside it: the same file, asked for by whom it belongs to."""
    from nenep.files.operations import attach

    document = issue_plainly(bloc.neighbour)
    attachment = attach(document, make_upload(make_pdf("KẾ HOẠCH")), body_id=bloc.neighbour.pk, by=None)
    download = reverse("files:download", args=[attachment.pk])
    assert clerk.get(download).status_code == 404
    own = make_member(bloc.neighbour_branch, name="Trần Văn Thư")
    make_office(own, bloc.neighbour, Post.CLERK)
    sign_in(client, own)
    answer = client.get(download)
    assert (answer.status_code, b"".join(answer.streaming_content)[:5]) == (200, b"%PDF-")


def test_a_committee_with_several_symbols_writes_its_own(client, bloc):
    officer = make_member(bloc.lone_branch, name="Vũ Văn Thư")
    make_office(officer, bloc.bloc, Post.CLERK)
    sign_in(client, officer)
    assert client.post(address(bloc.bloc), typed(bloc)).status_code == 422
    client.post(address(bloc.bloc), typed(bloc, organization="ĐUK", **{"to-1-to": "", "to-1-purpose": ""}))
    assert Document.objects.get().symbol == "01-KH/ĐUK"


def test_more_recipients_cost_no_more_queries(clerk, bloc, django_assert_max_num_queries):
    def count(document):
        with django_assert_max_num_queries(60) as taken:
            clerk.get(reverse("documents:page", args=[document.pk]))
        return len(taken)

    few, many = (
        issue(
            bloc.organization,
            "KH",
            day=date(2026, 9, 5),
            subject="x",
            by=None,
            recipients=[Sent("chi bộ", "inform", body_id=body.pk) for body in bodies],
        )
        for bodies in ([bloc.branch], [bloc.branch, bloc.other_branch, make_body(parent=bloc.organization)])
    )
    count(few)
    assert count(many) == count(few)
