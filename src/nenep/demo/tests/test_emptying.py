import pytest

from nenep.demo.emptying import empty, is_loaded, is_marked, refuse_real_data
from nenep.demo.loading import load_demo
from nenep.demo.models import DemoLoaded
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


def interrupted(_sentence):
    raise KeyboardInterrupt


def test_an_interrupted_load_leaves_the_mark_and_nothing_else():
    with pytest.raises(KeyboardInterrupt):
        load_demo(today(), say=interrupted)
    assert (is_marked(), is_loaded(), Body.objects.exists()) == (True, False, False)
    refuse_real_data()  # so that a second start may load it, or --fresh empty it


def test_records_beside_an_unfinished_mark_are_real_data():
    DemoLoaded.objects.create(today=today())
    make_body()
    with pytest.raises(Refused, match="dữ liệu thật"):
        refuse_real_data()
