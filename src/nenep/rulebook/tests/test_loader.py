from datetime import date

import pytest

from nenep.rulebook.loader import COVERAGE_START, library
from nenep.rulebook.schema import SUBJECTS
from nenep.rulebook.tests.make import added_pack, problems_of, spoiled_packs
from nenep.shared.dates import months_between

MONTHS = list(months_between(COVERAGE_START, date(2026, 12, 1)))


def holds(pack, day):
    return pack.valid_from <= day and (pack.valid_to is None or day < pack.valid_to)


@pytest.mark.parametrize("subject", SUBJECTS)
def test_exactly_one_central_pack_holds_on_the_first_day_of_each_month(subject):
    central = [
        p for p in library().packs.values() if p.is_central and not p.is_base and subject in p.subjects
    ]
    assert len(MONTHS) == 198
    for month in MONTHS:
        assert [p.id for p in central if holds(p, month)] == [library().central(subject, month).id]


@pytest.mark.parametrize("subject", SUBJECTS)
def test_packs_change_on_their_very_day(subject):
    for pack in library().packs.values():
        if (
            pack.is_central
            and not pack.is_base
            and subject in pack.subjects
            and pack.valid_from > COVERAGE_START
        ):
            assert library().central(subject, pack.valid_from).id == pack.id
            assert (
                library().central(subject, pack.valid_from.replace(day=1)).id != pack.id
                or pack.valid_from.day == 1
            )


# file, what is replaced, by what, and the words the message must have
SPOILED = {
    "gap": (
        "meet-2018.yml",
        "valid_to: 2022-12-27",
        "valid_to: 2022-12-20",
        ["meet-2018.yml: valid_to", "meeting: gap", "2022-12-20 to 2022-12-26"],
    ),
    "overlap": (
        "impl-2016.yml",
        "valid_to: 2021-07-30",
        "valid_to: 2021-08-02",
        ["impl-2016.yml: valid_to", "votes: overlap", "IMPL-2016 and IMPL-2021", "2021-07-30 to 2021-08-01"],
    ),
    "open overlap": (
        "doc-2026.yml",
        "valid_to: 2026-05-27",
        "valid_to: null",
        ["doc-2026.yml: valid_to", "layout: overlap", "from 2026-05-27 on"],
    ),
    "late start": (
        "vocab-2010.yml",
        "valid_from: 2010-07-01",
        "valid_from: 2010-07-03",
        ["vocab-2010.yml: valid_from", "vocabulary: gap", "2010-07-01 to 2010-07-02"],
    ),
    "early end": (
        "impl-2026b.yml",
        "valid_to: null",
        "valid_to: 2027-01-01",
        ["impl-2026b.yml: valid_to", "votes: gap", "from 2027-01-01 on"],
    ),
    "a category without phrases": (
        "chair-2010.yml",
        "    discussion:\n",
        "    debate:\n",
        ["chair-2010.yml: chair.phrases: discussion is missing"],
    ),
    "phrases for what is no category": (
        "chair-2010.yml",
        "    discussion:\n",
        "    debate:\n",
        ["chair-2010.yml: chair.phrases: debate is no category of an agenda"],
    ),
    "doubtful rule shown as sure": (
        "meet-2025h.yml",
        'source: {key: "G1, G2, G4", label: FOUND-C, ref: M-10}\n    needs_review: true',
        'source: {key: "G1, G2, G4", label: FOUND-C, ref: M-10}\n    needs_review: false',
        ["meet-2025h.yml: rules.meet.documents.lead_days", "FOUND-C must say needs_review: true"],
    ),
    "recalled pack shown as sure": (
        "impl-2011.yml",
        "needs_review: true",
        "needs_review: false",
        ["impl-2011.yml", "RECALLED must say needs_review: true"],
    ),
    "derived from what is doubtful": (
        "meet-2025h.yml",
        "derived_from: [FOUND-C]}, needs_review: true",
        "derived_from: [FOUND-C]}, needs_review: false",
        ["meet-2025h.yml: agenda.kinds.committee[0]", "DERIVED must say needs_review: true"],
    ),
    "derivation without ground": (
        "meet-2025h.yml",
        ", derived_from: [FOUND-C]",
        "",
        ["meet-2025h.yml: agenda.kinds.committee[0].source", "derived_from goes with the label DERIVED"],
    ),
    "unknown label": (
        "meet-2018.yml",
        "label: FOUND-B, ref: M-02",
        "label: SURE, ref: M-02",
        ["meet-2018.yml: rules.meet.min_minutes.regular.source.label", "'SURE' is no confidence label"],
    ),
    "unknown source": (
        "meet-2018.yml",
        'key: "S1, S10", label: FOUND-B, ref: M-02',
        "key: S999, label: FOUND-B, ref: M-02",
        ["meet-2018.yml: source: S999 does not stand in sources.yml"],
    ),
    "wrong type": (
        "meet-2018.yml",
        'severity: warn\n    override_allowed_by: competent_committee\n    source: {key: "S1, S10", label: FOUND-B, ref: M-02}\n    needs_review: false',
        'severity: warn\n    override_allowed_by: competent_committee\n    source: {key: "S1, S10", label: FOUND-B, ref: M-02}\n    needs_review: "no"',
        ["meet-2018.yml: rules.meet.min_minutes.regular.needs_review", "valid boolean"],
    ),
    "a length in words": (
        "doc-2017h.yml",
        "top_mm: 20",
        'top_mm: "20"',
        ["doc-2017h.yml: layout.page.top_mm", "valid integer"],
    ),
    "unknown severity": (
        "meet-2018.yml",
        "severity: warn",
        "severity: loud",
        ["meet-2018.yml: rules.meet.min_minutes.regular.severity", "'block', 'warn' or 'info'"],
    ),
    "unknown key": (
        "meet-2018.yml",
        "unit: minute",
        "units: minute",
        ["meet-2018.yml: rules.meet.min_minutes.regular.units", "Extra inputs are not permitted"],
    ),
    "unknown key of a step": (
        "meet-2025h.yml",
        "actor: chair, minutes: 2,",
        "actor: chair, minute: 2,",
        ["meet-2025h.yml: agenda.kinds.regular[4].minute", "Extra inputs are not permitted"],
    ),
    "unknown actor": (
        "meet-2025h.yml",
        "actor: chair, minutes: 2,",
        "actor: stranger, minutes: 2,",
        ["meet-2025h.yml: agenda", "kinds.regular", "'stranger' is not among"],
    ),
    "agenda shorter than the least length": (
        "meet-2018.yml",
        "minutes: 25",
        "minutes: 5",
        ["meet-2018.yml: agenda.kinds.regular: 75 minutes are fewer than 90"],
    ),
    "vote example that fails": (
        "impl-base.yml",
        "for: 6, pass: false}",
        "for: 6, pass: true}",
        ["impl-base.yml: votes", "tests[2]: ordinary_resolution with 6 votes on base 12 gives False"],
    ),
    "vote threshold that breaks an example": (
        "impl-base.yml",
        "strict: true",
        "strict: false",
        ["impl-base.yml: votes", "tests[2]", "gives True, the example says False"],
    ),
    "a rule that is missing on some days": (
        "meet-2007.yml",
        "- id: meet.separate",
        "- id: meet.separated",
        ["rules: meet.separate has no value on 2010-07-01"],
    ),
    "a code without words": (
        "meet-2025h.yml",
        "value: [time, place, content]",
        "value: [time, place, music]",
        ["meet-2025h.yml: rules: 'music' does not stand in the list codes"],
    ),
    "key twice": (
        "meet-2018.yml",
        "issuer: Ban Tổ chức Trung ương",
        "issuer: Ban Tổ chức Trung ương\nissuer: Ban Bí thư",
        ["meet-2018.yml", "'issuer' stands twice", "line"],
    ),
    "rule twice": (
        "meet-2018.yml",
        "id: meet.thematic.per_quarter",
        "id: meet.min_minutes.regular",
        ["meet-2018.yml: rules[1]: meet.min_minutes.regular stands twice"],
    ),
    "no YAML": ("meet-2018.yml", "title: ", "title: [", ["meet-2018.yml", "line"]),
    "unknown parent": (
        "meet-2018.yml",
        "extends: MEET-2012",
        "extends: MEET-1999",
        ["meet-2018.yml: extends: MEET-1999"],
    ),
    "symbol that the reader cannot read": (
        "doc-2017h.yml",
        'symbol: "{number}-{abbreviation}/{organization}"',
        'symbol: "{number}/{abbreviation}/{organization}"',
        ["doc-2017h.yml: numbering.grammar", "intake does not read '05/NQ/CB'"],
    ),
    "authority over an unknown kind": (
        "doc-2026.yml",
        "forbidden: [HD, CT, TT]",
        "forbidden: [HD, CT, XX]",
        ["doc-2026.yml: numbering", "no kind 'XX'"],
    ),
    "overlay with a new rule": (
        "local-an-phu.yml",
        "id: meet.min_minutes.large_branch",
        "id: meet.min_minutes.large",
        ["local-an-phu.yml: rules: meet.min_minutes.large is not a rule of MEET-2025H"],
    ),
    "overlay before what it changes": (
        "local-an-phu.yml",
        "valid_from: 2025-10-28",
        "valid_from: 2025-01-01",
        ["local-an-phu.yml: valid_from, valid_to: beyond MEET-2025H"],
    ),
    "overlay without a scope": (
        "local-an-phu.yml",
        '{level: local, code: "ward:an-phu", name: phường An Phú}',
        "{level: local}",
        ["local-an-phu.yml: scope", "a local pack names its scope"],
    ),
    "words said again that nobody said": (
        "doc-2017.yml",
        "restates: [numbering/kinds]",
        "restates: [numbering/kind]",
        ["doc-2017.yml: restates", "'kind'"],
    ),
    "a file that writes what the loader writes": (
        "meet-2018.yml",
        "unit: minute",
        "stated_in: MEET-2025H",
        ["meet-2018.yml", "are written by the loader"],
    ),
}


@pytest.mark.parametrize("case", SPOILED)
def test_a_spoiled_pack_is_refused_with_file_and_place(case, tmp_path):
    file, old, new, words = SPOILED[case]
    problems = problems_of(spoiled_packs(tmp_path, file, old, new))
    assert any(all(word in problem for word in words) for problem in problems), problems


def test_a_circle_of_packs_is_refused(tmp_path):
    text = "id: {}\nextends: {}\n"
    packs = added_pack(tmp_path, "one.yml", text.format("ONE-1", "TWO-2"))
    (packs / "two.yml").write_text(text.format("TWO-2", "ONE-1"))
    assert {problem.split(":")[0] for problem in problems_of(packs)} == {"one.yml", "two.yml"}


def test_an_id_that_stands_in_two_files_is_refused(tmp_path):
    packs = spoiled_packs(tmp_path, "meet-2018.yml", "id: MEET-2018\n", "id: MEET-2012\n")
    assert any(
        "meet-2018.yml: id: MEET-2012 stands already in meet-2012.yml" in p for p in problems_of(packs)
    )


def test_a_regulation_of_an_unknown_kind_of_unit_is_refused(tmp_path):
    packs = spoiled_packs(tmp_path, "vocab-2025.yml", "    press: {", "    presss: {")
    assert problems_of(packs)[0] == (
        "vocab-2025.yml: vocabulary.unit_regulations.presss: no such code in the list unit_kinds"
    )


def test_a_question_that_shows_an_unknown_quality_is_refused(tmp_path):
    packs = spoiled_packs(tmp_path, "vocab-2010.yml", "quality: education", "quality: educaton")
    assert (
        "vocab-2010.yml: vocabulary.self_check.preparation: no such code in the list qualities"
        in problems_of(packs)
    )


def test_a_day_of_tradition_without_anything_to_discuss_is_refused(tmp_path):
    packs = spoiled_packs(tmp_path, "vocab-2010.yml", "      day: 19\n", "")
    problem = "vocab-2010.yml: vocabulary.traditions.ho_chi_minh: month, day and questions belong to it"
    assert problem in problems_of(packs)


def test_an_empty_folder_of_packs_is_refused(tmp_path):
    assert problems_of(tmp_path) == [f"packs: {subject}: gap: no central pack at all" for subject in SUBJECTS]


def test_packs_cannot_be_changed():
    pack = library().packs["MEET-2025H"]
    with pytest.raises(ValueError):
        pack.valid_to = date(2030, 1, 1)
    with pytest.raises(TypeError):
        pack.rules["meet.fixed_day"] = None
    with pytest.raises(ValueError):
        pack.rules["meet.fixed_day"].value = 5


def test_packs_are_parsed_once_in_a_process():
    assert library() is library()
