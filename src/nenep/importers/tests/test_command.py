import json

import pytest
from django.core.management import call_command

from nenep.importers.tests.make import sheet
from nenep.importers.tests.test_operations import BODIES
from nenep.organizations.models import Body

pytestmark = pytest.mark.django_db


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "to-chuc.xlsx"
    path.write_bytes(sheet("bodies", *BODIES))
    return path


def run(capsys, *arguments):
    try:
        call_command("import", *map(str, arguments))
        code = 0
    except SystemExit as ended:
        code = ended.code
    return code, capsys.readouterr()


def test_a_dry_run_and_then_the_load_and_then_nothing_new(capsys, file):
    code, said = run(capsys, "bodies", file, "--dry-run")
    assert (code, said.out) == (0, "5 dòng: sẽ ghi 4, giữ nguyên 0.\n")
    assert not Body.objects.exists()
    assert run(capsys, "bodies", file)[1].out == "5 dòng: đã ghi 4, giữ nguyên 0.\n"
    assert run(capsys, "bodies", file)[1].out == "5 dòng; mọi thứ đã có sẵn, không có gì thay đổi.\n"


def test_errors_end_with_code_1_and_a_marked_file(capsys, tmp_path):
    wrong = tmp_path / "sai.xlsx"
    wrong.write_bytes(sheet("bodies", *BODIES, {**BODIES[1], "code": "B", "parent": "KHONGCO"}))
    code, said = run(capsys, "bodies", wrong, "--marked", tmp_path / "dau.xlsx")
    assert code == 1
    assert "Dòng 7, cột Mã cấp trên: Không có tổ chức cấp trên mã KHONGCO." in said.out
    assert (tmp_path / "dau.xlsx").read_bytes().startswith(b"PK")
    code, said = run(capsys, "bodies", wrong, "--json")
    document = json.loads(said.out)
    assert (code, document["errors"][0]["row"], document["written"]) == (1, 7, 0)


def test_a_missing_file_is_bad_use_and_an_unreadable_one_a_finding(capsys, tmp_path):
    code, said = run(capsys, "bodies", tmp_path / "khong-co.xlsx")
    assert (code, said.out) == (2, "")
    assert "Không có tệp" in said.err
    (tmp_path / "la.pdf").write_bytes(b"%PDF-1.7")
    code, said = run(capsys, "bodies", tmp_path / "la.pdf")
    assert (code, said.out) == (1, "")
    assert "Chỉ đọc được" in said.err


def test_an_unreadable_file_is_one_json_document_too(capsys, tmp_path):
    (tmp_path / "la.pdf").write_bytes(b"%PDF-1.7")
    for more, is_dry in (((), False), (("--dry-run",), True)):
        code, said = run(capsys, "bodies", tmp_path / "la.pdf", "--json", *more)
        document = json.loads(said.out)
        (error,) = document.pop("errors")
        assert (code, error["row"], error["column"]) == (1, None, None)
        assert error["message"].startswith("Chỉ đọc được")
        assert document == {"kind": "bodies", "dry_run": is_dry, "rows": 0, "written": 0, "unchanged": 0}


def test_template_and_export_are_written(capsys, tmp_path, file):
    assert run(capsys, "bodies", tmp_path / "mau.xlsx", "--template")[0] == 0
    run(capsys, "bodies", file)
    assert run(capsys, "bodies", tmp_path / "xuat.xlsx", "--export")[0] == 0
    said = run(capsys, "bodies", tmp_path / "xuat.xlsx")[1]
    assert "không có gì thay đổi" in said.out
