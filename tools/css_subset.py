"""Cuts a large stylesheet down to the rules that our pages can reach. Deterministic, no dependency.

Kept: rules without any class (the reset), rules all of whose classes are kept, at-rules that hold kept rules,
keyframes in use, and custom properties that something kept still reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from pathlib import Path

# Families that any page may use at any time, so that a new page rarely needs a new subset.
ALWAYS = re.compile(
    r"""(?x)
    container | row | col(-auto|-\d+)? | col-(md|lg)(-auto|-\d+)? | g[xy]?-[0-5]
    | [mp][tbsexy]?-([0-6]|auto) | d-(none|block|inline|inline-block|flex|inline-flex|grid|table)
    | d-(sm|md|lg|print)-(none|block|flex|inline)
    | flex-(row|column|wrap|nowrap|fill|grow-[01]|shrink-[01]) | flex-md-row
    | (justify-content|align-items|align-self)-(start|center|end|between|baseline|stretch) | gap-[0-6]
    | text-(start|center|end|nowrap|break|muted|secondary|decoration-none)
    | fw-(normal|bold|semibold) | fs-[1-6]
    | w-(25|50|75|100|auto) | h-100 | visually-hidden(-focusable)? | list-unstyled
    | align-(top|middle|baseline)
    | table | table-(responsive|vcenter|sm) | card(-header|-title|-subtitle|-body|-footer|-actions)?
    | form-(label|control|select|check|check-input|check-label|hint|text|fieldset) | input-group(-text)?
    | is-invalid | invalid-feedback | required | active | disabled | show
    | list-group(-item)? | datagrid(-item|-title|-content)? | h[1-6]
    """,
)

# Families that our own stylesheet draws alone: Tabler's rules for them would only fight ours.
OURS_ALONE = re.compile(
    r"(btn|badge|alert|page|steps?|nav|navbar|status|avatar|accordion|modal|toast|dropdown)(-.*)?"
    r"|empty|figure|lead|prose|skip-link|steps-rail|number"
)

_CLASS = re.compile(r"\.((?:[A-Za-z_]|\\.)(?:[\w-]|\\.)*)")
_NAME = re.compile(r"[A-Za-z_][\w:./-]*")
_TEMPLATE_TAG = re.compile(r"{%.*?%}|{#.*?#}", re.DOTALL)
_VARIABLE_TAG = re.compile(r"{{.*?}}", re.DOTALL)
_CLASS_ATTRIBUTE = re.compile(r"""\bclass=(?:"([^"]*)"|'([^']*)')""")
_PYTHON_CLASS = re.compile(r"""["']class["']:\s*["']([^"']*)["']""")


@dataclass(slots=True)
class Block:
    """One rule or at-rule: `prelude { body }`, or `prelude { children }` when it holds rules."""

    prelude: str
    body: str = ""
    children: list[Block] = field(default_factory=list)

    @property
    def holds_rules(self) -> bool:
        return self.prelude.startswith(("@media", "@supports", "@container"))


def subset(css: str, used: Iterable[str], *, also_read: str = "") -> str:
    """The rules of `css` that a page with the classes `used` can reach.

    `also_read` is other CSS of ours: the custom properties that it reads survive too.
    """
    wanted = set(used)
    blocks = list(_kept(_parse(_without_comments(css)), wanted))
    blocks = _without_idle_keyframes(blocks)
    return "".join(_printed(block) for block in _without_idle_variables(blocks, also_read))


def classes_of(css: str) -> set[str]:
    """Every class that a selector of `css` names."""
    return {name for block in _walk(_parse(_without_comments(css))) for name in _classes(block.prelude)}


def classes_in_sources(roots: Sequence[Path]) -> dict[str, Path]:
    """Classes in templates (.html) and widgets (.py) under `roots`, each with one file that uses it."""
    found: dict[str, Path] = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            if path.suffix == ".html" or (path.suffix == ".py" and "tests" not in path.parts):
                for name in _classes_in(path):
                    found.setdefault(name, path)
    return found


def _classes_in(path: Path) -> Iterator[str]:
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".py":
        attributes = _PYTHON_CLASS.findall(text)
    else:
        plain = _VARIABLE_TAG.sub("\x00", _TEMPLATE_TAG.sub(" ", text))
        attributes = [double or single for double, single in _CLASS_ATTRIBUTE.findall(plain)]
    for attribute in attributes:
        # A name with a variable inside ("step-{{ state }}") is not known here.
        yield from (name for name in attribute.split() if _NAME.fullmatch(name) and "\x00" not in name)


def _without_comments(css: str) -> str:
    return re.sub(r"/\*.*?\*/", "", css.replace('@charset "UTF-8";', ""), flags=re.DOTALL)


def _parse(css: str) -> list[Block]:
    blocks, start, position = [], 0, 0
    while position < len(css):
        char = css[position]
        if char in "\"'":
            position = _end_of_string(css, position)
        elif char == ";":
            start = position + 1
        elif char == "{":
            end = _closing_brace(css, position)
            block = Block(css[start:position].strip(), css[position + 1 : end].strip())
            if block.holds_rules:
                block.children, block.body = _parse(block.body), ""
            blocks.append(block)
            position, start = end, end + 1
        position += 1
    return blocks


def _closing_brace(css: str, opening: int) -> int:
    depth, position = 0, opening
    while True:
        char = css[position]
        if char in "\"'":
            position = _end_of_string(css, position)
        depth += {"{": 1, "}": -1}.get(char, 0)
        if depth == 0:
            return position
        position += 1


def _end_of_string(css: str, opening: int) -> int:
    position = opening + 1
    while css[position] != css[opening]:
        position += 2 if css[position] == "\\" else 1
    return position


def _kept(blocks: Iterable[Block], wanted: set[str]) -> Iterator[Block]:
    for block in blocks:
        if block.holds_rules:
            children = list(_kept(block.children, wanted))
            if children and "print" not in block.prelude:  # printing is our own stylesheet's business
                yield Block(block.prelude, children=children)
        elif block.prelude.startswith("@"):
            yield block
        else:
            selectors = [part for part in _selectors(block.prelude) if _reachable(part, wanted)]
            if selectors:
                yield Block(",".join(selectors), block.body)


def _reachable(selector: str, wanted: set[str]) -> bool:
    # Themes follow the system through our own stylesheet, so the switched ones are dead weight.
    if "-theme" in selector or "[dir=" in selector or "::-webkit-datetime" in selector:
        return False
    return all(_is_wanted(name, wanted) for name in _classes(selector))


def _is_wanted(name: str, wanted: set[str]) -> bool:
    return bool(ALWAYS.fullmatch(name)) or (name in wanted and not OURS_ALONE.fullmatch(name))


def _selectors(prelude: str) -> Iterator[str]:
    """Splits at commas that are not inside brackets."""
    depth, start = 0, 0
    for position, char in enumerate(prelude):
        depth += (char in "([") - (char in ")]")
        if char == "," and depth == 0:
            yield prelude[start:position].strip()
            start = position + 1
    yield prelude[start:].strip()


def _classes(selector: str) -> set[str]:
    return {name.replace("\\", "") for name in _CLASS.findall(selector)}


def _walk(blocks: Iterable[Block]) -> Iterator[Block]:
    for block in blocks:
        if block.holds_rules:
            yield from _walk(block.children)
        elif not block.prelude.startswith("@"):
            yield block


def _without_idle_keyframes(blocks: list[Block]) -> list[Block]:
    text = " ".join(block.body for block in _walk(blocks))
    return [
        block
        for block in blocks
        if not block.prelude.startswith("@") or block.holds_rules or _is_played(block.prelude, text)
    ]


def _is_played(prelude: str, text: str) -> bool:
    name = prelude.removeprefix("@keyframes").strip()
    return prelude.startswith("@keyframes") and bool(
        re.search(rf"animation[^;]*[\s:]{re.escape(name)}\b", text)
    )


def _without_idle_variables(blocks: list[Block], also_read: str) -> list[Block]:
    """Drops declarations of custom properties that nothing reads, until none is left."""
    while True:
        text = also_read + " ".join(block.body for block in _walk(blocks))
        read = set(re.findall(r"var\(\s*(--[\w-]+)", text))
        slimmer = [_slimmed(block, read) for block in blocks]
        slimmer = [block for block in slimmer if block.body or block.children]
        if slimmer == blocks:
            return blocks
        blocks = slimmer


def _slimmed(block: Block, read: set[str]) -> Block:
    if block.holds_rules:
        children = [_slimmed(child, read) for child in block.children]
        return Block(block.prelude, children=[child for child in children if child.body])
    if block.prelude.startswith("@"):
        return block
    lines = [line for line in _declarations(block.body) if _is_read(line, read)]
    return Block(block.prelude, ";".join(lines))


def _is_read(declaration: str, read: set[str]) -> bool:
    name = declaration.split(":", 1)[0].strip()
    return not name.startswith("--") or name in read


def _declarations(body: str) -> Iterator[str]:
    start, position, depth = 0, 0, 0
    while position < len(body):
        char = body[position]
        if char in "\"'":
            position = _end_of_string(body, position)
        depth += (char == "(") - (char == ")")
        if char == ";" and depth == 0:
            yield body[start:position].strip()
            start = position + 1
        position += 1
    if body[start:].strip():
        yield body[start:].strip()


def _printed(block: Block) -> str:
    inside = "".join(_printed(child) for child in block.children) or block.body
    return f"{block.prelude}{{{inside}}}\n"
