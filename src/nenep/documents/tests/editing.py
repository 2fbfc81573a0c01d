"""What Word does to a .docx when somebody works on it, by rules of its own: `saved(content, *changes)`."""

import copy
import io
from datetime import UTC, datetime

import docx
from docx.oxml import OxmlElement
from docx.oxml.ns import qn


def saved(content, *changes):
    """The file after each change was made to its python-docx document."""
    word = docx.Document(io.BytesIO(content))
    for change in changes:
        change(word)
    made = io.BytesIO()
    word.save(made)
    return made.getvalue()


def paragraphs(word):
    """Those of tables too."""
    return [docx.text.paragraph.Paragraph(node, word) for node in word.element.body.iter(qn("w:p"))]


def paragraph_with(word, text):
    return next(paragraph for paragraph in paragraphs(word) if text in paragraph.text)


def split_runs(word):
    """Typing, spell checking and each session part a run; marks of its own stand between the parts."""
    for paragraph in paragraphs(word):
        paragraph._p.set(qn("w:rsidR"), "00AB12CD")
        for run in list(paragraph.runs):
            parts = [part for part in (run.text[:3], run.text[3:7], run.text[7:]) if part]
            last = run._r
            for number, part in enumerate(parts):
                if number:
                    twin = copy.deepcopy(run._r)
                    for mark in "spellStart", "spellEnd":
                        error = OxmlElement("w:proofErr")
                        error.set(qn("w:type"), mark)
                        last.addnext(error)
                        last = error
                    last.addnext(twin)
                    last = twin
                last.set(qn("w:rsidRPr"), f"00AB12C{number}")
                docx.text.run.Run(last, paragraph).text = part
                if not number:
                    last.insert(0, OxmlElement("w:lastRenderedPageBreak"))
                    if last.rPr is not None:
                        last.insert(0, last.rPr)


def replaced(before, after, *, tracked=False):
    """Words of one paragraph change; with changes tracked the old ones stay in the file as deleted."""

    def change(word):
        paragraph = paragraph_with(word, before)
        run = next(run for run in paragraph.runs if before in run.text)
        if not tracked:
            run.text = run.text.replace(before, after)
            return
        start, _old, end = run.text.partition(before)
        parts = [
            _like(run, start),
            _tracked("w:del", _like(run, before)),
            _tracked("w:ins", _like(run, after)),
        ]
        for part in [*parts, _like(run, end)]:
            run._r.addprevious(part)
        run._r.getparent().remove(run._r)

    return change


def added_after(text, new, *, tracked=False):
    """A new paragraph below the one with `text`, in its style."""

    def change(word):
        above = paragraph_with(word, text)
        below = copy.deepcopy(above._p)
        above._p.addnext(below)
        paragraph = docx.text.paragraph.Paragraph(below, word)
        for run in paragraph.runs[1:]:
            below.remove(run._r)
        paragraph.runs[0].text = new
        if tracked:
            run = paragraph.runs[0]._r
            run.addprevious(mark := _mark("w:ins"))
            mark.append(run)

    return change


def moved_up(text):
    """A paragraph moved above the one before it with changes tracked: it stands in the file twice."""

    def change(word):
        old = paragraph_with(word, text)
        new = copy.deepcopy(old._p)
        old._p.getprevious().addprevious(new)
        for paragraph, name in ((old._p, "w:moveFrom"), (new, "w:moveTo")):
            for run in list(paragraph.iter(qn("w:r"))):
                run.addprevious(mark := _mark(name))
                mark.append(run)

    return change


def _like(run, text):
    twin = copy.deepcopy(run._r)
    docx.text.run.Run(twin, run._parent).text = text
    return twin


def _tracked(name, run):
    mark = _mark(name)
    mark.append(run)
    if name == "w:del":
        for text in list(run.iter(qn("w:t"))):
            text.tag = qn("w:delText")
    return mark


def _mark(name):
    mark = OxmlElement(name)
    mark.set(qn("w:id"), "7")
    mark.set(qn("w:author"), "Lê Thị Thảo")
    mark.set(qn("w:date"), datetime(2026, 9, 8, tzinfo=UTC).isoformat())
    return mark
