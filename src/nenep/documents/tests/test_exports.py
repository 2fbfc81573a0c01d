import io
from datetime import date

import docx
import pytest
from pypdf import PdfReader

from nenep.documents.exports import document_response
from nenep.documents.tests.make import make_minutes, make_resolution


def test_a_pdf_comes_as_a_download_in_which_nothing_can_run():
    response = document_response(make_resolution(), "pdf", "Nghị quyết tháng 9/2026")
    assert "NGHỊ QUYẾT" in PdfReader(io.BytesIO(response.content)).pages[0].extract_text()
    assert response["Content-Type"] == "application/pdf"
    assert "filename*=utf-8''Ngh%E1%BB%8B%20quy%E1%BA%BFt" in response["Content-Disposition"]
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert response["X-Content-Type-Options"] == "nosniff"


def test_a_slash_in_the_name_of_a_month_is_no_folder():
    header = document_response(make_resolution(), "docx", "Nghi quyet thang 9/2026")["Content-Disposition"]
    assert header == 'attachment; filename="Nghi quyet thang 9-2026.docx"'


def test_a_word_file_opens():
    response = document_response(make_minutes(), "docx", "biên bản")
    assert docx.Document(io.BytesIO(response.content)).paragraphs[0].text == "BIÊN BẢN"


def test_a_paper_of_the_past_is_set_in_the_nearest_layout_and_says_so():
    response = document_response(make_resolution(day=date(2012, 5, 3)), "pdf", "x")
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert "Trình bày theo thể thức của" in text


def test_another_format_is_an_error():
    with pytest.raises(KeyError):
        document_response(make_resolution(), "odt", "x")
