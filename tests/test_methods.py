"""What a form cannot send is not answered, also where a view asks only whether the method is POST."""

import pytest
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.meetings.tests.make import make_meeting
from nenep.organizations.tests.make import make_body
from nenep.people.tests.make import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def address(client):
    branch = make_body()
    sign_in(client, make_member(branch))
    return reverse("meetings:opinions", args=[make_meeting(branch).pk])


@pytest.mark.parametrize("method", ["put", "patch", "delete"])
def test_methods_that_no_form_sends_are_refused(client, address, method):
    answer = getattr(client, method)(address)
    assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, OPTIONS, POST")
    assert client.head(address).status_code == 200


def test_without_the_middleware_a_view_takes_them_for_get(client, address, settings):
    """Twin."""
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "OnlyFormMethods" not in name]
    assert client.delete(address).status_code == 200
