import json
from datetime import date

from nenep.documents.content import (
    Heading,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Recipient,
    Signature,
    Speech,
    Table,
)
from nenep.documents.storing import as_json, from_json


def test_a_kept_document_comes_back_equal():
    document = OfficialDocument(
        kind="BB",
        kind_name="BIÊN BẢN",
        superior="Đảng ủy Sở",
        issuer="Chi bộ 1",
        place="Thủ Dầu Một",
        title=("Sinh hoạt chi bộ",),
        blocks=(
            Paragraph("Đoạn", lead="Kết luận:"),
            Heading("Mục", level=2, is_numbered=False),
            NumberedList(("một", "hai"), style="a)"),
            Table(("TT", "Việc"), (("1", "Họp"),), widths=(1, 4), aligned=("center", "left")),
            Speech("Đồng chí A", "Nhất trí"),
        ),
        signatures=(Signature("BÍ THƯ", "Trần A", "T/M CHI BỘ"),),
        recipients=(Recipient("Đảng ủy", "B/c"),),
        added=(Paragraph("Sai họ.", lead="Đính chính:"),),
        number_line="Số 05-NQ/CB",
        day=date(2026, 11, 3),
    )
    assert from_json(json.loads(json.dumps(as_json(document)))) == document
