import io
import statistics
import time

import pytest
from pypdf import PdfReader

from nenep.documents import pdf
from nenep.documents.bench import long_report, measures
from nenep.documents.tests.make import LAYOUT
from nenep.shared import measuring

SECONDS = 1.0


def test_the_report_has_twelve_pages_of_its_own():
    made = pdf.render(long_report(3), LAYOUT)
    assert len(PdfReader(io.BytesIO(made)).pages) == 12
    assert made != pdf.render(long_report(4), LAYOUT)


@pytest.mark.parametrize("name", ["pdf", "docx"])
def test_twelve_pages_take_at_most_a_second(name):
    measure = next(one for one in measures() if one.name == f"documents.report_of_12_pages.{name}")
    assert measure.run() != measure.run()  # nothing that was set before is taken again
    taken = []
    for _time in range(3):
        start = time.process_time()
        measure.run()
        taken.append(time.process_time() - start)
    assert statistics.median(taken) <= SECONDS


def test_the_program_offers_the_measurement():
    assert {"documents.report_of_12_pages.pdf", "documents.report_of_12_pages.docx"} <= {
        one.name
        for provider in measuring._providers
        if "documents" in provider.__module__
        for one in provider()
    }
