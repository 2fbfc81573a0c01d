"""Each field and each suspicion knows where it stands."""

import pytest

from nenep.documents.intake.dates import date_in_words
from nenep.documents.intake.lines import lines_of
from nenep.documents.intake.reading import reading_of
from nenep.documents.intake.tests.papers import make_paper
from nenep.documents.intake.tests.specimens import NAMES, damaged_text, specimen
from nenep.rulebook import rules_on
from nenep.shared.dates import today
from nenep.shared.vietnamese import clean, search_key

pytestmark = pytest.mark.either_database


def reading(text, *, is_paper=False):
    content = make_paper(text) if is_paper else text.encode()
    return reading_of(lines_of("a", content), rules_on(today()).numbering)


def shown(found, spans):
    texts = [clean(line.text) for line in found.lines]
    return " ".join(texts[span.line - 1][span.start : span.end] for span in spans)


@pytest.mark.parametrize("is_damaged", [False, True])
@pytest.mark.parametrize("name", NAMES)
def test_a_field_stands_where_it_says(name, is_damaged):
    made = specimen(name)
    found = reading(damaged_text(made) if is_damaged else made["text"])
    answer = found.as_json()
    for field in ("place", "subject", "signer"):
        assert shown(found, found.places[field]) == (answer[field] or "")
    assert shown(found, found.places["number"]) == clean(answer["number"]["as_read"])
    assert search_key(shown(found, found.places["kind"])) in {search_key(answer["kind"]), ""}
    assert date_in_words(shown(found, found.places["date"])) == answer["date"]
    assert shown(found, found.places["issuer"]) in {answer["issuer"], ""}
    assert {span.line for span in found.places["stamp"]} == found.stamp.lines


@pytest.mark.parametrize("name", NAMES)
def test_a_clean_document_has_a_place_for_each_field_that_was_read(name):
    found = reading(specimen(name)["text"])
    answer = found.as_json()
    read = {field for field in found.places if answer[field] and field != "stamp"}
    assert {field for field in read if not found.places[field]} <= {
        "kind" if name == "cong-van" else "",
        "recipients",
    }


@pytest.mark.parametrize("is_paper", [False, True])
@pytest.mark.parametrize("name", NAMES[:3])
def test_a_suspicion_stands_where_it_says(name, is_paper):
    found = reading(damaged_text(specimen(name)), is_paper=is_paper)
    assert found.suspects
    for one in found.suspects:
        assert shown(found, one.spans) == one.as_read


def test_a_suspicion_over_two_lines_has_a_place_in_each():
    found = reading("Mở đầu.\n\nChi bộ giữ vững kỷ luật và nâng cao rõ rệt chât\nlượng sinh hoạt.\n")
    (one,) = found.suspects
    assert (one.as_read, [span.line for span in one.spans]) == ("chât lượng", [3, 4])
    assert shown(found, one.spans) == "chât lượng"
