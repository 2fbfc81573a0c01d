"""What Word asks of a .docx before it opens it without offering to repair it; `faults(content)` names what is broken.

The orders of elements are those of the transitional schema of ISO/IEC 29500-1 (wml.xsd); Word calls a file
unreadable when an element stands in the wrong place, where other programs read on.
"""

import io
import posixpath
import re
import zipfile
from itertools import pairwise
from xml.etree import ElementTree as ET

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
RELATION = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"
MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"

_PARAGRAPH = (
    "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange"
)
_RUN = (
    "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid vanish "
    "webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang "
    "eastAsianLayout specVanish oMath rPrChange"
)
_TABLE = (
    "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing tblInd "
    "tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription tblPrChange"
)
_CELL = (
    "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark "
    "headers cellIns cellDel cellMerge tcPrChange"
)
_SECTION = (
    "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType pgNumType "
    "cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings sectPrChange"
)
_STYLE = (
    "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked personal "
    "personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr"
)
ORDERS = {
    name: {tag: place for place, tag in enumerate(tags.split())}
    for name, tags in {
        "pPr": _PARAGRAPH,
        "rPr": _RUN,
        "tblPr": _TABLE,
        "tcPr": _CELL,
        "sectPr": _SECTION,
        "style": _STYLE,
        "tbl": "tblPr tblGrid tr",
        "tr": "tblPrEx trPr tc",
        "styles": "docDefaults latentStyles style",
        "docDefaults": "rPrDefault pPrDefault",
        "tblCellMar": "top start left bottom end right",
        "pBdr": "top left bottom right between bar",
    }.items()
}


def faults(content):
    """Sentences; empty for a sound file."""
    packed = zipfile.ZipFile(io.BytesIO(content))
    names = packed.namelist()
    main = ET.fromstring(packed.read("word/document.xml"))
    found = [f"{name} is there twice" for name in set(names) if names.count(name) > 1]
    trees = {name: ET.fromstring(packed.read(name)) for name in names if name.endswith((".xml", ".rels"))}
    found += _types(names, trees["[Content_Types].xml"])
    found += _relations(set(names), trees)
    for name, tree in trees.items():
        if name.startswith("word/") and not name.endswith(".rels"):
            found += [f"{name}: {fault}" for fault in _orders(tree)]
    return [*found, *_styles(trees), *_body(main), *_tables(main)]


def _types(names, types):
    known = {node.get("Extension") for node in types.iter(f"{TYPES}Default")}
    parts = {node.get("PartName"): node.get("ContentType") for node in types.iter(f"{TYPES}Override")}
    for name in names:
        if name != "[Content_Types].xml" and f"/{name}" not in parts and name.rsplit(".", 1)[-1] not in known:
            yield f"{name} has no content type"
    for part in parts:
        if part.removeprefix("/") not in names:
            yield f"{part} is declared and not there"
    if parts.get("/word/document.xml") != MAIN:
        yield "word/document.xml is not declared as the main part"


def _relations(names, trees):
    reached = {"[Content_Types].xml"}
    for name, tree in trees.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder = posixpath.dirname(posixpath.dirname(name))
        ids = [node.get("Id") for node in tree.iter(RELATION)]
        if len(ids) != len(set(ids)):
            yield f"{name}: an id is given twice"
        for node in tree.iter(RELATION):
            if node.get("TargetMode") == "External":
                yield f"{name}: points outside"
                continue
            target = node.get("Target")
            part = posixpath.normpath(
                posixpath.join("/" if target.startswith("/") else folder, target)
            ).strip("/")
            reached.add(part)
            if part not in names:
                yield f"{name}: {part} is not there"
        source = posixpath.join(folder, posixpath.basename(name).removesuffix(".rels"))
        if source in trees:
            used = {
                value for node in trees[source].iter() for key, value in node.items() if key.startswith(R)
            }
            yield from (f"{source}: {one} leads nowhere" for one in used - set(ids))
    yield from (f"{name}: nothing leads to it" for name in names - reached)


def _orders(tree):
    for parent in tree.iter():
        name = parent.tag.removeprefix(W)
        if name not in ORDERS or not parent.tag.startswith(W):
            continue
        order, last = ORDERS[name], -1
        for child in parent:
            tag = child.tag.removeprefix(W)
            if not child.tag.startswith(W) or (name in {"pPr", "rPr"} and tag in {"ins", "del"}):
                continue
            place = order.get(tag)
            if place is None:
                yield f"{name} may not hold {tag}"
            elif place < last:
                yield f"{name}: {tag} stands too late"
            else:
                last = place
            is_single = name.endswith("Pr") and not tag.endswith("Reference")
            if place is not None and is_single and len(parent.findall(child.tag)) > 1:
                yield f"{name}: {tag} is there twice"


def _styles(trees):
    styles = trees["word/styles.xml"]
    ids = [node.get(f"{W}styleId") for node in styles.iter(f"{W}style")]
    names = [node.find(f"{W}name").get(f"{W}val").lower() for node in styles.iter(f"{W}style")]
    for values in (ids, names):
        yield from (f"style {value} is there twice" for value in set(values) if values.count(value) > 1)
    for name in (name for name in trees if re.fullmatch(r"word/(document|styles|header\d*)\.xml", name)):
        for tag in ("pStyle", "rStyle", "tblStyle", "basedOn", "next", "link"):
            for node in trees[name].iter(f"{W}{tag}"):
                if node.get(f"{W}val") not in ids:
                    yield f"{name}: no style {node.get(f'{W}val')}"


def _body(tree):
    body = tree.find(f"{W}body")
    if body[-1].tag != f"{W}sectPr":
        yield "the body does not end with its section"
    if body[-2].tag != f"{W}p":
        yield "a table stands at the end of the body"
    for before, after in pairwise(body):
        if before.tag == after.tag == f"{W}tbl":
            yield "two tables stand together"
    for field in tree.iter(f"{W}fldSimple"):
        if not field.get(f"{W}instr"):
            yield "a field says nothing"


def _tables(tree):
    for cell in tree.iter(f"{W}tc"):
        if not len(cell) or cell[-1].tag != f"{W}p":
            yield "a cell does not end with a paragraph"
    for table in tree.iter(f"{W}tbl"):
        columns = len(table.find(f"{W}tblGrid"))
        for row in table.iter(f"{W}tr"):
            if len(row.findall(f"{W}tc")) != columns:
                yield f"a row has not the {columns} cells of its table"
