from datetime import date, timedelta

import pytest

from nenep.rulebook import rules_on
from nenep.rulebook.loader import COVERAGE_START, load
from nenep.rulebook.rules import Rules
from nenep.rulebook.tests.make import added_pack
from nenep.shared.dates import months_between

IN_2012 = date(2012, 5, 3)
TODAY = date(2026, 11, 3)
AN_PHU = "ward:an-phu"
MONTHS = list(months_between(COVERAGE_START, date(2026, 12, 1)))


def titles(steps):
    return [step.title for step in steps]


def test_a_meeting_of_2012_is_judged_by_the_rules_of_2012():
    rules = rules_on(IN_2012)
    assert [pack.id for pack in rules.packs] == [
        "MEET-2012",
        "IMPL-2011",
        "DOC-2004",
        "VOCAB-2010",
        "CAL-1994",
        "PLAN-2010",
        "CHAIR-2010",
    ]
    assert rules.meeting.min_minutes(members=40).value is None
    assert rules.meeting.fixed_day.value is None
    assert rules.meeting.thematic_per_quarter.value is None
    assert rules.rule("meet.frequency.branch").number == 1
    assert [step.id for step in rules.agenda("regular") if step.is_item] == [
        "O1",
        "C2",
        "C2B",
        "C1",
        "C3",
        "C5",
        "E3",
    ]


@pytest.mark.parametrize(
    ("day", "minutes", "fixed_day", "target"),
    [
        (date(2018, 7, 5), None, None, None),
        (date(2018, 7, 6), 90, None, 85),
        (date(2025, 7, 22), 90, None, 85),
        (date(2025, 7, 23), 90, 3, 85),
        (date(2025, 10, 28), 90, 3, 90),
        (TODAY, 90, 3, 90),
    ],
)
def test_rules_change_with_the_day_of_the_meeting(day, minutes, fixed_day, target):
    meeting = rules_on(day).meeting
    assert meeting.min_minutes().value == minutes
    assert meeting.fixed_day.value == fixed_day
    assert meeting.rules["attend.target_percent"].value == target


def test_the_pack_that_states_a_rule_is_named_not_the_one_that_inherits_it():
    rule = rules_on(date(2025, 9, 3)).rule("meet.min_minutes.regular")
    assert rule.pack.id == "MEET-2018"
    assert rule.citation == "theo HD 12-HD/BTCTW"
    assert rules_on(TODAY).rule("meet.min_minutes.regular").citation == "theo HD 42-HD/BTCTW"


def test_what_is_not_verified_says_so():
    rules = rules_on(TODAY)
    assert rules.meeting.documents_lead_days.citation == "theo HD 42-HD/BTCTW (chưa kiểm chứng)"
    assert rules.vote("ordinary_resolution").citation == "theo QĐ 208-QĐ/TW (chưa kiểm chứng)"
    assert all(step.is_marked for step in rules.agenda("regular"))
    assert rules.layout.is_marked


def test_what_nobody_found_is_not_ascribed_to_an_instrument():
    rule = rules_on(IN_2012).rule("meet.min_minutes.regular")
    assert rule.citation == "chưa tìm thấy quy định"
    derived = rules_on(IN_2012).agenda("regular")[0]
    assert derived.citation == "phần mềm suy ra, không phải nguyên văn quy định (chưa kiểm chứng)"


def test_a_rule_that_repeats_the_charter_names_the_charter():
    assert rules_on(TODAY).rule("meet.frequency.branch").citation == "theo Điều lệ Đảng"


@pytest.mark.parametrize("month", MONTHS)
def test_every_day_answers_everything(month):
    rules = rules_on(month)
    assert set(rules.all) == set(rules_on(TODAY).all)
    assert set(rules.votes) == set(rules_on(TODAY).votes)
    assert all(rules.said(rule) for rule in rules.all.values())
    assert all(rules.agenda(kind) for kind in ("regular", "thematic", "extraordinary", "committee"))
    assert rules.numbering.symbol(5, "NQ", "CB") == "05-NQ/CB"
    assert rules.layout.page.left_mm == 30


def test_an_overlay_wins_only_in_its_scope():
    here, elsewhere = rules_on(TODAY, (AN_PHU,)), rules_on(TODAY, ("ward:other",))
    assert here.meeting.min_minutes(members=30).number == 120
    assert here.meeting.min_minutes(members=30).citation == (
        "theo phiếu chấm điểm của Đảng ủy phường An Phú, quy định riêng của phường An Phú (chưa kiểm chứng)"
    )
    assert elsewhere.meeting.min_minutes(members=30).number == 90
    assert rules_on(TODAY).meeting.min_minutes(members=30).number == 90


def test_an_overlay_binds_only_the_branches_it_names():
    meeting = rules_on(TODAY, (AN_PHU,)).meeting
    assert meeting.min_minutes(members=29).number == 90
    assert meeting.min_minutes().number == 90
    assert meeting.min_minutes(members=12, with_thematic=True).number == 120


def test_an_overlay_does_not_reach_before_its_first_day():
    before = rules_on(date(2025, 10, 27), (AN_PHU,))
    assert before.meeting.min_minutes(members=30).number == 90
    assert "LOCAL-ANPHU-2025" not in [pack.id for pack in before.packs]
    assert "LOCAL-ANPHU-2025" in [pack.id for pack in rules_on(date(2025, 10, 28), (AN_PHU,)).packs]


def test_an_overlay_leaves_all_other_rules_alone():
    here, central = rules_on(TODAY, (AN_PHU,)).all, rules_on(TODAY).all
    assert {key for key in central if here[key] != central[key]} == {"meet.min_minutes.large_branch"}


def test_days_before_the_coverage_get_the_earliest_packs_and_say_so():
    early = rules_on(date(1999, 1, 1))
    assert early.is_before_coverage
    assert early.packs == rules_on(COVERAGE_START).packs
    assert not rules_on(COVERAGE_START).is_before_coverage
    assert rules_on(COVERAGE_START - timedelta(days=1)).is_before_coverage


def test_an_unknown_rule_names_the_nearest():
    with pytest.raises(KeyError, match=r"meet\.min_minutes\.regular"):
        rules_on(TODAY).rule("meet.min_minute.regular")


@pytest.mark.parametrize(
    ("ask", "names"),
    [
        (lambda rules: rules.agenda("party"), "regular"),
        (lambda rules: rules.vote("party"), "ordinary_resolution"),
        (lambda rules: rules.numbering.kind("XX"), "NQ"),
        (lambda rules: rules.vocabulary.term("causes", "fate"), "weather"),
        (lambda rules: rules.vocabulary.terms("moods"), "causes"),
    ],
)
def test_an_unknown_name_lists_the_known_ones(ask, names):
    with pytest.raises(KeyError, match=names):
        ask(rules_on(TODAY))


def test_the_agenda_of_2025_has_the_steps_of_its_guidance_in_order():
    steps = rules_on(TODAY).agenda("regular")
    order = "P1 P2 P3 P4 O1 O2 O3 O4 O5 C1 C2 C3 C4 C5 C6 E1 E2 E3 E4 E5 F1"
    assert " ".join(step.id for step in steps) == order
    assert {s.id for s in steps if s.place == "preparation"} == {"P1", "P2", "P3", "P4"}
    assert {s.id for s in steps if s.place == "follow_up"} == {"F1"}
    assert sum(s.minutes for s in steps if s.is_item) >= 90
    assert all(s.minutes is None for s in steps if not s.is_item)
    assert [s.id for s in rules_on(TODAY).agenda("thematic")] == [f"T{n}" for n in range(1, 9)]


def test_the_agenda_lays_stress_on_what_this_kind_of_unit_does():
    focus = {s.id: s.focus for s in rules_on(TODAY).agenda("regular", "administrative")}
    assert "cải cách hành chính" in focus["C3"][0]
    assert not any(points for step, points in focus.items() if step != "C3")
    assert "nhân dân" in rules_on(TODAY).focus("residential").points[0]
    assert rules_on(IN_2012).focus("administrative") is None
    assert not any(s.focus for s in rules_on(TODAY).agenda("regular", "unknown"))


@pytest.mark.parametrize(
    ("kind", "point"),
    [("public_service", "viên chức"), ("press", "tin, bài"), ("non_public", "chủ sở hữu")],
)
def test_each_kind_of_unit_of_the_founding_report_has_a_list_of_its_own_that_says_it_is_derived(kind, point):
    focus, others = rules_on(TODAY).focus(kind), rules_on(TODAY).focus("administrative")
    assert any(point in one for one in focus.points)
    assert not set(focus.points) & set(others.points)
    assert focus.citation == "phần mềm suy ra, không phải nguyên văn quy định (chưa kiểm chứng)"
    assert others.citation.startswith("theo HD 42-HD/BTCTW")
    (step,) = (s for s in rules_on(TODAY).agenda("regular", kind) if s.focus)
    assert step.focus == focus.points
    assert rules_on(IN_2012).focus(kind) is None


def test_a_number_asked_of_a_rule_without_one_is_refused():
    with pytest.raises(TypeError, match=r"meet\.fixed_day"):
        _ = rules_on(IN_2012).meeting.fixed_day.number
    with pytest.raises(TypeError, match="not a list"):
        _ = rules_on(TODAY).meeting.fixed_day.codes


def test_who_is_outside_the_base_of_attendance():
    assert rules_on(TODAY).meeting.outside_base.codes == ("exempt", "suspended", "away", "special_duty")
    assert rules_on(IN_2012).rule("meet.online.condition").codes == ()


def test_only_online_and_group_meetings_need_a_legal_basis():
    for day in (IN_2012, date(2023, 1, 3), TODAY):
        needing = [mode.code for mode in rules_on(day).vocabulary.meeting_modes if mode.needs_legal_basis]
        assert needing == ["online", "mixed", "by_group"]
    online = rules_on(date(2023, 1, 3)).vocabulary.term("meeting_modes", "online")
    assert online.legal_basis == ("HD 03-HD/TW ngày 27/12/2022",)
    assert not online.is_marked
    assert rules_on(TODAY).vocabulary.term("meeting_modes", "online").is_marked


def test_the_layout_before_2018_is_a_substitute():
    layout = rules_on(IN_2012).layout
    assert layout.is_substitute
    assert layout.is_marked
    assert layout.pack.id == "DOC-2017H"
    assert not rules_on(date(2018, 4, 3)).layout.is_substitute


def test_headings_follow_the_guide_of_their_day():
    assert rules_on(date(2019, 1, 3)).layout.headings.levels == ("I-", "1-", "a)")
    assert rules_on(TODAY).layout.headings.levels == ("I-", "1.", "a)")
    assert rules_on(date(2026, 2, 3)).layout.pack.id == "DOC-2017H"


@pytest.mark.parametrize(
    ("day", "line"),
    [
        (date(2026, 2, 5), "Thủ Dầu Một, ngày 05 tháng 02 năm 2026"),
        (date(2026, 3, 15), "Thủ Dầu Một, ngày 15 tháng 3 năm 2026"),
        (date(2026, 12, 9), "Thủ Dầu Một, ngày 09 tháng 12 năm 2026"),
    ],
)
def test_the_date_line_has_its_zeros(day, line):
    assert rules_on(day).layout.date_line("Thủ Dầu Một", day) == line


def test_numbers_have_a_leading_zero_below_ten():
    numbering = rules_on(TODAY).numbering
    assert [numbering.symbol(n, "QyĐ", "ĐU") for n in (1, 9, 10, 112)] == [
        "01-QĐ/ĐU",
        "09-QĐ/ĐU",
        "10-QĐ/ĐU",
        "112-QĐ/ĐU",
    ]
    assert numbering.number_line("05-NQ/CB") == "Số 05-NQ/CB"
    assert numbering.series == ("body", "kind", "term")
    with pytest.raises(ValueError, match="starts at 1"):
        numbering.symbol(0, "NQ", "CB")


def test_symbols_belong_to_kinds_of_bodies():
    numbering = rules_on(TODAY).numbering
    assert [s.symbol for s in numbering.symbols_for("subordinate_branch")] == ["CB"]
    assert numbering.symbols["ĐUK"].ended == "đầu năm 2025"


@pytest.mark.parametrize(
    ("day", "kind", "allowed"),
    [
        (IN_2012, "TB", None),
        (date(2019, 1, 3), "TB", False),
        (date(2019, 1, 3), "NQ", True),
        (TODAY, "TB", True),
        (TODAY, "HD", False),
    ],
)
def test_what_a_branch_may_issue_depends_on_the_day(day, kind, allowed):
    numbering = rules_on(day).numbering
    assert numbering.may_issue("branch", kind) is allowed
    assert numbering.may_issue("grassroots_branch", kind) is allowed


def test_a_congress_issues_only_what_its_row_names():
    numbering = rules_on(TODAY).numbering
    assert numbering.may_issue("branch_congress", "CV") is True
    assert numbering.may_issue("branch_congress", "KH") is False
    assert numbering.may_issue("press_agency", "KH") is None


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("meet.min_minutes.regular", "90 phút"),
        ("meet.separate", "có"),
        ("meet.fixed_day", "ngày 3"),
        ("attend.target_percent", "từ 90%"),
        ("meet.postponement.required", "lý do, ngày mới, đã báo cấp ủy cấp trên"),
        ("meet.min_minutes.exception", "cấp ủy có thẩm quyền"),
        ("quorum.congress", "2/3"),
        ("quorum.regular", "chưa tìm thấy"),
    ],
)
def test_values_are_said_in_words(rule, words):
    rules = rules_on(TODAY)
    assert rules.said(rules.rule(rule)) == words


def test_the_same_question_gets_the_same_object():
    assert rules_on(TODAY, [AN_PHU]) is rules_on(TODAY, (AN_PHU,))


def test_nothing_in_force_today_is_ascribed_to_a_replaced_instrument():
    rules = rules_on(TODAY)
    stated = [*rules.all.values(), *rules.votes.values(), rules.numbering, rules.layout]
    stated += [step for kind in ("regular", "thematic", "committee") for step in rules.agenda(kind)]
    stated += [*rules.numbering.kinds.values(), *rules.numbering.symbols.values()]
    named = {one.authority for one in stated if one.source.label not in {"NOT-FOUND", "DERIVED"}}
    assert named == {
        "HD 42-HD/BTCTW",
        "CT 50-CT/TW",
        "HD 03-HD/TW",
        "QĐ 208-QĐ/TW",
        "QĐ 399-QĐ/TW",
        "HD 05-HD/VPTW",
        "Điều lệ Đảng",
        "quy chế bầu cử trong Đảng",
        "quy định về lấy phiếu tín nhiệm",
        "thông lệ",
    }


def test_the_draft_of_a_branch_has_a_thematic_meeting_each_quarter_since_there_is_such_a_rule():
    def kinds(day, body):
        return {line.kind: len(line.months) for line in rules_on(day).plan(body)}

    assert kinds(IN_2012, "subordinate_branch") == {
        "regular": 12,
        "committee": 12,
        "study": 1,
        "midterm": 1,
        "final": 1,
    }
    today = kinds(TODAY, "grassroots_branch")
    assert today == {"regular": 12, "committee": 12, "study": 1, "midterm": 1, "final": 1, "thematic": 4}
    assert kinds(TODAY, "grassroots_organization") == {"committee": 12, "study": 1, "midterm": 1, "final": 1}
    assert rules_on(TODAY).plan("advisory_unit") == ()
    months = {line.months for line in rules_on(TODAY).plan("subordinate_branch") if line.kind == "thematic"}
    assert {(month - 1) // 3 for month in months.pop()} == {0, 1, 2, 3}


def test_the_chair_has_phrases_for_every_category_and_they_claim_no_instrument():
    for term in rules_on(TODAY).vocabulary.terms("categories"):
        phrases = rules_on(IN_2012).phrases(term.code)
        assert phrases.says
        assert phrases.citation == "phần mềm suy ra, không phải nguyên văn quy định (chưa kiểm chứng)"
    with pytest.raises(KeyError, match="no phrases for 'debate'; known: opening, "):
        rules_on(TODAY).phrases("debate")


def test_a_committee_brings_its_own_phrases_in_as_a_local_pack(tmp_path):
    own = """
id: CHAIR-THU
title: "HD 05-HD/ĐU"
name: "Lời điều hành của đảng ủy"
valid_from: 2026-01-01
valid_to: null
extends: CHAIR-2010
scope: {level: local, code: "ward:thu", name: "phường Thử"}
subjects: [chair]
source: {key: S1, label: FOUND-A-LOCAL}
needs_review: false
chair:
  phrases:
    discussion: {says: ["Xin mời các tổ."], source: {key: S1, label: FOUND-A-LOCAL}, needs_review: false}
"""
    library = load(added_pack(tmp_path, "chair-thu.yml", own))
    here = Rules(day=TODAY, scopes=("ward:thu",), library=library)
    assert here.phrases("discussion").says == ("Xin mời các tổ.",)
    assert here.phrases("discussion").citation == "theo HD 05-HD/ĐU, quy định riêng của phường Thử"
    assert here.phrases("closing") == rules_on(TODAY).phrases("closing")
    before = Rules(day=IN_2012, scopes=("ward:thu",), library=library)
    assert before.phrases("discussion").says != ("Xin mời các tổ.",)
