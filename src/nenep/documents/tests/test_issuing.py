from datetime import date, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from nenep.documents import providers, triggers
from nenep.documents.groups import expand, groups_of
from nenep.documents.issuing import Sent, issue, keep_content, keep_file
from nenep.documents.models import Archive, Document, Recipient
from nenep.documents.storing import from_json
from nenep.documents.tests.make import make_resolution
from nenep.files.operations import attach
from nenep.files.tests.make import make_pdf, make_upload
from nenep.organizations.operations import form_cluster, merge_bodies, move_body, place_in_cluster
from nenep.organizations.tests.make import make_body
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db
T_H, FILED = "carry_out", "file"


def send_out(body, *recipients, day=None, **facts):
    facts = {"organization": "ĐUK", "subject": "tổng kết năm", **facts}
    return issue(body, "BC", day=day or today(), recipients=recipients, by=None, **facts)


def bodies_of(document):
    return {
        (addressee.body_id, recipient.purpose)
        for recipient in document.recipients.all()
        for addressee in recipient.addressees.all()
    }


@pytest.fixture
def told(monkeypatch):
    heard = []
    monkeypatch.setattr(providers.issued, "_functions", [lambda paper: heard.append(paper.bodies)])
    return heard


def test_groups_stand_for_the_bodies_below_by_kind(bloc):
    cluster = form_cluster(bloc.bloc, code="C1", name="Cụm 1", day=today(), by=None)
    place_in_cluster(bloc.lone_branch, cluster=cluster, day=today(), by=None)
    found = {
        code: set(expand(code, bloc.bloc.pk, today())) for code, _name in groups_of(bloc.bloc.pk, today())
    }
    below = {body.pk for body in vars(bloc).values()} - {bloc.bloc.pk}
    assert found == {
        "below": below,
        "children": {bloc.office.pk, bloc.organization.pk, bloc.lone_branch.pk, bloc.neighbour.pk},
        "grassroots": {bloc.organization.pk, bloc.lone_branch.pk, bloc.neighbour.pk},
        "branches": {
            body.pk
            for body in (
                bloc.branch,
                bloc.other_branch,
                bloc.section_branch,
                bloc.lone_branch,
                bloc.neighbour_branch,
            )
        },
        "advisory_units": {bloc.office.pk},
        f"cluster:{cluster.pk}": {bloc.lone_branch.pk},
    }
    assert groups_of(bloc.branch.pk, today()) == []


@pytest.mark.parametrize("code", ["everybody", "cluster:0", "cluster:999999"])
def test_an_unknown_group_is_an_error(bloc, code):
    with pytest.raises(ValueError, match=r"group|cluster"):
        expand(code, bloc.bloc.pk, today())


def test_a_cluster_of_another_body_is_no_group(bloc):
    cluster = form_cluster(bloc.bloc, code="C1", name="Cụm 1", day=today(), by=None)
    with pytest.raises(ValueError, match="cluster"):
        expand(f"cluster:{cluster.pk}", bloc.organization.pk, today())


def test_a_group_stands_for_the_bodies_of_the_day_of_issue(bloc, told):
    """The neighbour merged and a branch moved a month ago; the paper is of before."""
    before, then = today() - timedelta(days=60), today() - timedelta(days=30)
    other = make_body("Đảng bộ Sở E", kind="grassroots_organization", parent=bloc.bloc)
    move_body(bloc.other_branch, parent=other, day=then, by=None)
    merge_bodies([bloc.neighbour], into=other, day=then, by=None)
    line = Sent("Các chi, đảng bộ cơ sở", T_H, group="grassroots")
    old, new = send_out(bloc.bloc, line, day=before), send_out(bloc.bloc, line)
    assert {body for body, _purpose in bodies_of(old)} == {
        bloc.organization.pk,
        bloc.lone_branch.pk,
        bloc.neighbour.pk,
        other.pk,
    }
    assert {body for body, _purpose in bodies_of(new)} == {
        bloc.organization.pk,
        bloc.lone_branch.pk,
        other.pk,
    }
    below = send_out(
        bloc.organization, Sent("Các chi bộ", T_H, group="branches"), day=before, organization="ĐU"
    )
    assert (bloc.other_branch.pk, T_H) in bodies_of(below)


def test_recipients_stay_as_printed_and_in_order(bloc, told):
    document = send_out(
        bloc.bloc,
        Sent("Phó Bí thư TT Tỉnh ủy", "report"),
        Sent("Các chi, đảng bộ cơ sở", T_H, group="grassroots"),
        Sent("VT", FILED),
    )
    from nenep.rulebook import rules_on

    purposes = {term.code: term for term in rules_on(today()).vocabulary.recipient_purposes}
    lines = [row.line(purposes) for row in Recipient.objects.filter(document=document).order_by("order")]
    assert lines == ["Phó Bí thư TT Tỉnh ủy (B/c)", "Các chi, đảng bộ cơ sở (T/h)", "Lưu VT"]


def test_a_body_named_twice_gets_one_paper_for_the_stronger_purpose(bloc, told):
    send_out(
        bloc.bloc,
        Sent("Sở A", "inform", body_id=bloc.organization.pk),
        Sent("Các chi, đảng bộ cơ sở", T_H, group="grassroots"),
        Sent("Văn phòng", FILED, body_id=bloc.office.pk),
    )
    assert told == [
        dict.fromkeys([bloc.organization.pk, bloc.lone_branch.pk, bloc.neighbour.pk], T_H),
    ]


def test_a_paper_without_bodies_tells_nobody(bloc, told):
    send_out(bloc.bloc, Sent("Tỉnh ủy", "report"), Sent("Khối", T_H, body_id=bloc.bloc.pk))
    assert told == []


def test_the_same_page_sent_twice_issues_one_paper(bloc, told):
    from uuid import uuid4

    once = uuid4()
    line = Sent("Sở A", T_H, body_id=bloc.organization.pk)
    first, second = send_out(bloc.bloc, line, once=once), send_out(bloc.bloc, line, once=once)
    assert first == second
    assert (Document.objects.count(), len(told)) == (1, 1)


def test_a_day_to_come_and_one_before_the_body_are_refused(bloc):
    for day in (today() + timedelta(days=1), date(2009, 1, 1)):
        with pytest.raises(Refused):
            send_out(bloc.bloc, day=day)
    assert not Document.objects.exists()


def test_an_unknown_purpose_takes_the_number_back(bloc):
    with pytest.raises(ValueError, match="purpose"):
        send_out(bloc.bloc, Sent("Sở A", "because"))
    assert send_out(bloc.bloc).number == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"body": None},
        {"series": None},
        {"number": None},
        {"body": None, "series": None, "number": None},
        {"issued_on": None},
    ],
)
def test_a_number_is_of_a_register_and_a_paper_of_somebody(bloc, wrong):
    document = send_out(bloc.bloc)
    with pytest.raises(IntegrityError), transaction.atomic():
        Document.objects.filter(pk=document.pk).update(**wrong)
    Document.objects.filter(pk=document.pk).update(body=None, series=None, number=None, issuer_name="Tỉnh ủy")


# --- the archive ------------------------------------------------------------------------------------------

CHANGES = [
    "UPDATE documents_archive SET sha256 = 'f'",
    "DELETE FROM documents_archive",
    "UPDATE documents_archive SET retention = 'temporary'",
]


def run(statement):
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)


@pytest.mark.parametrize("statement", CHANGES)
def test_what_is_kept_is_neither_changed_nor_taken_away(bloc, statement):
    keep_content(send_out(bloc.bloc), make_resolution())
    with pytest.raises(IntegrityError if connection.vendor == "sqlite" else Exception, match="append-only"):
        run(statement)
    assert from_json(Archive.objects.get().content) == make_resolution()


@pytest.mark.parametrize("statement", CHANGES)
def test_without_the_triggers_it_would_be(bloc, statement):
    """The twin: the refusal comes from the triggers and from nothing else."""
    keep_content(send_out(bloc.bloc), make_resolution())
    triggers.remove(connection)
    run(statement)
    triggers.install(connection)


def test_the_signed_file_is_kept_by_its_digest_and_only_once(bloc):
    document = send_out(bloc.bloc)
    attachment = attach(document, make_upload(make_pdf()), body_id=bloc.bloc.pk, by=None)
    keep_file(document, attachment, retention="permanent", by=None)
    kept = Archive.objects.get(document=document)
    assert (kept.sha256, kept.file_name, kept.retention) == (attachment.sha256, attachment.name, "permanent")
    with pytest.raises(Refused, match="bản lưu"):
        keep_file(document, attachment, retention="permanent", by=None)


def test_an_unknown_retention_is_an_error(bloc):
    document = send_out(bloc.bloc)
    attachment = attach(document, make_upload(make_pdf()), body_id=bloc.bloc.pk, by=None)
    with pytest.raises(ValueError, match="retention"):
        keep_file(document, attachment, retention="forever", by=None)
