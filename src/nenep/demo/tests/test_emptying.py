import pytest

from nenep.demo.emptying import empty
from nenep.demo.loading import load_demo
from nenep.organizations.models import Body
from nenep.organizations.tests.make import make_body
from nenep.shared.dates import today
from nenep.shared.states import Refused

pytestmark = pytest.mark.django_db


def test_a_database_without_the_mark_is_never_emptied():
    make_body()
    before = Body.objects.count()
    with pytest.raises(Refused, match="không phải dữ liệu mẫu"):
        empty()
    assert Body.objects.count() == before


def test_the_demo_is_not_loaded_over_real_data():
    make_body()
    with pytest.raises(Refused, match="dữ liệu thật"):
        load_demo(today(), say=print)
