"""Invented documents as PDF files, laid out as offices do: two columns in the head, page numbers from page 2."""

import re

import typst

_PAGE = """#set page(paper: "a4", margin: (left: 3cm, right: 2cm, y: 2cm), number-align: top + center, header: context {{
  if counter(page).get().first() > 1 [#align(center, counter(page).display())]
}})
#set text(size: {size}pt)
#set par(justify: true, spacing: 1.5em)
"""


def make_paper(text, *, size=13, before=""):
    """Each line of `text` is a paragraph, unless it follows the one above without a blank line."""
    rows = "\n".join(_row(line) for line in text.strip().split("\n"))
    source = f"{_PAGE.format(size=size)}{before}\n{rows}"
    return typst.compile(source.encode(), format="pdf", ignore_system_fonts=True, timestamp=0)


def _row(line):
    columns = re.split(r"\s{3,}", line.strip())
    if len(columns) > 1:
        return f"#grid(columns: (1fr, 1fr), {', '.join(map(_quoted, columns))})"
    return f"#{_quoted(line.strip())} \\" if line.strip() else ""


def _quoted(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
