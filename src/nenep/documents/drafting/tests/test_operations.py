"""A draft from its first words to its number: versions, two who save, two who press, what is erased."""

import threading
from datetime import date, timedelta

import pytest
from django.db import connection

from nenep.access.tests.make import viewer_for
from nenep.documents.drafting.models import Consent, SignedFor
from nenep.documents.drafting.operations import begin, give_up, issue_draft, save
from nenep.documents.drafting.skeletons import quoted, skeleton, skeletons
from nenep.documents.drafting.tests.make import PLAN, make_draft
from nenep.documents.drafting.versions import changes, diff
from nenep.documents.issuing import issue
from nenep.documents.models import Archive, Document, Draft, PaperVersion
from nenep.documents.providers import progress
from nenep.documents.storing import from_json
from nenep.journal.models import Event
from nenep.organizations.tests.make import make_body
from nenep.people.models import Post
from nenep.people.tests.make import make_member
from nenep.shared.dates import today
from nenep.shared.stale import Stale
from nenep.shared.states import Refused


def number(draft, **changes):
    facts = {"day": today(), "place": "Thủ Dầu Một", "seen_revision": draft.revision, "by": None}
    return issue_draft(draft, **facts | changes)


@pytest.mark.django_db
class TestBeginning:
    def test_a_draft_begins_with_the_words_of_its_kind_and_whoever_signs(self, bloc):
        make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
        draft = begin(bloc.branch, "KH", by=None)
        assert "I- MỤC ĐÍCH, YÊU CẦU" in draft.text
        assert "Chi bộ Văn phòng Sở A" in draft.text
        assert (draft.signer_name, draft.signer_position, draft.signed_for) == (
            "Vũ Thị Minh",
            "Bí thư",
            "CHI BỘ",
        )
        above, filed = draft.recipients
        assert (above["body_id"], above["purpose"]) == (bloc.organization.pk, "report")
        assert (filed["name"], filed["purpose"]) == ("Chi bộ", "file")
        assert draft.versions.get().text == draft.text

    def test_the_paper_it_rests_on_is_cited_in_full(self, bloc):
        facts = {"subject": "về sinh hoạt chuyên đề", "recipients": [], "by": None}
        paper = issue(bloc.organization, "KH", day=date(2026, 9, 5), **facts)
        cited = "Kế hoạch số 01-KH/ĐU, ngày 05/09/2026 của Đảng ủy Sở A về sinh hoạt chuyên đề"
        assert quoted(paper) == cited
        draft = begin(bloc.branch, "KH", rests_on=paper, by=None)
        assert f"Thực hiện {cited}," in draft.text

    def test_every_usual_kind_has_words_of_its_own_and_none_has_an_unknown_place(self, bloc):
        for kind in skeletons():
            made = skeleton(kind, bloc.branch.pk, today())
            assert "…" in made["text"], kind
            assert "{" not in "".join(made.values()), kind
        assert skeleton("CTr", bloc.branch.pk, today())["text"].startswith("Thực hiện")

    def test_minutes_are_not_written_here(self, bloc):
        with pytest.raises(Refused, match="kỳ sinh hoạt"):
            begin(bloc.branch, "BB", by=None)

    def test_the_same_page_sent_twice_makes_one_draft(self, bloc):
        once = "7b2c1c56-98a9-4a5e-a6c7-1c60a2b4f2a1"
        assert begin(bloc.branch, "KH", once=once, by=None) == begin(bloc.branch, "KH", once=once, by=None)
        assert Draft.objects.count() == 1


@pytest.mark.django_db
class TestSaving:
    def test_each_save_is_a_version_and_the_same_words_are_none(self, branch):
        draft = make_draft(branch)
        save(draft, {"subject": "khác"}, seen_revision=2, by=None)
        save(draft, {"subject": "khác"}, seen_revision=2, by=None)  # sent again
        assert list(draft.versions.values_list("number", flat=True)) == [1, 2, 3]
        _first, second, third = draft.versions.all()
        (part,) = changes(second, third)
        assert (part.title, [line.how for line in part.lines]) == ("Trích yếu", ["gone", "come"])

    def test_who_saves_over_anothers_words_sees_them(self, branch):
        draft = make_draft(branch)
        save(draft, {"text": "của người kia"}, seen_revision=2, by=None)
        with pytest.raises(Stale) as clash:
            save(draft, {"text": "của tôi"}, seen_revision=2, by=None)
        assert ("Nội dung", "của người kia") in clash.value.rows
        assert clash.value.revision == 3
        assert Draft.objects.get().text == "của người kia"

    def test_a_change_takes_back_what_the_signer_said(self, branch):
        draft = make_draft(branch)
        Draft.objects.update(consent=Consent.AGREED)
        draft.refresh_from_db()
        save(draft, {"text": draft.text}, seen_revision=2, by=None)
        assert draft.consent == Consent.AGREED
        save(draft, {"text": "khác"}, seen_revision=2, by=None)
        assert draft.consent == Consent.NONE

    def test_an_issued_draft_is_changed_by_nobody(self, branch):
        draft = make_draft(branch)
        number(draft)
        for change in (
            lambda: save(draft, {"subject": "khác"}, seen_revision=2, by=None),
            lambda: give_up(draft, by=None),
        ):
            with pytest.raises(Refused, match="đã ban hành"):
                change()
        assert Draft.objects.get().subject == draft.subject


@pytest.mark.django_db
class TestIssuing:
    def test_one_step_gives_number_arrivals_kept_words_and_closes_the_draft(self, bloc):
        make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
        draft = make_draft(bloc.branch)
        document = number(draft)
        assert document.symbol == "01-KH/CB"
        assert (document.signer, document.signed_as) == ("Vũ Thị Minh", "T/M CHI BỘ, Bí thư")
        assert (document.source_type, document.source_id) == ("documents.draft", draft.pk)
        assert "1 | Chuẩn bị báo cáo chuyên đề | Trần Quốc Phúc | 25/9/2026" in document.text
        assert [body_id for body_id, _arrived in progress.ask(document)] == [bloc.organization.pk]
        kept = from_json(Archive.objects.get(document=document).content)
        assert (kept.number_line, kept.note, kept.day) == ("Số 01-KH/CB", "", today())
        assert [one.name for one in kept.recipients] == ["Đảng ủy Sở A (B/c)", "Lưu Chi bộ"]
        assert Draft.objects.get().document == document

    def test_the_second_press_gets_the_same_paper(self, branch):
        draft = make_draft(branch)
        twin = Draft.objects.get()
        assert number(draft) == number(twin)
        assert Document.objects.count() == 1

    def test_a_draft_that_changed_meanwhile_is_not_numbered(self, branch):
        draft = make_draft(branch)
        with pytest.raises(Refused, match="vừa sửa"):
            number(draft, seen_revision=1)
        assert not Document.objects.exists()

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"text": ""}, "chưa có nội dung"),
            ({"subject": ""}, "chưa có trích yếu"),
        ],
    )
    def test_an_empty_one_is_not_numbered(self, branch, changes, words):
        draft = make_draft(branch, **changes)
        with pytest.raises(Refused, match=words):
            number(draft)

    def test_a_day_to_come_is_refused_and_the_draft_stays_open(self, branch):
        draft = make_draft(branch)
        with pytest.raises(Refused, match="sau hôm nay"):
            number(draft, day=today() + timedelta(days=1))
        draft.refresh_from_db()
        assert draft.is_open
        assert draft.day is None

    def test_whoever_signs_by_order_is_printed_so(self, bloc):
        draft = make_draft(
            bloc.bloc,
            signer_id=None,
            signer_name="Đỗ Quang Vinh",
            signer_position="Chánh Văn phòng",
            signed_how=SignedFor.BY_ORDER,
            signed_for="Ban Thường vụ",
            organization="ĐU",
        )
        document = number(draft)
        assert (document.symbol, document.signed_as) == ("01-KH/ĐU", "T/L BAN THƯỜNG VỤ, Chánh Văn phòng")


@pytest.mark.django_db
def test_a_draft_that_is_given_up_leaves_nothing_but_that_it_was(branch, secretary):
    draft = make_draft(branch, by=viewer_for(secretary))
    give_up(draft, by=viewer_for(secretary))
    assert not Draft.objects.exists()
    assert not PaperVersion.objects.exists()
    event = Event.objects.get(verb="draft.given_up")
    assert PLAN[:20] not in str(vars(event))


def test_a_difference_shows_its_neighbours_and_counts_the_rest():
    was = [f"dòng {number}" for number in range(9)]
    now = [*was[:4], "mới", *was[5:]]
    told = [(line.how, line.text) for line in diff(was, now)]
    assert told == [
        ("skipped", "3 dòng không đổi"),
        ("same", "dòng 3"),
        ("gone", "dòng 4"),
        ("come", "mới"),
        ("same", "dòng 5"),
        ("skipped", "3 dòng không đổi"),
    ]


@pytest.mark.django_db(transaction=True)
def test_two_clerks_press_at_once_and_one_paper_is_made(shared_database):
    draft = make_draft(make_body())
    start, made = threading.Barrier(4), []

    def press():
        try:
            mine = Draft.objects.get(pk=draft.pk)
            start.wait(timeout=30)
            made.append(number(mine).pk)
        finally:
            connection.close()

    clerks = [threading.Thread(target=press) for _number in range(4)]
    for thread in clerks:
        thread.start()
    for thread in clerks:
        thread.join()
    assert len(made) == 4
    assert len(set(made)) == 1
    assert (Document.objects.count(), Archive.objects.count()) == (1, 1)


@pytest.mark.django_db
def test_a_version_keeps_who_saved_it(branch, secretary):
    draft = make_draft(branch)
    save(draft, {"subject": "x"}, seen_revision=2, by=viewer_for(secretary))
    assert draft.versions.last().by == secretary
