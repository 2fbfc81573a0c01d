"""Rows that the tests of a file share: each test finds them as they were made."""

from types import SimpleNamespace

import pytest

from nenep.organizations.models import Body, Kind
from nenep.organizations.tests.make import make_body
from nenep.shared.tests.anew import anew

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def shared_once(database_of_the_file):
    body = make_body(kind=Kind.COMMITTEE)
    return SimpleNamespace(body=body, bodies=[body])


@pytest.fixture
def shared(shared_once):
    return anew(shared_once)


@pytest.mark.parametrize("time", ["first", "second"])
def test_what_a_test_does_to_shared_rows_and_objects_is_undone(shared, time):
    assert [shared.body.founded_on.year, *(body.founded_on.year for body in shared.bodies)] == [2010, 2010]
    assert Body.objects.get() == shared.body
    for body in (shared.body, *shared.bodies):
        body.founded_on = body.founded_on.replace(year=2011)
        body.save()
    shared.bodies.append(make_body(kind=Kind.COMMITTEE))
