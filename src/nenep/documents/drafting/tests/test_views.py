"""The pages of a draft, as clerks, secretaries and others meet them."""

import re
from datetime import date, timedelta

import pytest
from django.urls import reverse

from nenep.access.models import GrantedRole
from nenep.access.tests.make import make_account, make_grant, sign_in, viewer_for
from nenep.documents import word
from nenep.documents.drafting.composing import content_of
from nenep.documents.drafting.operations import begin, issue_draft, save
from nenep.documents.drafting.tests.make import PLAN, make_draft
from nenep.documents.issuing import issue
from nenep.documents.layout import layout_on
from nenep.documents.models import Archive, Document, Draft
from nenep.documents.tests.editing import replaced, saved
from nenep.files.tests.make import make_upload
from nenep.organizations.operations import change_locality
from nenep.people.models import Post
from nenep.people.tests.make import make_member, make_office
from nenep.shared.dates import today
from nenep.shared.words import day_words

pytestmark = pytest.mark.django_db


@pytest.fixture
def writer(client, bloc):
    """The secretary of the branch, signed in."""
    member = make_member(bloc.branch, name="Vũ Thị Minh", post=Post.SECRETARY)
    sign_in(client, member)
    return client


def text_of(answer):
    return answer.content.decode()


def at(name, draft, *more):
    return reverse(f"documents:{name}", args=[draft.pk, *more])


def typed(draft, **changes):
    fields = {
        "revision": draft.revision,
        "subject": draft.subject,
        "addressees": draft.addressees,
        "text": draft.text,
        "signer": f"{draft.signer_id}:0" if draft.signer_id else "other",
        "signed_how": "collective",
        "to-0-to": "other",
        "to-0-name": "Chi bộ",
        "to-0-purpose": "file",
    }
    return fields | changes


class TestWriting:
    def test_from_the_register_to_the_first_words(self, writer, bloc):
        assert reverse("documents:drafting", args=[bloc.branch.pk]) in text_of(
            writer.get(reverse("documents:register"))
        )
        address = reverse("documents:drafting", args=[bloc.branch.pk])
        page = text_of(writer.get(address))
        assert "Hướng dẫn (không thuộc thẩm quyền)" in page
        assert ">Biên bản<" not in page
        answer = writer.post(address, {"kind": "KH"})
        draft = Draft.objects.get()
        assert answer.url == at("draft_text", draft)
        page = text_of(writer.get(answer.url))
        for words in ("I- MỤC ĐÍCH, YÊU CẦU", "Bí thư Vũ Thị Minh, T/M CHI BỘ", "data-kept"):
            assert words in page, words
        assert "Kính gửi" not in page

    def test_it_rests_only_on_a_paper_that_the_writer_reads(self, writer, bloc):
        facts = {"subject": "kín của nơi khác", "recipients": [], "day": today(), "by": None}
        paper = issue(bloc.neighbour, "KH", **facts)
        address = reverse("documents:drafting", args=[bloc.branch.pk])
        assert "kín của nơi khác" not in text_of(writer.get(address))
        assert writer.post(address, {"kind": "KH", "rests_on": paper.pk}).status_code == 422
        assert not Draft.objects.exists()
        draft = make_draft(bloc.branch)
        save(draft, {"rests_on_id": paper.pk}, seen_revision=2, by=None)
        for name in ("draft", "draft_text"):
            assert "kín của nơi khác" not in text_of(writer.get(at(name, draft)))

    def test_what_is_typed_is_saved_and_shown_as_printed(self, writer, bloc):
        draft = begin(bloc.branch, "CV", by=None)
        page = text_of(writer.get(at("draft_text", draft)))
        assert "Kính gửi" in page
        changes = {
            "subject": "về việc cử người",
            "addressees": "Trường Chính trị\r\nBan Tổ chức",
            "text": "Chi bộ cử:\r\n1. Đồng chí An.",
            "to-1-to": f"body:{bloc.organization.pk}",
            "to-1-purpose": "inform",
        }
        answer = writer.post(at("draft_text", draft), typed(draft, **changes))
        assert answer.url == at("draft", draft)
        draft.refresh_from_db()
        assert draft.text == "Chi bộ cử:\n1. Đồng chí An."
        assert draft.recipients[1] == {
            "name": "Đảng ủy Sở A",
            "purpose": "inform",
            "body_id": bloc.organization.pk,
            "group": "",
        }
        page = text_of(writer.get(answer.url))
        for words in (
            "về việc cử người",
            "Kính gửi:",
            "- Trường Chính trị,",
            "- Lưu Chi bộ,",
            "T/M CHI BỘ",
            "DỰ THẢO, bản 2",
        ):
            assert words in page, words

    def test_a_wrong_line_loses_nothing(self, writer, bloc):
        draft = make_draft(bloc.branch)
        wrong = typed(draft, text="chữ tôi vừa gõ", **{"to-1-to": "other"})
        answer = writer.post(at("draft_text", draft), wrong)
        assert answer.status_code == 422
        assert "chữ tôi vừa gõ" in text_of(answer)
        assert "Đồng chí ghi tên nơi nhận." in text_of(answer)

    def test_two_who_save_both_find_their_words(self, writer, bloc):
        draft = make_draft(bloc.branch)
        mine = typed(draft, text="bản của tôi")
        save(draft, {"text": "bản của người kia"}, seen_revision=2, by=None)
        answer = writer.post(at("draft_text", draft), mine)
        page = text_of(answer)
        assert answer.status_code == 422
        assert "bản của tôi" in page
        assert "bản của người kia" in page
        revision = re.search(r'name="revision" value="(\d+)"', page)[1]
        assert writer.post(at("draft_text", draft), mine | {"revision": revision}).status_code == 302
        assert Draft.objects.get().text == "bản của tôi"

    def test_somebody_whom_the_list_does_not_have_signs(self, writer, bloc):
        draft = make_draft(bloc.branch)
        other = {
            "signer": "other",
            "signer_name": "Đỗ Vinh",
            "signer_position": "Phó Chánh Văn phòng",
            "signed_how": "head",
        }
        answer = writer.post(at("draft_text", draft), typed(draft, **other))
        assert answer.status_code == 422
        writer.post(at("draft_text", draft), typed(draft, **other, signed_for="Chánh Văn phòng"))
        page = text_of(writer.get(at("draft", draft)))
        assert "K/T CHÁNH VĂN PHÒNG" in page
        assert "PHÓ CHÁNH VĂN PHÒNG" in page
        assert 'value="other" selected' in text_of(writer.get(at("draft_text", draft)))

    def test_markup_is_shown_as_text(self, writer, bloc):
        draft = make_draft(bloc.branch, text="<script>alert(1)</script> | b", subject="<b>x</b>")
        for name in ("draft", "draft_text", "draft_versions", "draft_issuing", "draft_giving_up"):
            assert "<script>alert(1)" not in text_of(writer.get(at(name, draft))), name
            assert "<b>x" not in text_of(writer.get(at(name, draft))), name


class TestLooking:
    def test_the_page_says_what_is_to_be_looked_at(self, writer, bloc):
        draft = begin(bloc.branch, "HD", by=None)
        save(draft, {"recipients": [], "signer_name": "", "subject": "x"}, seen_revision=1, by=None)
        page = text_of(writer.get(at("draft", draft)))
        for words in (
            "tổ chức này không ban hành hướng dẫn",
            "chưa điền",
            "chưa có nơi nào được gửi",
            "chưa có dòng “Lưu …”",
            "Chưa ghi đủ người ký",
            "Chưa ghi địa danh",
        ):
            assert words in page, words

    def test_a_whole_draft_raises_nothing(self, writer, bloc):
        change_locality(bloc.bloc, locality="Thủ Dầu Một", day=date(2020, 1, 1), by=None)
        draft = make_draft(bloc.branch)
        page = text_of(writer.get(at("draft", draft)))
        assert "Cần xem" not in page

    @pytest.mark.parametrize("fmt", ["pdf", "docx"])
    def test_the_files_are_marked_as_a_draft(self, writer, bloc, fmt):
        draft = make_draft(bloc.branch)
        answer = writer.get(at("draft_file", draft, fmt))
        assert answer.status_code == 200
        assert "attachment" in answer["Content-Disposition"]

    def test_the_versions_say_who_wrote_what(self, writer, bloc):
        draft = make_draft(bloc.branch, by=None)
        save(draft, {"text": PLAN.replace("tháng 10", "tháng 11")}, seen_revision=2, by=None)
        page = text_of(writer.get(at("draft_versions", draft)))
        assert "<del>2. Đảng viên báo cáo tại kỳ sinh hoạt tháng 10.</del>" in page
        assert "<ins>2. Đảng viên báo cáo tại kỳ sinh hoạt tháng 11.</ins>" in page


class TestWord:
    def bring_back(self, client, draft, *changes):
        content = saved(word.render(content_of(draft), layout_on(today())), *changes)
        file = make_upload(content, "van-ban.docx")
        return client.post(at("draft_word", draft), {"file": file, "is_open": "on"})

    def test_a_word_file_comes_back_with_one_press(self, writer, bloc):
        draft = make_draft(bloc.branch)
        answer = self.bring_back(writer, draft, replaced("tháng 10", "tháng 11"))
        assert answer.url == at("draft_comparison", draft)
        page = text_of(writer.get(answer.url))
        assert "<ins>2. Đảng viên báo cáo tại kỳ sinh hoạt tháng 11.</ins>" in page
        assert "đang chờ xem" in text_of(writer.get(at("draft", draft)))
        assert writer.post(answer.url, {"revision": draft.revision}).url == at("draft", draft)
        assert "tháng 11" in Draft.objects.get().text
        assert writer.get(answer.url).url == at("draft", draft)

    def test_over_a_newer_draft_it_is_asked_again(self, writer, bloc):
        draft = make_draft(bloc.branch)
        self.bring_back(writer, draft, replaced("tháng 10", "tháng 11"))
        save(draft, {"subject": "của người kia"}, seen_revision=2, by=None)
        answer = writer.post(at("draft_comparison", draft), {"revision": 2})
        assert answer.status_code == 422
        assert "của người kia" in text_of(answer)
        assert Draft.objects.get().subject == "của người kia"

    def test_it_may_be_put_aside(self, writer, bloc):
        draft = make_draft(bloc.branch)
        self.bring_back(writer, draft, replaced("tháng 10", "tháng 11"))
        writer.post(at("draft_comparison", draft), {"revision": 2, "aside": "1"})
        assert "tháng 10" in Draft.objects.get().text

    def test_it_needs_the_word_that_it_holds_no_secret(self, writer, bloc):
        draft = make_draft(bloc.branch)
        content = word.render(content_of(draft), layout_on(today()))
        answer = writer.post(at("draft_word", draft), {"file": make_upload(content, "a.docx")})
        assert answer.status_code == 422
        assert Draft.objects.get().returned is None


class TestIssuing:
    def fields(self, draft, **changes):
        return {"revision": draft.revision, "day": day_words(today()), "place": "Thủ Dầu Một"} | changes

    def test_one_press_and_the_paper_is_there_as_pdf_and_word(self, writer, bloc):
        draft = make_draft(bloc.branch)
        answer = writer.post(at("draft_issuing", draft), self.fields(draft))
        document = Document.objects.get()
        assert answer.url == reverse("documents:page", args=[document.pk])
        page = text_of(writer.get(answer.url))
        for fmt in ("pdf", "docx"):
            address = reverse("documents:file", args=[document.pk, fmt])
            assert address in page
            assert writer.get(address).status_code == 200
        assert at("draft_versions", draft) in page
        assert "Đang soạn" not in text_of(writer.get(reverse("documents:register")))

    def test_whoever_comes_later_is_led_to_the_paper(self, writer, bloc):
        draft = make_draft(bloc.branch)
        writer.post(at("draft_issuing", draft), self.fields(draft))
        document = Document.objects.get()
        paper = reverse("documents:page", args=[document.pk])
        for name in ("draft_text", "draft_issuing", "draft_word", "draft_comparison", "draft_giving_up"):
            assert writer.get(at(name, draft)).url == paper, name
        assert writer.post(at("draft_issuing", draft), self.fields(draft)).status_code in {302, 409}
        assert Document.objects.count() == 1
        assert document.symbol in text_of(writer.get(at("draft", draft)))
        assert writer.get(at("draft_file", draft, "pdf")).url == reverse(
            "documents:file", args=[document.pk, "pdf"]
        )

    def test_the_paper_names_what_it_rests_on_to_who_reads_that(self, writer, bloc):
        facts = {"subject": "phân công trực", "recipients": [], "day": today(), "by": None}
        resting = {"rests_on_id": issue(bloc.branch, "TB", **facts).pk}
        hidden = {"rests_on_id": issue(bloc.neighbour, "KH", **facts | {"subject": "kín của nơi khác"}).pk}
        for columns, words, is_shown in (
            (resting, "phân công trực", True),
            (hidden, "kín của nơi khác", False),
        ):
            draft = make_draft(bloc.branch, **columns)
            answer = writer.post(at("draft_issuing", draft), self.fields(draft))
            assert (words in text_of(writer.get(answer.url))) is is_shown

    def test_it_warns_and_does_not_block(self, writer, bloc):
        draft = begin(bloc.branch, "TB", by=None)
        assert "chưa điền" in text_of(writer.get(at("draft_issuing", draft)))
        assert writer.post(at("draft_issuing", draft), self.fields(draft)).status_code == 302
        assert Document.objects.get().symbol == "01-TB/CB"

    def test_a_day_to_come_is_refused_at_its_field(self, writer, bloc):
        draft = make_draft(bloc.branch)
        later = day_words(today() + timedelta(days=1))
        answer = writer.post(at("draft_issuing", draft), self.fields(draft, day=later))
        assert answer.status_code == 422
        assert "không thể sau hôm nay" in text_of(answer)

    def test_words_that_were_kept_without_content_have_no_file(self, writer, bloc):
        facts = {"subject": "khác", "recipients": [], "day": today(), "by": None}
        document = issue(bloc.branch, "BC", **facts)
        assert writer.get(reverse("documents:file", args=[document.pk, "pdf"])).status_code == 404
        assert not Archive.objects.exists()

    def test_giving_up_asks_first(self, writer, bloc):
        draft = make_draft(bloc.branch)
        assert "không lấy lại được" in text_of(writer.get(at("draft_giving_up", draft)))
        assert Draft.objects.exists()
        writer.post(at("draft_giving_up", draft))
        assert not Draft.objects.exists()


class TestWhoSees:
    """Nobody but who numbers papers of the body, its secretary and deputies; officers of a committee share a role."""

    PAGES = ("draft", "draft_text", "draft_versions", "draft_word", "draft_issuing", "draft_giving_up")

    def statuses(self, client, draft):
        return {client.get(at(name, draft)).status_code for name in self.PAGES}

    @pytest.mark.parametrize(
        ("place", "post", "statuses"),
        [
            (
                "organization",
                Post.SECRETARY,
                {200, 403},
            ),  # a secretary of a committee does not keep the register
            ("organization", Post.DEPUTY, {200, 403}),
            ("organization", Post.CLERK, {200}),
            ("organization", Post.COMMITTEE_MEMBER, {404}),
            ("organization", Post.OFFICER, {404}),
            ("bloc", Post.SECRETARY, {404}),
            ("bloc", Post.CLERK, {404}),
            ("neighbour", Post.CLERK, {404}),
            ("other_branch", Post.SECRETARY, {404}),
        ],
    )
    def test_a_draft_of_a_committee(self, client, bloc, place, post, statuses):
        draft = make_draft(bloc.organization)
        member = make_member(bloc.other_branch, name="Lê Văn Thư")
        make_office(member, getattr(bloc, place), post)
        sign_in(client, member)
        assert self.statuses(client, draft) == statuses

    def test_whoever_has_the_role_without_an_office_sees_none(self, client, bloc):
        draft = make_draft(bloc.organization)
        member = make_member(bloc.other_branch)
        make_grant(make_account(member), GrantedRole.COMMITTEE_OFFICER, bloc.organization)
        sign_in(client, member)
        assert self.statuses(client, draft) == {404}

    def test_members_of_the_branch_see_none_of_it(self, client, bloc):
        draft = make_draft(bloc.branch)
        sign_in(client, make_member(bloc.branch, post=Post.COMMITTEE_MEMBER))
        assert self.statuses(client, draft) == {404}
        assert draft.subject not in text_of(client.get(reverse("documents:register")))
        assert client.get(reverse("documents:drafting", args=[bloc.branch.pk])).status_code == 403
        assert client.get(reverse("documents:drafting", args=[bloc.organization.pk])).status_code == 404

    def test_an_issued_draft_is_still_only_theirs(self, client, bloc):
        draft = make_draft(bloc.branch)
        issue_draft(draft, day=today(), place="", seen_revision=2, by=None)
        member = make_member(bloc.branch, post=Post.COMMITTEE_MEMBER)
        assert not Draft.objects.visible_to(viewer_for(member)).exists()
        sign_in(client, member)
        assert client.get(at("draft_versions", draft)).status_code == 404
