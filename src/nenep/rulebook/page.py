"""What the page of a day's rules shows, made ready for its template."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from nenep.rulebook.wording import fraction, layout_lines, said

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nenep.rulebook.chairing import Phrases
    from nenep.rulebook.numbering import Issuer
    from nenep.rulebook.rules import Rules
    from nenep.rulebook.values import Focus, PackRef, Rule, Term


def page_of(rules: Rules) -> dict[str, Any]:
    """Template variables of `rulebook/rule_list.html`."""
    words = rules.vocabulary
    return {
        "rules": rules,
        "packs": _packs(rules),
        "groups": list(_groups(rules)),
        "agendas": [(kind, rules.agenda(kind.code)) for kind in words.terms("meeting_kinds")],
        "phases": dict(words.choices("phases")),
        "votes": [(vote, fraction(vote.num, vote.den, strict=vote.strict)) for vote in rules.votes.values()],
        "vote_minus": _left_out(rules),
        "ballots": dict(words.choices("ballots")),
        "series": _series(rules),
        "issuers": [(_issuing(issuer, rules), issuer) for issuer in rules.numbering.issuers.values()],
        "layout_lines": list(layout_lines(rules.layout)),
        "code_lists": [(label, words.terms(name)) for name, label in _code_lists().items()],
        "plans": rules.plans,
        "phrases": _phrases(rules),
        "holidays": rules.calendar.of_year(rules.day.year),
        "regulations": _regulations(rules),
        "stressed": _stressed(rules),
        "keys": _keys(rules),
    }


def _code_lists() -> dict[str, str]:
    return {
        "absence_reasons": _("Lý do vắng mặt"),
        "causes": _("Nguyên nhân"),
        "meeting_modes": _("Hình thức sinh hoạt"),
        "recipient_purposes": _("Mục đích gửi ghi ở “Nơi nhận”"),
        "retention_classes": _("Thời hạn bảo quản bản lưu văn bản"),
        "unit_kinds": _("Loại hình cơ quan, đơn vị"),
        "traditions": _("Ngày truyền thống gợi ý để bàn"),
    }


def _regulations(rules: Rules) -> list[tuple[Term, Term | None]]:
    """Each kind of unit with what says its duties and powers."""
    words = rules.vocabulary
    return [(kind, words.regulation_of(kind.code)) for kind in words.unit_kinds]


def _stressed(rules: Rules) -> list[tuple[Term, Focus]]:
    """Each kind of unit with what its branches lay stress on, where that is known."""
    found = ((kind, rules.focus(kind.code)) for kind in rules.vocabulary.unit_kinds)
    return [(kind, focus) for kind, focus in found if focus]


def _phrases(rules: Rules) -> list[tuple[Term, Phrases]]:
    """What a chair may say, category by category."""
    return [(term, rules.phrases(term.code)) for term in rules.vocabulary.terms("categories")]


def _left_out(rules: Rules) -> str:
    minus = next(iter(rules.votes.values())).minus
    return ", ".join(rules.vocabulary.term("codes", code).label for code in minus)


def _series(rules: Rules) -> str:
    per = ", ".join(rules.vocabulary.term("codes", code).label for code in rules.numbering.series)
    return _("Số văn bản đánh liên tục thành từng dãy theo: %(per)s.") % {"per": per}


def _issuing(issuer: Issuer, rules: Rules) -> str:
    names = {
        "issuer": issuer.name,
        "kinds": ", ".join(
            rules.numbering.kind(code).name.lower() for code in issuer.only or issuer.forbidden
        ),
    }
    if issuer.only:
        return _("%(issuer)s chỉ ban hành: %(kinds)s.") % names
    if issuer.forbidden:
        return _("%(issuer)s không ban hành: %(kinds)s.") % names
    return _("%(issuer)s: chưa rõ được ban hành những loại nào.") % names


def _packs(rules: Rules) -> list[tuple[PackRef, str]]:
    """Each pack in force with what it is about."""
    labels = {term.code: term.label for term in rules.vocabulary.terms("subjects")}
    return [
        (pack, ", ".join(labels[subject] for subject in rules.library.packs[pack.id].subjects))
        for pack in rules.packs
    ]


def _groups(rules: Rules) -> Iterator[tuple[str, list[tuple[Rule, str]]]]:
    """The single rules, group by group, each with its value in words."""
    order = [term.code for term in rules.vocabulary.terms("rule_groups")]
    ordered = sorted(rules.all.values(), key=lambda rule: order.index(_group(rule)))
    for code, members in groupby(ordered, key=_group):
        label = rules.vocabulary.term("rule_groups", code).label
        yield label, [(rule, said(rule, rules.vocabulary)) for rule in members]


def _group(rule: Rule) -> str:
    return rule.id.split(".", maxsplit=1)[0]


def _keys(rules: Rules) -> list[tuple[str, str]]:
    """The source keys that the page shows, explained."""
    shown = [*rules.all.values(), *rules.votes.values(), *rules.numbering.issuers.values(), rules.numbering]
    shown += [step for kind in rules.agenda_kinds for step in rules.agenda(kind)]
    shown += [line for _name, lines in rules.plans for line in lines]
    shown += [phrases for _category, phrases in _phrases(rules)]
    shown += [focus for _kind, focus in _stressed(rules)]
    used = {key for stated in shown for key in stated.source.keys}
    used |= {key for _what, _how, part in layout_lines(rules.layout) for key in part.source.keys}
    sources = rules.library.sources
    return [(key, meaning) for key, meaning in sources.items() if key in used]
