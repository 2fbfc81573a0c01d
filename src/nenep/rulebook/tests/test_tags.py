from datetime import date

from django.template import Context, Template

from nenep.rulebook import rules_on

TODAY = date(2026, 11, 3)


def shown(rule):
    return Template("{% load rulebook_tags %}{% rule_source rule %}").render(Context({"rule": rule}))


def test_a_verified_rule_shows_its_source_alone():
    rule = rules_on(TODAY).rule("meet.min_minutes.regular")
    assert shown(rule) == '<span class="rule-source">theo HD 42-HD/BTCTW</span>'


def test_an_unverified_rule_carries_the_mark():
    rule = rules_on(TODAY).rule("meet.fixed_day")
    assert shown(rule) == (
        '<span class="rule-source">theo CT 50-CT/TW '
        '<span class="rule-source-unverified">(chưa kiểm chứng)</span></span>'
    )


def test_steps_votes_and_layouts_show_their_source_too():
    rules = rules_on(TODAY)
    for stated in (rules.agenda("regular")[0], rules.vote("election"), rules.layout, rules.numbering):
        assert "chưa kiểm chứng" in shown(stated)


def test_how_it_was_found_is_said_with_the_source_keys():
    rule = rules_on(TODAY).rule("meet.fixed_day")
    text = Template("{% load rulebook_tags %}{% rule_found rule %}").render(Context({"rule": rule}))
    assert text == "tệp của người thực hành [G6, G9]"
