"""What the addresses of the registers need: papers that went out, and papers that came."""

from __future__ import annotations

from datetime import timedelta

from nenep.arrivals.models import Arrival, Intake, IntakeState
from nenep.arrivals.operations import finish, register, route
from nenep.arrivals.reading import read_file
from nenep.arrivals.tests.make import make_outside
from nenep.documents.drafting.consenting import ask
from nenep.documents.drafting.tests.make import make_draft
from nenep.documents.issuing import Sent, issue, keep_content
from nenep.documents.models import Draft
from nenep.documents.tests.make import make_resolution
from nenep.files.operations import attach
from nenep.files.tests.make import make_pdf, make_upload, make_word
from nenep.shared.dates import today
from nenep.shared.words import day_words


def branch_that_issues(world, owner):
    bloc = world.bloc
    return {"body_id": bloc.branch.pk, "above": bloc.organization.pk, "day": day_words(today())}


def paper_of_branch(world, owner):
    return {"pk": _issued(world.bloc.branch).pk}


def paper_with_words(world, owner):
    document = _issued(world.bloc.branch)
    keep_content(document, make_resolution())
    return {"pk": document.pk, "fmt": "docx"}


def draft_of_branch(world, owner):
    """Its deputy signs, so the secretary may hand it over."""
    deputy = world.members["deputy"]
    columns = {"signer_id": deputy.pk, "signer_name": deputy.full_name, "signer_position": "Phó bí thư"}
    draft = make_draft(world.bloc.branch, **columns)
    return {"pk": draft.pk, "fmt": "docx", "day": day_words(today())}


def draft_that_came_back(world, owner):
    facts = draft_of_branch(world, owner)
    returned = {
        "subject": "kiểm tra",
        "addressees": "",
        "text": "Chi bộ kiểm tra.",
        "notes": [],
        "revision": 2,
    }
    Draft.objects.update(returned=returned)
    return facts


def draft_to_be_signed(world, owner):
    """The secretary signs, as begun."""
    draft = make_draft(world.bloc.branch)
    ask(draft, by=None)
    return {"pk": draft.pk}


def signed_file(world, owner):
    """A PDF of a paper of the branch; whether it is signed is seen on its page."""
    branch = world.bloc.branch
    return {"pk": attach(_issued(branch), make_upload(make_pdf("BÁO CÁO")), body_id=branch.pk, by=None).pk}


def paper_that_waits(world, owner):
    """The organization sent it to the branch."""
    bloc = world.bloc
    line = Sent("Chi bộ Văn phòng", "carry_out", body_id=bloc.branch.pk)
    document = _issued(bloc.organization, line)
    return {"pk": Arrival.objects.get(document=document).pk, "day": day_words(today())}


def paper_for_member(world, owner):
    """Entered, and given to the member to handle; its words are kept, so it can be stamped."""
    facts = paper_that_waits(world, owner)
    arrival = Arrival.objects.get(pk=facts["pk"])
    keep_content(arrival.document, make_resolution())
    register(arrival, arrived=today().isoformat(), by=None)
    member, later = world.members["member"], today() + timedelta(days=7)
    route(arrival, handler=member, due_on=later, by=None)
    return facts | {"member": member.pk, "later": day_words(later + timedelta(days=1))}


def paper_from_outside(world, owner):
    """The branch entered it by hand."""
    return {"pk": make_outside(world.bloc.branch).pk}


def handled_paper(world, owner):
    facts = paper_for_member(world, owner)
    finish(Arrival.objects.get(pk=facts["pk"]), note="Đã phổ biến.", by=None)
    return facts


def read_paper(world, owner):
    """A file that somebody reads before its paper is entered."""
    body = world.bloc.branch
    words = ("ĐẢNG BỘ TỈNH", "Số 05-KH/TU", "KẾ HOẠCH", "kiểm tra sinh hoạt chi bộ")
    intake = read_file(body, make_upload(make_word(*words), "van-ban.docx"), once=None, by=None)
    return {"once": intake.once, "day": day_words(today())}


def stopped_paper(world, owner):
    """A file whose reading has stopped for good."""
    facts = read_paper(world, owner)
    Intake.objects.filter(once=facts["once"]).update(state=IntakeState.WAITING)
    return facts


def _issued(body, *recipients):
    facts = {"subject": "tình hình tháng", "organization": "CB", "recipients": recipients}
    return issue(body, "BC", day=today(), by=None, **facts)
