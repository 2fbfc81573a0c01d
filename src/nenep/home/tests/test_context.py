"""The few places that each role has on every page, and which of them is where one is."""

import pytest
from django.test import RequestFactory

from nenep.home.context import surroundings
from nenep.shared.viewer import Reach, Viewer

HERE = Reach(own=frozenset({1}))
BELOW = Reach(below=frozenset({1}))
SECRETARY = Viewer(actor="member:1", member_id=1, reach={"meetings.call": HERE, "meetings.read": HERE})
OFFICER = Viewer(actor="member:2", member_id=2, reach={"meetings.see_state": BELOW})
BOTH = Viewer(actor="member:3", member_id=3, reach={"meetings.call": HERE, "meetings.see_state": BELOW})
MEMBER = Viewer(actor="member:4", member_id=4, reach={"meetings.read": HERE})
COMMITTEE = Viewer(actor="member:5", member_id=5, reach={"meetings.prepare": HERE})
CLERK = Viewer(actor="member:6", member_id=6, reach={"documents.register": HERE})


def places_of(viewer, path, *, size=18):
    request = RequestFactory().get(path)
    request.COOKIES["text_size"] = str(size)
    request.viewer = viewer
    return surroundings(request)["navigation"]


@pytest.mark.parametrize(
    ("viewer", "path", "current"),
    [
        (SECRETARY, "/", "Tháng này"),
        (MEMBER, "/", "Trang của tôi"),
        (COMMITTEE, "/", "Tháng này"),
        (CLERK, "/documents/", "Văn bản đi"),
        (CLERK, "/arrivals/", "Văn bản đến"),
        (OFFICER, "/", "Bảng chi bộ"),
        (OFFICER, "/board/", "Bảng chi bộ"),
        (OFFICER, "/board/5/2026-11/", "Bảng chi bộ"),
        (BOTH, "/", "Tháng này"),
        (BOTH, "/board/", "Bảng chi bộ"),
        (SECRETARY, "/meetings/3/minutes/", "Kỳ sinh hoạt"),
    ],
)
def test_one_place_is_marked_as_where_one_is(viewer, path, current):
    assert [place["label"] for place in places_of(viewer, path) if place["is_current"]] == [current]


def test_the_board_is_offered_once_and_only_to_who_looks_below():
    assert [place["label"] for place in places_of(OFFICER, "/")].count("Bảng chi bộ") == 1
    assert "Bảng chi bộ" not in [place["label"] for place in places_of(SECRETARY, "/")]


@pytest.mark.parametrize(("size", "kept"), [(16, 2), (18, 2), (20, 1), (24, 1)])
def test_a_phone_keeps_two_places_in_its_line_and_one_in_large_text(size, kept):
    places = places_of(SECRETARY, "/", size=size)
    assert [place["stays"] for place in places] == [True] * kept + [False] * (len(places) - kept)


def test_nobody_has_no_places():
    assert places_of(Viewer(), "/") == []
