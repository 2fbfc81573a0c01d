"""What a member sees about oneself, and requests to correct."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from nenep.access.models import GrantedRole, ReadingGrant
from nenep.access.operations import issue_code
from nenep.access.tests.make import PASSWORD, make_account, make_grant, sign_in, viewer_for
from nenep.journal.models import Event
from nenep.journal.operations import record_read
from nenep.notices.tests.make import make_notice
from nenep.people.models import Member, Post, Status
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.privacy import kept as kept_module
from nenep.privacy.kept import kept_about
from nenep.privacy.models import CorrectionRequest
from nenep.privacy.operations import ask_correction
from nenep.shared.dates import clock_at, now, today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(bloc):
    return make_member(bloc.branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY)


@pytest.fixture
def member(bloc, secretary):
    return make_member(bloc.branch, name="Trần Văn Bình", phone="0912000111")


def ask(member, proposed="0912999888"):
    return ask_correction(
        member,
        field="people.Member.phone",
        row=member.pk,
        proposed=proposed,
        reason="",
        by=viewer_for(member),
    )


def plant(bloc, member, sign):
    """Put a different mark that starts with `sign` in every text field about this person; returns the marks."""
    account = make_account(member)
    marks = []

    def mark(what):
        marks.append(f"{sign}{what}{sign}")
        return marks[-1]

    Member.objects.filter(pk=member.pk).update(
        code=mark("code"),
        full_name=mark("name"),
        email=f"{mark('mail')}@example.org",
        phone=mark("tel"),
        sort_key=mark("sort"),
        search_key=mark("search"),
    )
    account.username = mark("user")
    account.save()
    grant = make_grant(account, GrantedRole.CLERK, bloc.organization)
    grant.decision = mark("decision")
    grant.save()
    ReadingGrant.objects.create(
        account=account,
        body=bloc.branch,
        purpose=mark("purpose"),
        asked_at=now(),
        valid_from=today(),
        valid_to=today() + timedelta(days=1),
    )
    moved = transfer(member, to=bloc.other_branch, day=today(), letter=mark("letter"), by=None)
    assert moved.pk
    request = ask(member, mark("proposed"))
    request.reason, request.answer = mark("reason"), mark("answer")
    request.save()
    return marks


def test_download_holds_each_canary_of_the_person_once_and_nobody_elses(client, bloc):
    mine, other = (make_member(bloc.branch) for _ in range(2))
    own, foreign = plant(bloc, mine, "QX"), plant(bloc, other, "ZW")
    sign_in(client, mine)
    text = client.get(reverse("privacy:download")).content.decode()
    assert {mark: text.count(mark) for mark in own} == dict.fromkeys(own, 1)
    assert "ZW" not in text
    assert foreign


def test_person_who_only_dealt_with_a_row_sees_that_and_not_the_other_persons_values(
    client, bloc, secretary, member
):
    request = ask(member, "QXproposedQX")
    request.state, request.answer = "corrected", "QXanswerQX"
    request.answered_by, request.answered_at = make_account(secretary), now()
    request.save()
    sign_in(client, secretary)
    text = client.get(reverse("privacy:download")).content.decode()
    assert "QX" not in text
    assert "privacy.CorrectionRequest.answered_by" in text


def test_page_shows_each_canary_that_a_person_can_read(client, bloc):
    member = make_member(bloc.branch)
    marks = plant(bloc, member, "QX")
    sign_in(client, member)
    page = client.get(reverse("privacy:mine")).content.decode()
    derived = {"QXsortQX", "QXsearchQX"}
    assert [mark for mark in marks if mark not in page] == [mark for mark in marks if mark in derived]


def test_text_columns_of_a_person_all_carry_a_canary(bloc):
    """The canary test is as good as its planting: every filled free text about the person is a canary."""
    member = make_member(bloc.branch)
    plant(bloc, member, "QX")
    texts = {
        kept.field
        for kept in kept_about(member.pk)
        if kept.field.startswith(("people.", "access.", "privacy."))
        and "QX" not in kept.value
        and kept.value
        and _is_free_text(kept.field)
    }
    assert texts == set()


def _is_free_text(key):
    from django.apps import apps

    app, model, name = key.split(".")
    field = apps.get_model(app, model)._meta.get_field(name)
    hidden = {"password", "digest", "field"}
    return (
        field.get_internal_type() in {"CharField", "TextField"} and not field.choices and name not in hidden
    )


def test_secrets_are_never_in_the_download(client, bloc, member):
    account = make_account(member)
    issue_code(account, by=None)
    client.post(reverse("account_login"), {"login": account.username, "password": PASSWORD})
    text = client.get(reverse("privacy:download")).content.decode()
    assert account.password not in text
    assert account.code.digest not in text
    assert client.session.session_key not in text


def test_other_people_who_dealt_with_me_are_not_named_in_my_data(client, bloc, secretary, member):
    account = make_account(member)
    ReadingGrant.objects.create(
        account=account,
        given_by=make_account(secretary),
        body=bloc.branch,
        purpose="x",
        state="given",
        asked_at=now(),
        valid_from=today(),
        valid_to=today() + timedelta(days=1),
    )
    sign_in(client, member)
    text = client.get(reverse("privacy:download")).content.decode()
    assert secretary.full_name not in text
    assert account.username in text


def test_download_is_journaled_and_the_own_look_is_no_news(client, member):
    sign_in(client, member)
    client.get(reverse("privacy:download"))
    assert Event.objects.filter(verb="data.downloaded", subject=member.pk).count() == 1
    looks = json.loads(client.get(reverse("privacy:download")).content)["looks"]
    assert {look["who"] for look in looks} == {"Phần mềm"}


def test_looks_name_the_actor_with_the_role_of_that_day_and_nobody_else(client, bloc, secretary, member):
    third = make_member(bloc.branch, name="Phạm Người Thứ Ba")
    record_read("account.read", by=viewer_for(secretary), body=bloc.branch.pk, subject=member.pk)
    record_read("account.read", by=viewer_for(secretary), body=bloc.branch.pk, subject=third.pk)
    sign_in(client, member)
    page = client.get(reverse("privacy:looks")).content.decode()
    assert secretary.full_name in page
    assert "Bí thư, " in page
    assert third.full_name not in page
    assert member.full_name not in page.split("<footer")[0]


def test_looks_cost_the_same_for_few_and_many(client, bloc, secretary, member):
    sign_in(client, member)
    client.get(reverse("privacy:looks"))  # the first page of a sign-in notes when it began

    def queries():
        with CaptureQueriesContext(connection) as found:
            client.get(reverse("privacy:looks"))
        return len(found)

    record_read("account.read", by=viewer_for(secretary), body=bloc.branch.pk, subject=member.pk)
    few = queries()
    for _ in range(3):
        reader = make_member(bloc.branch)
        make_office(reader, bloc.organization, Post.COMMITTEE_MEMBER)
        record_read("account.read", by=viewer_for(reader), body=bloc.branch.pk, subject=member.pk)
    assert queries() == few


def test_correction_goes_to_the_secretary_who_must_say_why_not(client, bloc, secretary, member):
    sign_in(client, member)
    address = f"{reverse('privacy:correction_new')}?field=people.Member.phone&row={member.pk}"
    assert "0912000111" in client.get(address).content.decode()
    facts = {"field": "people.Member.phone", "row": member.pk, "proposed": "0900", "reason": "Đổi số"}
    assert client.post(reverse("privacy:correction_new"), facts).status_code == 302
    request = CorrectionRequest.objects.get()
    sign_in(client, secretary)
    assert "0900" in client.get(reverse("privacy:corrections")).content.decode()
    answer = reverse("privacy:correction_answer", args=[request.pk])
    assert client.post(answer, {"corrected": "0", "answer": ""}).status_code == 422
    assert client.post(answer, {"corrected": "0", "answer": "Chưa đủ căn cứ"}).status_code == 302
    sign_in(client, member)
    assert "Chưa đủ căn cứ" in client.get(reverse("privacy:corrections")).content.decode()
    assert Event.objects.filter(verb="correction.answered", subject=member.pk).count() == 1


def test_nobody_answers_the_own_request(client, secretary):
    request = ask(secretary)
    sign_in(client, secretary)
    assert client.get(reverse("privacy:correction_answer", args=[request.pk])).status_code == 403


def test_request_of_another_branch_is_not_there(client, bloc, member):
    request = ask(member)
    sign_in(client, make_member(bloc.neighbour_branch, post=Post.SECRETARY))
    assert client.get(reverse("privacy:correction_answer", args=[request.pk])).status_code == 404


def test_committee_above_may_answer(client, bloc, secretary):
    request = ask(secretary)
    officer = make_member(bloc.other_branch)
    make_office(officer, bloc.organization, Post.DEPUTY)
    sign_in(client, officer)
    done = client.post(reverse("privacy:correction_answer", args=[request.pk]), {"corrected": "1"})
    assert done.status_code == 302


def test_correction_of_what_is_not_kept_about_me_is_not_there(client, secretary, member):
    sign_in(client, member)
    address = reverse("privacy:correction_new")
    assert client.get(f"{address}?field=people.Member.phone&row={secretary.pk}").status_code == 404
    assert client.get(f"{address}?field=people.Member.loyalty&row={member.pk}").status_code == 404


def test_answer_is_due_after_two_working_days_and_then_overdue(member):
    request = ask(member)
    assert not request.is_overdue
    CorrectionRequest.objects.filter(pk=request.pk).update(asked_at=now() - timedelta(days=9))
    request.refresh_from_db()
    assert request.is_overdue


def test_whoever_left_is_told_where_to_ask(bloc, member):
    from nenep.people.operations import leave

    leave(member, day=today(), by=None)
    with pytest.raises(Refused, match="bằng giấy"):
        ask(member)


def test_status_and_stay_are_shown_in_words(bloc, member):
    change_status(member, status=Status.AWAY, start=date(2020, 1, 2), host=bloc.lone_branch, by=None)
    values = {kept.field: kept.value for kept in kept_about(member.pk)}
    assert values["people.StatusPeriod.status"] == Status.AWAY.label
    assert values["people.StatusPeriod.host"] == "Chi bộ Hội D"
    assert values["people.StatusPeriod.valid_from"] == "02/01/2020"


def test_registered_provider_adds_to_what_is_kept(monkeypatch, member):
    monkeypatch.setattr(kept_module, "_providers", {})
    one = kept_module.Kept("Nhóm", "Mục", "Giá trị", "Để", "Ai", "Bao lâu")
    kept_module.register("thử", lambda member_id: [one] if member_id == member.pk else [])
    assert one in kept_about(member.pk)
    with pytest.raises(ValueError, match="twice"):
        kept_module.register("thử", lambda member_id: [])


def test_inventory_page_is_for_everybody_signed_in(client, member):
    sign_in(client, member)
    page = client.get(reverse("privacy:inventory")).content.decode()
    assert "Trong thời gian sinh hoạt" in page


def test_administrator_who_is_no_member_has_no_such_page(client, bloc):
    from nenep.access.tests.make import make_administrator

    sign_in(client, make_administrator(bloc.bloc))
    assert client.get(reverse("privacy:mine")).status_code == 404


def test_page_tells_a_sign_in_in_words_and_vietnams_time(client, member):
    account = make_account(member)
    agent = "Mozilla/5.0 (X11; Linux x86_64) Chrome/149.0"
    with clock_at(datetime(2026, 11, 24, 15, 4, tzinfo=UTC)):
        client.post(
            reverse("account_login"),
            {"login": account.username, "password": PASSWORD},
            headers={"user-agent": agent},
        )
        page = client.get(reverse("privacy:mine"), headers={"user-agent": agent}).content.decode()
    assert ">Lần đăng nhập</h2>" in page
    assert "Máy tính Linux" in page
    for machine_word in ("User", "Session", "Mozilla", "created at", "seen at", "{}", "Đồng chí</strong>"):
        assert machine_word not in page, machine_word


def test_times_are_vietnams():
    assert kept_module._written(datetime(2026, 11, 24, 15, 4, tzinfo=UTC)) == "22:04 ngày 24/11/2026"
    assert kept_module._written(date(2026, 11, 24)) == "24/11/2026"


def test_only_facts_about_a_person_can_be_asked_to_be_corrected(client, member):
    make_notice(member)
    sign_in(client, member)
    page = client.get(reverse("privacy:mine")).content.decode()
    assert "Đề nghị sửa Số điện thoại".lower() in page.lower()
    for other in ("cỡ chữ", "tiêu đề", "Địa chỉ mạng"):
        assert f"Đề nghị sửa {other}" not in page
    size = {"field": "access.Account.text_size", "row": member.account.pk}
    assert client.get(reverse("privacy:correction_new"), size).status_code == 404


def test_inventory_says_once_that_its_terms_are_provisional_and_shows_no_machine_words(client, member):
    sign_in(client, member)
    page = client.get(reverse("privacy:inventory")).content.decode()
    assert page.count("tạm ghi") == 1
    for machine_word in ("User", "Session", "Account", "luôn trống:", "sort key", "object id", "replied"):
        assert machine_word not in page, machine_word
