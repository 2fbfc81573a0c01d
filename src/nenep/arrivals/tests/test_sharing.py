"""One paper, several receivers: what each may see. Every "does not leak" stands beside a twin that would."""

import pytest

from nenep.access.tests.make import viewer_for
from nenep.arrivals import providing, sharing
from nenep.arrivals.models import Arrival
from nenep.arrivals.tests.make import make_arrival, make_outside, make_sent
from nenep.documents import providers
from nenep.documents.models import Document
from nenep.files.models import Attachment
from nenep.files.operations import attach
from nenep.files.tests.make import make_pdf, make_upload
from nenep.people.models import Post
from nenep.people.offices import release
from nenep.people.operations import transfer
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.viewer import Reach, Viewer

pytestmark = pytest.mark.django_db
SCAN = make_pdf("ĐẢNG BỘ TỈNH", "Số 49-CTr/TU")


def clerk_of(body, home):
    member = make_member(home)
    make_office(member, body, Post.CLERK)
    return viewer_for(member)


@pytest.fixture
def clerks(bloc):
    return clerk_of(bloc.organization, bloc.branch), clerk_of(bloc.neighbour, bloc.neighbour_branch)


def enter(body, by, *, content=SCAN, **changes):
    """As the screen does it: the digest with the entry, then the scan with the arrival."""
    import hashlib

    sha256 = hashlib.sha256(content).hexdigest() if content else ""
    arrival = make_outside(body, by=by, sha256=sha256, **changes)
    if content:
        attach(arrival, make_upload(content), body_id=body.pk, by=by)
    return arrival


def files_seen_by(viewer):
    return set(Attachment.objects.visible_to(viewer).values_list("pk", flat=True))


def test_two_bodies_that_enter_the_same_head_keep_two_papers(bloc, clerks):
    first = enter(bloc.organization, clerks[0])
    second = enter(bloc.neighbour, clerks[1], content=make_pdf("bản chụp khác"))
    assert first.document != second.document
    assert not Document.objects.visible_to(clerks[1]).filter(pk=first.document_id).exists()
    assert Document.objects.visible_to(clerks[0]).filter(pk=first.document_id).exists()


def test_a_scan_is_seen_in_the_body_that_made_it_alone(bloc, clerks):
    enter(bloc.organization, clerks[0])
    enter(bloc.neighbour, clerks[1])
    own = [
        set(Attachment.objects.filter(body=body).values_list("pk", flat=True))
        for body in (bloc.organization, bloc.neighbour)
    ]
    assert [files_seen_by(viewer) for viewer in clerks] == own
    assert own[0] and own[1]


def test_it_would_be_seen_if_it_belonged_to_the_shared_paper(bloc, clerks, monkeypatch):
    """The twin: with the file on the paper and files open to all readers, the other body has it."""
    first = enter(bloc.organization, clerks[0])
    enter(bloc.neighbour, clerks[1])
    leaked = attach(first.document, make_upload(make_pdf("bút phê")), body_id=bloc.organization.pk, by=None)
    assert leaked.pk not in files_seen_by(clerks[1])
    monkeypatch.setattr(providers.with_files, "_functions", [providing.readable])
    assert leaked.pk in files_seen_by(clerks[1])


def test_the_very_same_file_makes_one_paper_with_two_arrivals(bloc, clerks):
    first, second = enter(bloc.organization, clerks[0]), enter(bloc.neighbour, clerks[1], subject="khác chữ")
    assert first.document == second.document
    assert (Document.objects.count(), Arrival.objects.count()) == (1, 2)


def test_the_same_file_under_another_symbol_stays_another_paper(bloc, clerks):
    first = enter(bloc.organization, clerks[0])
    assert enter(bloc.neighbour, clerks[1], symbol="50-CTr/TU").document != first.document


def test_a_clerk_who_reads_the_paper_already_uses_it(bloc):
    both = make_member(bloc.branch)
    for body in (bloc.organization, bloc.neighbour):
        make_office(both, body, Post.CLERK)
    viewer = viewer_for(both)
    first = enter(bloc.organization, viewer, content=b"")
    assert enter(bloc.neighbour, viewer, content=b"").document == first.document
    assert enter(bloc.lone_branch, viewer, content=b"", symbol_is_doubtful=True).document != first.document


def test_the_program_itself_shares_nothing_by_its_head(bloc):
    assert make_outside(bloc.organization).document != make_outside(bloc.neighbour).document


def test_without_the_question_who_reads_it_the_head_alone_would_share(bloc, clerks, monkeypatch):
    """The twin of the first test: what keeps the two apart is that the second clerk does not read the first paper."""
    first = enter(bloc.organization, clerks[0], content=b"")
    assert enter(bloc.neighbour, clerks[1], content=b"").document != first.document
    everything = Viewer(
        actor="member:1", member_id=1, reach={"arrivals.read": Reach(own=frozenset({bloc.organization.pk}))}
    )
    asked = sharing._read_by
    monkeypatch.setattr(sharing, "_read_by", lambda _viewer, columns: asked(everything, columns))
    assert enter(bloc.lone_branch, clerks[1], content=b"").document == first.document


def test_a_body_enters_a_paper_once(bloc, clerks):
    from nenep.shared.states import Refused

    enter(bloc.organization, clerks[0])
    with pytest.raises(Refused, match="số đến 1"):
        enter(bloc.organization, clerks[0])


def test_what_was_sent_comes_with_the_files_of_its_issuer(bloc, clerks):
    document = make_sent(bloc.bloc, bloc.organization)
    file = attach(document, make_upload(SCAN), body_id=bloc.bloc.pk, by=None)
    assert file.pk in files_seen_by(clerks[0])
    assert file.pk not in files_seen_by(clerks[1])


def test_what_was_only_entered_by_hand_brings_no_file_of_the_issuer(bloc, clerks):
    """The neighbour got the file some other way: it shares the paper, and none of its other files."""
    document = make_sent(bloc.bloc, bloc.organization)
    attach(document, make_upload(SCAN), body_id=bloc.bloc.pk, by=None)
    draft = attach(document, make_upload(make_pdf("phụ lục nội bộ")), body_id=bloc.bloc.pk, by=None)
    arrival = enter(bloc.neighbour, clerks[1], symbol=document.symbol)
    assert arrival.document == document
    assert draft.pk in files_seen_by(clerks[0])
    assert draft.pk not in files_seen_by(clerks[1])


def test_an_arrival_is_seen_in_its_body_and_by_whoever_handles_it(bloc):
    arrival = make_arrival(bloc.bloc, bloc.branch)
    handler, colleague = make_member(bloc.branch), make_member(bloc.branch)
    Arrival.objects.filter(pk=arrival.pk).update(handler=handler)

    def sees(member):
        viewer = viewer_for(member)
        return [rows.visible_to(viewer).exists() for rows in (Arrival.objects, Document.objects)]

    assert sees(handler) == [True, True]
    assert sees(colleague) == [False, False]
    transfer(handler, to=bloc.neighbour_branch, day=today(), by=None)
    assert sees(handler) == [False, False]


def test_a_right_to_the_register_ends_with_the_office(bloc):
    make_arrival(bloc.bloc, bloc.organization)
    member = make_member(bloc.branch)
    office = make_office(member, bloc.organization, Post.CLERK)
    assert Arrival.objects.visible_to(viewer_for(member)).exists()
    release(office, day=today(), by=None)
    assert not Arrival.objects.visible_to(viewer_for(member)).exists()


def test_the_issuer_sees_states_and_days_and_no_name(bloc):
    arrival = make_arrival(bloc.bloc, bloc.organization)
    handler = make_member(bloc.branch, name="Trần Kín Tiếng")
    Arrival.objects.filter(pk=arrival.pk).update(handler=handler, note="việc nội bộ")
    words = dict(providers.progress.ask(arrival.document))[bloc.organization.pk]
    assert words.words.startswith("Đã vào sổ")
    assert "Kín" not in words.words + words.state
    officer = clerk_of(bloc.bloc, bloc.lone_branch)
    assert not Arrival.objects.visible_to(officer).exists()
    assert Document.objects.visible_to(officer).exists()
