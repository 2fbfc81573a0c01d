from datetime import date

import pytest

from nenep.organizations.models import Body
from nenep.organizations.tests.make import make_small_bloc

pytestmark = pytest.mark.django_db


def test_a_small_bloc_stands():
    b = make_small_bloc()
    assert Body.objects.on(date(2015, 1, 1)).under(b.bloc.pk, date(2015, 1, 1)).count() == 9
