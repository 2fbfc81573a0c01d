import pytest
from django.core.management import call_command
from django.db import connection

from nenep.documents.models import Document
from nenep.organizations.tests.make import make_body
from nenep.search import rebuilding, tables
from nenep.search.models import Built, Entry
from nenep.search.operations import MOST_WORDS, erase, put, take_out
from nenep.search.rebuilding import bring_up_to_date, differences, rebuild
from nenep.search.sources import SOURCES
from nenep.search.tests.make import make_document, reader, subjects

pytestmark = pytest.mark.django_db


@pytest.fixture
def documents(branch):
    return [make_document(branch, subject) for subject in ("Kế hoạch năm", "Báo cáo UBKT", "Mua máy in")]


def rows():
    return list(Entry.objects.order_by("pk").values())


def kinds():
    return [(one.type, one.object_id, one.kind) for one in differences()]


def test_a_rebuild_makes_the_same_entries(documents, branch):
    before = rows()
    assert len(before) == 3
    assert rebuild() == []
    assert rows() == before
    assert subjects(reader(branch), "ủy ban kiểm tra") == ["Báo cáo UBKT"]


def test_what_is_missing_changed_or_left_over_is_told_and_mended(documents, branch):
    first, second, third = documents
    take_out(first)
    Entry.objects.filter(object_id=second.pk).update(plain="khac")
    Entry.objects.filter(object_id=third.pk).update(object_id=9_999)
    found = {
        ("document", first.pk, "missing"),
        ("document", second.pk, "changed"),
        ("document", third.pk, "missing"),
        ("document", 9_999, "left over"),
    }
    assert set(kinds()) == found
    assert {(one.type, one.object_id, one.kind) for one in rebuild()} == found
    assert kinds() == []
    assert subjects(reader(branch), "kế hoạch năm") == ["Kế hoạch năm"]


@pytest.mark.either_database  # PostgreSQL generates the words itself
def test_words_out_of_step_are_told_and_mended(documents, branch):
    with connection.cursor() as cursor:
        cursor.execute("DROP TRIGGER search_entry_changed")
    Entry.objects.filter(object_id=documents[0].pk).update(head="khac", plain="")
    assert ("", 0, "out of step") in kinds()
    rebuild()
    assert kinds() == []
    assert subjects(reader(branch), "kế hoạch năm") == ["Kế hoạch năm"]


def test_an_installation_without_an_index_gets_one_and_another_version_a_new_one(
    documents, branch, monkeypatch
):
    Entry.objects.all().delete()
    assert subjects(reader(branch), "năm") == []
    assert bring_up_to_date()
    assert subjects(reader(branch), "năm") == ["Kế hoạch năm"]
    assert not bring_up_to_date()
    monkeypatch.setattr(rebuilding, "RULES", rebuilding.RULES + 1)
    assert bring_up_to_date()
    assert Built.objects.count() == 1


def test_what_is_deleted_by_whatever_way_is_found_no_longer(documents, branch):
    Entry.objects.filter(object_id=documents[0].pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM search_entry WHERE object_id = %s", [documents[1].pk])
    assert subjects(reader(branch), "năm") == subjects(reader(branch), "UBKT") == []
    assert tables.are_in_step(connection)


def test_an_empty_text_and_a_very_long_one_are_kept(branch):
    source = SOURCES["document"]
    document = make_document(branch, "?")
    assert subjects(reader(branch), document.symbol) == ["?"]
    Document.objects.filter(pk=document.pk).update(symbol="", subject="…")
    document.refresh_from_db()
    put(document)
    assert Entry.objects.get().head == ""
    from nenep.search.operations import entry_of
    from nenep.search.sources import Draft

    long = "từ " * (MOST_WORDS + 5) + "cuối"
    entry_of(source, document.pk + 1, Draft(branch.pk, document.issued_on, "", long)).save()
    assert Entry.objects.get(object_id=document.pk + 1).plain.split() == ["tu"] * MOST_WORDS


@pytest.mark.either_database  # it is about the file of SQLite
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("forgets", [True, False])
def test_no_word_of_what_was_erased_stays_in_the_file(tmp_path, branch, forgets, shared_database):
    """The twin: only taken out, its words are still there."""
    body = make_body()
    document = make_document(body, "Chuyện kinkhuatrap phải xóa")
    make_document(body, "Chuyện ở lại")
    for _number in range(3):
        put(document)
    (erase if forgets else take_out)(document)
    assert not Entry.objects.filter(object_id=document.pk).exists()
    Document.objects.filter(pk=document.pk).delete()
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        cursor.execute("SELECT quote(block) FROM search_words_data")
        blocks = b"".join(bytes.fromhex(block[2:-1]) for (block,) in cursor.fetchall())
    assert (b"kinkhuatrap"[3:] in blocks) is not forgets


class TestCommand:
    def test_says_that_all_is_well(self, documents, capsys):
        call_command("search", "--rebuild", "--check")
        assert capsys.readouterr().out == "0 chỗ khác.\n"

    def test_prints_differences_and_exits_1(self, documents, capsys):
        take_out(documents[0])
        with pytest.raises(SystemExit) as stopped:
            call_command("search", "--rebuild", "--check")
        assert stopped.value.code == 1
        assert capsys.readouterr().out.splitlines() == [f"document {documents[0].pk}: missing", "1 chỗ khác."]
        call_command("search", "--rebuild")
        assert Entry.objects.count() == 3

    def test_without_rebuild_it_says_how_to_ask(self, capsys):
        with pytest.raises(SystemExit) as stopped:
            call_command("search", "--check")
        assert stopped.value.code == 2
        assert "--rebuild" in capsys.readouterr().err
