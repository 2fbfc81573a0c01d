"""The versions of a draft: what each save wrote, and what is different between two of them, line by line."""

from __future__ import annotations

from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from nenep.documents.composition import compose
from nenep.documents.drafting.composing import content_of
from nenep.documents.layout import layout_on
from nenep.documents.models import PaperVersion
from nenep.shared.dates import now, today
from nenep.shared.vietnamese import clean, lines_in
from nenep.shared.viewer import member_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nenep.documents.models import Draft
    from nenep.shared.viewer import Viewer

# Lines that did not change, on each side of one that did.
AROUND = 1


@dataclass(frozen=True, slots=True)
class Line:
    """`how` is "same", "gone", "come" or "skipped" (lines left out, `text` says how many)."""

    how: str
    text: str


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the paper in which something changed."""

    title: str
    lines: list[Line]


def keep_version(draft: Draft, *, is_from_word: bool = False, by: Viewer | None) -> PaperVersion:
    """Write the draft down as it has just been saved."""
    return PaperVersion.objects.create(
        draft=draft,
        number=draft.revision,
        subject=draft.subject,
        addressees=draft.addressees,
        text=draft.text,
        foot=foot_of(draft),
        is_from_word=is_from_word,
        by_id=member_of(by),
        at=now(),
    )


def foot_of(draft: Draft) -> dict[str, list[str]]:
    """Its recipients and who signs, as lines."""
    content = content_of(draft)
    signed = content.signatures[0]
    return {
        "recipients": [one.name for one in content.recipients],
        "signature": [part for part in (signed.capacity, signed.position, signed.name) if part],
    }


def printed_lines(draft: Draft) -> list[str]:
    """Its text as it stands on paper, a line for each paragraph and each row of a table."""
    content = content_of(draft)
    page = compose(content, layout_on(content.day or today(), content.scopes))
    lines = []
    for piece in page["pieces"]:
        if piece["kind"] == "table":
            lines += [" | ".join(cells) for cells in (piece["header"], *piece["rows"])]
        else:
            lines.append(" ".join(part for part in (piece["lead"], piece["text"]) if part))
    return [clean(line) for line in lines]


def changes(before: PaperVersion, after: PaperVersion) -> list[Part]:
    """What `after` changed, part by part in the order of the paper."""
    return compared(
        (_("Trích yếu"), [before.subject], [after.subject]),
        (_("Kính gửi"), lines_in(before.addressees), lines_in(after.addressees)),
        (_("Nội dung"), lines_in(before.text), lines_in(after.text)),
        (_("Nơi nhận"), before.foot.get("recipients", []), after.foot.get("recipients", [])),
        (_("Người ký"), before.foot.get("signature", []), after.foot.get("signature", [])),
    )


def compared(*parts: tuple[str, Sequence[str], Sequence[str]]) -> list[Part]:
    """(title, lines as they were, lines as they are): the parts that differ, with a line around each change."""
    return [Part(title, diff(was, is_now)) for title, was, is_now in parts if list(was) != list(is_now)]


def diff(was: Sequence[str], is_now: Sequence[str]) -> list[Line]:
    """All that went and came in its place; what stayed is left out but for its neighbours."""
    found: list[Line] = []
    steps = SequenceMatcher(a=was, b=is_now, autojunk=False).get_opcodes()
    for number, (how, i, j, k, m) in enumerate(steps):
        if how != "equal":
            found += [Line("gone", text) for text in was[i:j]] + [Line("come", text) for text in is_now[k:m]]
            continue
        before = AROUND if number else 0
        after = AROUND if number < len(steps) - 1 else 0
        if j - i <= before + after:
            found += [Line("same", text) for text in was[i:j]]
            continue
        found += [Line("same", text) for text in was[i : i + before]]
        left = j - i - before - after
        found.append(Line("skipped", _("%(count)d dòng không đổi") % {"count": left}))
        found += [Line("same", text) for text in was[j - after : j]]
    return found
