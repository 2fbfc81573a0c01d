"""A paper goes out as Word, somebody works on it, and it is read again: what it says is what the content says."""

from dataclasses import replace

import pytest

from nenep.documents import pdf, word
from nenep.documents.composition import compose, line
from nenep.documents.heads import signature
from nenep.documents.intake.foot import PURPOSES
from nenep.documents.intake.reading import read
from nenep.documents.layout import layout_on
from nenep.documents.tests.editing import added_after, moved_up, replaced, saved, split_runs
from nenep.documents.tests.looking import words_of_pdf, words_of_word
from nenep.documents.tests.package import faults
from nenep.documents.tests.papers import DECISION, LETTER, NOTICE, PAPERS, PLAN
from nenep.rulebook import rules_on
from nenep.shared.vietnamese import search_key

SAYS = "Đồng chí Trần Quốc Phúc báo cáo tại kỳ sinh hoạt tháng 10."


def made(paper):
    return word.render(paper, layout_on(paper.day))


def back(paper, *changes):
    content = saved(made(paper), *changes) if changes else made(paper)
    return read("văn bản.docx", content, rules_on(paper.day).numbering)


def expected(paper):
    """What intake should answer about head and foot, told by the content alone."""
    signed = paper.signatures[-1]
    authority, _gap, body = signed.capacity.partition(" ")
    subject = " ".join(paper.title)
    salutation = {"CV": "kính gửi", "TTr": "kính trình"}.get(paper.kind)
    return {
        "kind": paper.kind_name,
        "number": paper.number_line.removeprefix("Số ") if paper.number_line else None,
        "issuer": paper.issuer.upper(),
        "place": paper.place if paper.has_date_in_header else None,
        "date": paper.day.isoformat() if paper.has_date_in_header else None,
        "subject": subject.removeprefix("về việc ") if paper.kind == "CV" else subject,
        "recipients": [
            *[(name, salutation) for name in paper.addressees],
            *[_recipient(one) for one in paper.recipients],
        ],
        "signer": signed.name,
        "signed_as": (authority or None, body.upper() or None, signed.position.upper()),
    }


def _recipient(one):
    if one.name.startswith("Lưu "):
        return one.name.removeprefix("Lưu "), "lưu"
    return one.name, PURPOSES[search_key(one.purpose)] if one.purpose else None


def told(answer):
    return {
        **{name: answer[name] for name in ("kind", "issuer", "place", "date", "subject", "signer")},
        "number": answer["number"]["as_read"],
        "recipients": [(one["name"], one["purpose"]) for one in answer["recipients"]],
        "signed_as": tuple(answer["signed_as"][part] for part in ("authority", "body", "office")),
    }


def flat(sections):
    for section in sections:
        yield section
        yield from flat(section["sections"])


def words(*texts):
    """Colons at the end of a line are no part of a title as read."""
    return [word for text in texts for word in text.replace(":", "").split()]


def said(answer):
    """Every word of the text in its order."""
    parts = [answer["opening"] or ""]
    for section in flat(answer["sections"]):
        parts += [section["marker"] or "", section["title"] or "", section["text"]]
    return words(*parts)


def text_of(paper):
    """The same, as the content says it."""
    composed = compose(paper, layout_on(paper.day))
    parts = list(composed["salutation"])
    for piece in composed["pieces"]:
        parts += [
            piece["lead"],
            piece["text"],
            *piece["header"],
            *[cell for row in piece["rows"] for cell in row],
        ]
    return words(*parts)


def headings(answer):
    return [
        f"{one['marker']} {one['title']}"
        for one in flat(answer["sections"])
        if one["marker"] and one["title"]
    ]


@pytest.mark.parametrize("changes", [(), (split_runs,)], ids=["as made", "runs split"])
@pytest.mark.parametrize("kind", PAPERS)
def test_every_kind_comes_back_as_it_went_out(kind, changes):
    paper = PAPERS[kind]
    answer = back(paper, *changes)
    assert told(answer) == expected(paper)
    assert said(answer) == text_of(paper)
    composed = compose(paper, layout_on(paper.day))["pieces"]
    numbered = [piece["text"] for piece in composed if piece["kind"] == "heading"]
    articles = [f"{piece['lead']} {piece['text']}" for piece in composed if piece["lead"].startswith("Điều")]
    assert headings(answer) == numbered + articles
    assert not answer["number"]["uncertain"]
    assert answer["suspects"] == []


@pytest.mark.parametrize("tracked", [False, True], ids=["plain", "tracked"])
@pytest.mark.parametrize("splits", [(), (split_runs,)], ids=["", "runs split"])
def test_a_changed_and_an_added_paragraph_come_back(tracked, splits):
    changes = (
        added_after(SAYS, "3. Chi ủy kiểm tra việc thực hiện.", tracked=tracked),
        replaced("tháng 10", "tháng 11", tracked=tracked),
    )
    answer = back(NOTICE, *changes, *splits)
    items = [(one["marker"], one["text"]) for one in flat(answer["sections"])]
    assert items[1:] == [("2.", SAYS.replace("10", "11")), ("3.", "Chi ủy kiểm tra việc thực hiện.")]
    assert told(answer) == expected(NOTICE)


def test_changes_in_head_and_foot_come_back():
    changes = (
        replaced("Số 08-CV/CB", "Số 09-CV/CB", tracked=True),
        replaced("- Như trên,", "- Đảng ủy xã Long Tân (B/c),"),
        replaced("Vũ Thị Minh Hạnh", "Trần Quốc Phúc", tracked=True),
    )
    answer = told(back(LETTER, *changes))
    assert (answer["number"], answer["signer"]) == ("09-CV/CB", "Trần Quốc Phúc")
    assert ("Đảng ủy xã Long Tân", "báo cáo") in answer["recipients"]
    assert answer["subject"] == expected(LETTER)["subject"]


@pytest.mark.parametrize(
    ("position", "whom"),
    [
        ("Phó chánh văn phòng", {"head": "Chánh văn phòng"}),
        ("Chánh văn phòng", {"head": "Chánh văn phòng"}),
        ("Chánh văn phòng", {"by_order_of": "Ban thường vụ"}),
        ("Phó bí thư", {"collective": "Ban thường vụ"}),
    ],
)
def test_whoever_signs_in_whose_name_comes_back(position, whom):
    signed = signature(rules_on(LETTER.day).layout, position, "Đỗ Quang Vinh", **whom)
    paper = replace(LETTER, signatures=(signed,))
    assert told(back(paper, split_runs)) == expected(paper)
    assert said(back(paper)) == text_of(paper)
    shown = words_of_pdf(pdf.render(paper, layout_on(paper.day)))
    assert shown == words_of_word(made(paper))
    assert " ".join(filter(None, (signed.capacity, signed.position, signed.name))) in " ".join(shown)


def test_what_was_moved_is_read_once_where_it_stands_now():
    answer = back(DECISION, moved_up("Xét đề nghị"))
    grounds = [one["text"] for one in answer["sections"] if one["marker"] == "-"]
    assert [text.split()[0] for text in grounds] == ["Căn", "Xét", "Căn"]


def test_cells_of_a_table_are_not_run_together():
    [_aim, content, _carrying_out] = back(PLAN)["sections"]
    assert content["title"] == "NỘI DUNG, TIẾN ĐỘ"
    assert content["text"].split("\n")[:5] == ["TT", "Việc", "Chủ trì", "Thời hạn", "1"]


@pytest.mark.parametrize("kind", PAPERS)
def test_word_finds_nothing_to_repair(kind):
    assert faults(made(PAPERS[kind])) == []
    assert faults(saved(made(PAPERS[kind]), split_runs)) == []
    assert faults(made(replace(PAPERS[kind], blocks=(), addressees=(), recipients=(), note="Dự thảo."))) == []


@pytest.mark.parametrize(
    ("broken", "fault"),
    [
        (lambda body: body[0].tblPr.insert(0, body[0].tblPr[-1]), "tblPr: tblW stands too late"),
        (lambda body: [body.remove(one) for one in body.p_lst[:-1]], "two tables stand together"),
        (lambda body: body.append(body[0]), "the body does not end with its section"),
        (lambda body: body[0].tr_lst[0].tc_lst[0].clear(), "a cell does not end with a paragraph"),
    ],
)
def test_the_check_sees_what_word_would_repair(broken, fault):
    found = faults(saved(made(LETTER), lambda word: broken(word.element.body)))
    assert any(fault in one for one in found)


def test_the_words_of_a_paper_are_those_of_its_file():
    """The twin of `text_of`: a word that is only in one of them would be seen."""
    assert said(back(NOTICE)) != text_of(PLAN)
    assert line(SAYS) in back(NOTICE)["sections"][1]["text"]
