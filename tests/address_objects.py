"""The people and objects of the address matrix. A builder makes what an address shows or changes.

`builder(world, owner)` returns values by name: those that stand in the address, and others for `data` and `query`.
Each call runs inside a savepoint that is rolled back after one request.
"""

from __future__ import annotations

from datetime import timedelta

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret

from nenep.access.confirming import ask_code, confirm_code
from nenep.access.models import CodeRequest, GrantedRole, ReadingGrant
from nenep.access.operations import close_account, issue_code, open_account
from nenep.access.tests.make import (
    make_account,
    make_administrator,
    make_device,
    make_grant,
    viewer_for,
)
from nenep.guidance.tests.make import make_guidance
from nenep.importers.operations import keep_upload
from nenep.importers.tests.make import sheet
from nenep.notices.models import Delivery, DeliveryState, Heartbeat, PushDevice
from nenep.notices.operations import mark_told
from nenep.notices.tests.make import make_notice
from nenep.organizations.operations import form_cluster
from nenep.organizations.tests.make import make_body, make_small_bloc
from nenep.people.introductions import introduce
from nenep.people.models import Post, Status
from nenep.people.offices import release
from nenep.people.operations import change_status, transfer
from nenep.people.tests.make import make_member, make_office
from nenep.privacy.operations import ask_correction
from nenep.shared.dates import month_start, now, today
from nenep.shared.states import move


class World:
    """A small bloc with one person of each kind; `people` maps their names in addresses.yml to accounts."""

    def __init__(self) -> None:
        self.bloc = make_small_bloc()
        branch = self.bloc.branch
        self.members = {
            "member": make_member(branch, name="Trần Thị Bình", phone="0912000111"),
            "secretary": make_member(branch, name="Nguyễn Thị Hòa", post=Post.SECRETARY),
            "stranger": make_member(self.bloc.neighbour_branch, name="Lê Người Ngoài", post=Post.SECRETARY),
            "committee": make_member(self.bloc.other_branch, name="Phạm Đảng Ủy"),
            "upper": make_member(self.bloc.lone_branch, name="Vũ Cấp Trên"),
        }
        self._near_ones()
        make_office(self.members["committee"], self.bloc.organization, Post.DEPUTY)
        make_office(self.members["upper"], self.bloc.bloc, Post.OFFICER)
        self.people = {name: make_account(member) for name, member in self.members.items()}
        self.people["administrator"] = make_administrator(self.bloc.bloc)
        self.people["other_administrator"] = make_administrator(self.bloc.neighbour, username="quantri2")

    def _near_ones(self) -> None:
        """Those whose rights are borrowed for one meeting, or were there until yesterday."""
        bloc, yesterday = self.bloc, today() - timedelta(days=1)
        self.members |= {
            "deputy": make_member(bloc.branch, name="Hồ Phó Bí Thư", post=Post.DEPUTY),
            "note_taker": make_member(bloc.branch, name="Mai Thư Ký"),
            "suspended": make_member(bloc.branch, name="Tạ Đình Chỉ"),
            "former_officer": make_member(bloc.lone_branch, name="Cao Thôi Giữ Chức"),
            "moved": make_member(bloc.branch, name="Lý Chuyển Đi", post=Post.COMMITTEE_MEMBER),
        }
        change_status(self.members["suspended"], status=Status.SUSPENDED, start=yesterday, by=None)
        release(
            make_office(self.members["former_officer"], bloc.organization, Post.SECRETARY),
            day=yesterday,
            by=None,
        )
        transfer(self.members["moved"], to=bloc.neighbour_branch, day=yesterday, by=None)
        Delivery.objects.all().delete()  # nobody is to be told of that by hand


# --- access ---------------------------------------------------------------------------------------------


def branch(world, owner):
    return {"body_id": world.bloc.branch.pk}


def branch_with_newcomer(world, owner):
    make_member(world.bloc.branch, name="Đỗ Người Mới")
    return branch(world, owner)


def newcomer(world, owner):
    return {"member_id": make_member(world.bloc.branch, name="Đỗ Người Mới").pk}


def account_of_member(world, owner):
    return {"pk": make_account(make_member(world.bloc.branch)).pk}


def waiting_account_of_member(world, owner):
    return {"pk": open_account(make_member(world.bloc.branch), by=None).pk}


def asked_code(world, owner):
    """A new code for a member, asked for by the secretary."""
    account = make_account(make_member(world.bloc.branch))
    return {"pk": ask_code(account, by=viewer_for(world.people["secretary"])).pk}


def confirmed_code(world, owner):
    facts = asked_code(world, owner)
    confirm_code(CodeRequest.objects.get(pk=facts["pk"]), by=viewer_for(world.people["committee"]))
    return facts


def closed_account_of_member(world, owner):
    account = make_account(make_member(world.bloc.branch))
    close_account(account, by=None)
    return {"pk": account.pk}


def usable_code(world, owner):
    account = open_account(make_member(world.bloc.branch), by=None)
    return {"code": issue_code(account, by=None)}


def other_device(world, owner):
    return {"pk": make_device(world.people[owner]).pk}


def grant(world, owner):
    return {"pk": make_grant(world.people["member"], GrantedRole.CLERK, world.bloc.organization).pk}


def new_grant(world, owner):
    return {
        "username": world.people["member"].username,
        "code": world.bloc.organization.code,
        "today": today().strftime("%d/%m/%Y"),
    }


def asked_reading(world, owner):
    reading = ReadingGrant.objects.create(
        account=world.people["upper"],
        body=world.bloc.branch,
        purpose="Kiểm tra",
        asked_at=now(),
        valid_from=today(),
        valid_to=today() + timedelta(days=3),
    )
    return {"pk": reading.pk}


def new_reading(world, owner):
    return {"body": world.bloc.branch.pk, "today": today().strftime("%d/%m/%Y")}


def authenticator_app(world, owner):
    TOTP.activate(world.people[owner], generate_totp_secret())
    return {}


def recovery_codes(world, owner):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    authenticator_app(world, owner)
    codes = RecoveryCodes.activate(world.people[owner])
    codes.mark_as_viewed()  # the library notes the first look at them, by a GET
    return {}


def device_key(world, owner):
    """A stored passkey; the pages here only name and remove it."""
    found = Authenticator.objects.create(
        user=world.people[owner],
        type=Authenticator.Type.WEBAUTHN,
        data={"name": "Điện thoại", "credential": {"clientExtensionResults": {}}},
    )
    return {"pk": found.pk}


# --- privacy --------------------------------------------------------------------------------------------


def own_value(world, owner):
    return {"row": world.members["member"].pk}


def correction_of_member(world, owner):
    member = world.members["member"]
    request = ask_correction(
        member, field="people.Member.phone", row=member.pk, proposed="0900", reason="", by=viewer_for(member)
    )
    return {"pk": request.pk}


# --- notices --------------------------------------------------------------------------------------------


def own_notice(world, owner):
    return {"pk": make_notice(world.members[owner], url="/notices/").pk}


def delivery_by_hand(world, owner):
    member = make_member(world.bloc.branch, phone="0912000222")
    return {"pk": make_notice(member, body=world.bloc.branch.pk).deliveries.get().pk}


def delivery_told(world, owner):
    delivery = Delivery.objects.get(pk=delivery_by_hand(world, owner)["pk"])
    mark_told(delivery, by=viewer_for(world.members["secretary"]))
    return {"pk": delivery.pk}


def notice_not_seen(world, owner):
    return {"pk": make_notice(world.members["member"], body=world.bloc.branch.pk).pk}


def failed_mail(world, owner):
    member = make_member(world.bloc.branch, email="sai@example.vn")
    failed = make_notice(member, body=world.bloc.branch.pk).deliveries.get(channel="email")
    move(failed, DeliveryState.FAILED, field="state")
    return {"pk": failed.pk}


def push_device(world, owner):
    account = make_account(world.members[owner])
    return {
        "pk": PushDevice.objects.create(account=account, endpoint="https://x/", digest="x", added_at=now()).pk
    }


# --- installation ---------------------------------------------------------------------------------------


def living_worker(world, owner):
    Heartbeat.objects.create(worker="here", seen_at=now())
    return {}


# --- people ---------------------------------------------------------------------------------------------


def organization(world, owner):
    return {"body_id": world.bloc.organization.pk}


def branch_today(world, owner):
    return {"body_id": world.bloc.branch.pk, "today": today().strftime("%d/%m/%Y")}


def the_member(world, owner):
    return {"pk": world.members["member"].pk}


def other_member(world, owner, **details):
    member = make_member(world.bloc.branch, name="Đỗ Người Khác", **details)
    places = {"branch": world.bloc.branch.pk, "other_branch": world.bloc.other_branch.code}
    return {"pk": member.pk, "today": today().strftime("%d/%m/%Y"), **places}


def probationer(world, owner):
    return other_member(world, owner, official=False)


def waiting_introduction(world, owner):
    """The branch sends a member to the stranger's."""
    member = make_member(world.bloc.branch, name="Đỗ Người Chuyển")
    return {"pk": introduce(member, to=world.bloc.neighbour_branch, day=today(), by=None).pk}


def exempt_period(world, owner):
    member = make_member(world.bloc.branch)
    start = today() - timedelta(days=9)
    period = change_status(member, status=Status.EXEMPT, start=start, by=None)
    return {"pk": period.pk, "today": today().strftime("%d/%m/%Y")}


def deputy_office(world, owner):
    office = make_office(make_member(world.bloc.branch), world.bloc.branch, Post.DEPUTY)
    return {"pk": office.pk, "today": today().strftime("%d/%m/%Y")}


# --- importers ------------------------------------------------------------------------------------------


def sheet_kind(world, owner):
    return {"kind": "members"}


def good_upload(world, owner, branch_code=""):
    row = {
        "code": "DV-9",
        "full_name": "Đỗ Thị Mới",
        "admitted_on": "01/01/2009",
        "branch": branch_code or world.bloc.branch.code,
        "valid_from": "01/01/2010",
    }
    viewer = viewer_for(world.people["administrator"])
    return {"pk": keep_upload("members", "bang.xlsx", sheet("members", row), by=viewer).pk}


def wrong_upload(world, owner):
    return good_upload(world, owner, branch_code="KHONG-CO")


# --- reports --------------------------------------------------------------------------------------------


def figures_of_branch(world, owner):
    return {"key": "members", "code": world.bloc.branch.code}


# --- organizations --------------------------------------------------------------------------------------


def organization_page(world, owner):
    return {"pk": world.bloc.organization.pk}


def branch_page(world, owner):
    bloc = world.bloc
    keys = {"peer": bloc.other_branch.pk, "section": bloc.section.pk}
    return {"pk": bloc.branch.pk, "today": today().strftime("%d/%m/%Y"), **keys}


def empty_branch(world, owner):
    """A branch without members, which may end."""
    return branch_page(world, owner) | {"pk": make_body("Chi bộ Mới", parent=world.bloc.organization).pk}


def organization_today(world, owner):
    return branch_page(world, owner) | organization_page(world, owner)


def branch_and_cluster(world, owner):
    day = today() - timedelta(days=1)
    cluster = form_cluster(world.bloc.organization, code="C1", name="Cụm 1", day=day, by=None)
    return branch_page(world, owner) | {"cluster": cluster.pk}


# --- files ----------------------------------------------------------------------------------------------


# --- guidance -------------------------------------------------------------------------------------------


def committee_body(world, owner):
    return {"body_id": world.bloc.organization.pk, "month": month_start(today()).isoformat()}


def drafted_guidance(world, owner):
    return {"pk": make_guidance(world.bloc.organization).pk}


def published_guidance(world, owner):
    return {"pk": make_guidance(world.bloc.organization, published=True).pk}
