"""Packs of the installation's own folder: local ones over the shipped ones, checked together with them (R59)."""

from datetime import date

import pytest
from django.core.exceptions import ImproperlyConfigured

from config import environment
from nenep.rulebook.loader import PACKS, PackError, load

PACK = """
id: LOCAL-TEST
title: "hướng dẫn của Đảng ủy phường"
name: "Hướng dẫn sinh hoạt chi bộ của Đảng ủy phường"
issuer: Đảng ủy phường
signed: 2026-01-05
valid_from: 2026-01-10
valid_to: null
extends: MEET-2025H
scope: {level: local, code: "ward:test", name: phường Thử}
subjects: [meeting]
source: {key: L1, label: FOUND-C-LOCAL, ref: "2"}
needs_review: true

rules:
  - id: meet.prepare.documents
    says: Số ngày trước kỳ sinh hoạt để xong tài liệu
    value: 5
    unit: day
    severity: info
    source: {key: L1, label: FOUND-C-LOCAL, ref: "2"}
    needs_review: true
"""


def own_folder(tmp_path, text=PACK, sources="L1: Hướng dẫn của Đảng ủy phường\n"):
    (tmp_path / "local-test.yml").write_text(text, encoding="utf-8")
    if sources:
        (tmp_path / "sources.yml").write_text(sources, encoding="utf-8")
    return tmp_path


def test_a_pack_of_the_own_folder_counts_for_its_scope_from_its_day(tmp_path):
    found = load(PACKS, local=own_folder(tmp_path))
    assert found.scope_codes()["ward:test"] == "phường Thử"
    counts = [found.overlays(day, ["ward:test"]) for day in (date(2026, 1, 9), date(2026, 1, 10))]
    assert [[pack.id for pack in packs] for packs in counts] == [[], ["LOCAL-TEST"]]
    assert found.overlays(date(2026, 1, 10), ["ward:an-phu"])[0].id == "LOCAL-ANPHU-2025"
    assert "ward:test" not in load(PACKS).scope_codes()


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        (
            'level: local, code: "ward:test", name: phường Thử',
            "level: central",
            "local-test.yml: scope: a pack of",
        ),
        ("id: LOCAL-TEST", "id: MEET-2025H", "MEET-2025H stands already in meet-2025h.yml"),
        ("extends: MEET-2025H", "extends: NOTHING", "NOTHING is no pack"),
        ("id: meet.prepare.documents", "id: meet.prepare.unknown", "local-test.yml: "),
    ],
)
def test_a_wrong_one_is_refused_with_its_name(tmp_path, old, new, says):
    with pytest.raises(PackError) as refused:
        load(PACKS, local=own_folder(tmp_path, PACK.replace(old, new)))
    assert any(says in problem for problem in refused.value.problems)


def test_a_source_that_nothing_explains_is_refused(tmp_path):
    with pytest.raises(PackError, match="L1 does not stand in sources"):
        load(PACKS, local=own_folder(tmp_path, sources=""))


def test_a_folder_that_is_not_there_is_said(tmp_path, monkeypatch):
    monkeypatch.setenv("NENEP_PACKS", str(tmp_path / "none"))
    with pytest.raises(ImproperlyConfigured, match="không có thư mục ấy"):
        environment.folder("NENEP_PACKS")
    monkeypatch.setenv("NENEP_PACKS", str(tmp_path))
    assert environment.folder("NENEP_PACKS") == tmp_path
