import pytest

from nenep.notices.tests.make import make_notice
from nenep.organizations.tests.make import make_small_bloc
from nenep.people.tests.make import make_member
from nenep.privacy.kept import kept_about

pytestmark = pytest.mark.django_db


def test_a_member_sees_the_own_notices_and_how_they_came_and_nobody_elses():
    branch = make_small_bloc().branch
    me, other = make_member(branch, phone="0911111111"), make_member(branch)
    make_notice(me, title="Mời riêng tôi")
    make_notice(other, title="Mời người khác")
    values = [kept.value for kept in kept_about(me.pk)]
    assert "Mời riêng tôi" in values
    assert "Điện thoại" in values
    assert "Giấy báo" not in values
    assert "Mời người khác" not in values
