"""The focus of a committee above stands in the branch's yearly plan, at the month that it is for."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from nenep.access.tests.make import sign_in
from nenep.guidance.tests.make import make_guidance
from nenep.people.tests.make import make_member
from nenep.plans.tests.make import MADE_AT, YEAR, make_plan, regular
from nenep.shared.dates import clock_at

pytestmark = pytest.mark.django_db


def test_the_focus_stands_beside_the_regular_meeting_of_its_months_only(bloc):
    member = make_member(bloc.branch, name="Trần Đảng Viên")
    plan = make_plan(bloc.branch, published=True)
    with clock_at(MADE_AT):
        for title, frame in (
            ("Khô hạn", {"first_month": date(YEAR, 3, 1), "last_month": date(YEAR, 4, 1)}),
            ("Năm sau", {"first_month": date(YEAR + 1, 1, 1), "last_month": date(YEAR + 1, 1, 1)}),
        ):
            make_guidance(bloc.organization, published=True, words={"title": title}, **frame)
        make_guidance(bloc.organization, words={"title": "Còn soạn"}, month=date(YEAR, 3, 1))
        client = Client()
        sign_in(client, member)
        page = client.get(reverse("plans:page", args=[bloc.branch.pk, YEAR])).content.decode()
        assert page.count("Trọng tâm của cấp trên") == 2  # March and April, and no thematic meeting of theirs
        rows = [row for row in page.split("<tr>") if "Khô hạn" in row]
        days = [f"{regular(plan, month).day:%d/%m/%Y}" for month in (3, 4)]
        assert all(day in row for day, row in zip(days, rows, strict=True))
        assert "Còn soạn" not in page
        assert "Năm sau" not in page
