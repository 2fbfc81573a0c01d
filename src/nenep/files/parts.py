"""The XML parts of Word and Excel files, read as they stream by: no tree, so memory stays small whatever they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from lxml import etree

if TYPE_CHECKING:
    import zipfile
    from collections.abc import Iterator, Mapping

_STEP = 1 << 16


class Listener(Protocol):
    """What the parser speaks to; whatever it has found so far is taken out of `found`."""

    found: list[Any]

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def data(self, text: str) -> None: ...
    def end(self, tag: str) -> None: ...
    def close(self) -> None: ...


def told(
    package: zipfile.ZipFile, name: str, listener: Listener, *, at_most: int | None = None
) -> Iterator[Any]:
    """What the listener finds in a part, or in its first bytes; nothing outside the part is ever read."""
    parser = etree.XMLParser(
        target=listener, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False
    )
    with package.open(name) as part:
        while (at_most is None or part.tell() < at_most) and (piece := part.read(_STEP)):
            parser.feed(piece)
            yield from _taken(listener)
        if at_most is None or part.tell() < at_most:
            parser.close()
    yield from _taken(listener)


def _taken(listener: Listener) -> list[Any]:
    taken, listener.found = listener.found, []
    return taken


def local(tag: str) -> str:
    """The name without its namespace: strict and transitional files differ only there."""
    return tag.rpartition("}")[2]


class Elements:
    """Elements of some names as (name, attributes, own text), each when it ends."""

    def __init__(self, *names: str) -> None:
        self.found: list[tuple[str, dict[str, str], str]] = []
        self._names = frozenset(names)
        self._open: list[tuple[str, dict[str, str], list[str]]] = []

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        name = local(tag)
        if name in self._names:
            self._open.append((name, {local(key): value for key, value in attributes.items()}, []))

    def data(self, text: str) -> None:
        if self._open:
            self._open[-1][2].append(text)

    def end(self, tag: str) -> None:
        if self._open and self._open[-1][0] == local(tag):
            name, attributes, texts = self._open.pop()
            self.found.append((name, attributes, "".join(texts)))

    def close(self) -> None:
        pass


class Paragraphs:
    """Paragraphs as (text, whether in the header or footer of the page), those in tables and text boxes included."""

    def __init__(self) -> None:
        self.found: list[tuple[str, bool]] = []
        self._texts: list[str] = []
        self._is_text = self._in_margin = False

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        match local(tag):
            case "t":
                self._is_text = True
            case "tab":
                self._texts.append("\t")
            case "br" | "cr":
                self._texts.append("\n")
            case "p" if self._texts:
                self._ended()
            case "textpath":  # a watermark
                self.found.append((attributes.get("string", ""), self._in_margin))
            case "hdr" | "ftr":
                self._in_margin = True

    def data(self, text: str) -> None:
        if self._is_text:
            self._texts.append(text)

    def end(self, tag: str) -> None:
        match local(tag):
            case "t":
                self._is_text = False
            case "p":
                self._ended()

    def close(self) -> None:
        pass

    def _ended(self) -> None:
        self.found.append(("".join(self._texts), self._in_margin))
        self._texts = []
