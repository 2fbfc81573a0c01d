from datetime import date

import pytest

from nenep.documents import heads
from nenep.documents.content import Recipient
from nenep.organizations.operations import correct_locality
from nenep.organizations.reads import name_on, rules_for
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.rulebook import rules_on

DAY = date(2026, 9, 7)
LAYOUT = rules_on(DAY).layout


def capacity(*facts, **whom):
    signed = heads.signature(LAYOUT, *facts, **whom)
    return signed.capacity, signed.position


@pytest.mark.parametrize(
    ("position", "whom", "shown"),
    [
        ("Bí thư", {"collective": "CHI BỘ"}, ("T/M CHI BỘ", "BÍ THƯ")),
        ("Phó bí thư", {"collective": "Đảng ủy"}, ("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ")),  # never K/T
        ("Trưởng ban", {"head": "Trưởng ban"}, ("", "TRƯỞNG BAN")),
        ("Phó trưởng ban", {"head": "Trưởng ban"}, ("K/T TRƯỞNG BAN", "PHÓ TRƯỞNG BAN")),
        ("Chánh văn phòng", {"by_order_of": "Ban thường vụ"}, ("T/L BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG")),
    ],
)
def test_who_signs_in_whose_name(position, whom, shown):
    assert capacity(position, "A", **whom) == shown


@pytest.mark.parametrize("whom", [{}, {"collective": "CHI BỘ", "head": "BÍ THƯ"}])
def test_a_signature_stands_for_exactly_one(whom):
    with pytest.raises(ValueError, match="exactly one"):
        heads.signature(LAYOUT, "Bí thư", "A", **whom)


@pytest.mark.parametrize(("chaired", "title"), [("", "CHỦ TRÌ HỘI NGHỊ"), ("CHỦ TRÌ", "CHỦ TRÌ")])
def test_minutes_have_two_signatures(chaired, title):
    left, right = heads.signed_minutes(rules_on(DAY), "An", "Bình", chaired=chaired)
    assert (left.position, left.name, left.side) == ("NGƯỜI GHI BIÊN BẢN", "An", "left")
    assert (right.position, right.name, right.side, right.capacity) == (title, "Bình", "right", "")


@pytest.mark.django_db
class TestOfABody:
    def rules(self, body):
        return rules_for(body.pk, DAY)

    def test_the_head_names_the_body_and_the_one_above(self, bloc):
        correct_locality(bloc.bloc, locality="Hòa Sơn", day=DAY, by=None)
        told = heads.head("NQ", bloc.branch.pk, DAY, self.rules(bloc.branch))
        assert (told["kind_name"], told["place"], told["day"]) == ("NGHỊ QUYẾT", "Hòa Sơn", DAY)
        assert told["issuer"] == name_on(bloc.branch.pk, DAY)
        assert told["superior"] == name_on(bloc.organization.pk, DAY)
        assert told["has_date_in_header"]

    def test_a_top_body_has_no_superior(self, bloc):
        assert heads.head("BC", bloc.bloc.pk, DAY, self.rules(bloc.bloc))["superior"] == ""

    def test_minutes_tell_day_and_place_in_their_text(self, bloc):
        correct_locality(bloc.bloc, locality="Hòa Sơn", day=DAY, by=None)
        told = heads.head("BB", bloc.branch.pk, DAY, self.rules(bloc.branch))
        assert (told["has_date_in_header"], told["place"], told["day"]) == (False, "", DAY)

    def test_the_committee_is_named_where_it_issues_the_paper(self, bloc):
        told = heads.head("BB", bloc.organization.pk, DAY, self.rules(bloc.organization), by_committee=True)
        assert told["issuer"].startswith("Đảng ủy ")

    def test_a_branch_and_a_committee_sign_for_themselves(self, bloc):
        make_office(make_member(bloc.branch, post=Post.SECRETARY), bloc.organization, Post.DEPUTY)
        branch = heads.signed(bloc.branch.pk, DAY, self.rules(bloc.branch))
        committee = heads.signed(bloc.organization.pk, DAY, self.rules(bloc.organization))
        assert (branch.capacity, branch.position) == ("T/M CHI BỘ", "BÍ THƯ")
        assert (committee.capacity, committee.position) == ("T/M ĐẢNG ỦY", "PHÓ BÍ THƯ")
        assert heads.signed(bloc.branch.pk, DAY, self.rules(bloc.branch), is_named=False).name == ""

    def test_the_last_line_is_the_own_file(self, bloc):
        above, filed = heads.recipients(bloc.branch.pk, DAY, self.rules(bloc.branch))
        assert above.name.startswith("Đảng ủy ")
        assert filed == Recipient("Lưu Chi bộ")
        assert heads.recipients(bloc.bloc.pk, DAY, self.rules(bloc.bloc)) == (Recipient("Lưu Đảng ủy"),)
