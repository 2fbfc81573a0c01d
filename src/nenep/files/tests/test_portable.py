"""PDF files that lead somewhere by themselves, each beside a file in which somebody must press a link."""

import pytest
from pypdf.annotations import Link
from pypdf.generic import ArrayObject, DictionaryObject, NameObject, NumberObject, TextStringObject

from nenep.files.checking import check
from nenep.files.tests.make import make_active_pdf
from nenep.shared.states import Refused


def named(**parts):
    return DictionaryObject({NameObject(f"/{key}"): value for key, value in parts.items()})


def action(kind, **parts):
    return named(S=NameObject(f"/{kind}"), URI=TextStringObject("https://a.example/"), **parts)


def on_opening(made, *, is_referred=False):
    def add(writer):
        value = writer._add_object(made) if is_referred else made
        writer._root_object[NameObject("/OpenAction")] = value

    return make_active_pdf(add)


def on_the_page(key, made):
    def add(writer):
        writer.pages[0][NameObject("/AA")] = named(**{key: made})

    return make_active_pdf(add)


BUILDERS = {
    "opening": on_opening,
    "opening, by reference": lambda made: on_opening(made, is_referred=True),
    "opening, after something harmless": lambda made: on_opening(
        action("GoTo", Next=ArrayObject([action("Named", Next=made)]))
    ),
    "the page opens": lambda made: on_the_page("O", made),
    "the page closes": lambda made: on_the_page("C", made),
}


@pytest.mark.parametrize("kind", ["URI", "GoToR"])
@pytest.mark.parametrize("case", BUILDERS)
def test_what_leads_out_by_itself_is_refused(case, kind):
    with pytest.raises(Refused, match="tự chạy"):
        check("x.pdf", BUILDERS[case](action(kind)))


@pytest.mark.parametrize("case", BUILDERS)
def test_what_stays_in_the_file_is_taken(case):
    """The twin: opening at a place in the same file."""
    assert check("x.pdf", BUILDERS[case](action("GoTo")))


def test_actions_that_follow_each_other_for_ever_are_refused():
    def add(writer):
        first = writer._add_object(action("GoTo"))
        first.get_object()[NameObject("/Next")] = first
        writer._root_object[NameObject("/OpenAction")] = first

    with pytest.raises(Refused, match="tự chạy"):
        check("x.pdf", make_active_pdf(add))


def test_a_link_to_press_and_a_place_to_open_at_are_no_harm():
    def add(writer):
        place = [writer.pages[0].indirect_reference, NameObject("/XYZ"), *[NumberObject(0)] * 3]
        writer._root_object[NameObject("/OpenAction")] = ArrayObject(place)
        writer.add_annotation(0, Link(rect=(0, 0, 9, 9), url="https://a.example/"))

    assert check("x.pdf", make_active_pdf(add))


def test_a_table_of_references_that_is_broken_hides_nothing():
    opened = b"/OpenAction<</S/URI/URI(https://a.example/)>>"
    page = b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>endobj\n"
    tree = b"2 0 obj<</Type/Pages/Count 1/Kids[3 0 R]>>endobj\n" + page
    plain = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n" + tree
    tail = b"trailer<</Root 1 0 R/Size 4>>\nstartxref\n0\n%%EOF"
    assert check("x.pdf", plain + tail)
    with pytest.raises(Refused, match="tự chạy"):
        check("x.pdf", plain.replace(b">>endobj", opened + b">>endobj", 1) + tail)
