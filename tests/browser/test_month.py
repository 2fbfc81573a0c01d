"""One branch's month in the browser, for secretary, member and officer; it all happens on one real day.

The demo leaves some branches without a meeting this month. Each course takes one of them, opens accounts for its people
and plans the meeting for the last minute of today, so that it can be called now and opened at once.
"""

from __future__ import annotations

import io
import re
from datetime import datetime, timedelta

import docx
import pytest
from playwright.sync_api import expect
from pypdf import PdfReader

from tests.browser.browsing import axe_violations, overflow, press
from tests.browser.casting import VIETNAM, cast_branch, stay_within_the_day

pytestmark = [pytest.mark.both_databases, pytest.mark.slow]

FOCUS = "Làm thế nào để xong hồ sơ tồn trước tết?"
OPINION = "Đề nghị giao thêm người xử lý hồ sơ."
NOTES = "Đồng chí Ưng: cần thêm máy quét."
CONCLUSION = "Mua một máy quét trong quý này."
WORK = "Lấy báo giá máy quét"
TARGET = "Xử lý xong 12 hồ sơ tồn"
TITLE = "lãnh đạo thực hiện nhiệm vụ tháng sau"
EXTRA = "Thảo luận việc mua máy quét"


@pytest.fixture
def play(server, open_page):
    """`play(place, **view)`: the people of an idle branch, each with a page of their own."""

    def begin(place, **view):
        stay_within_the_day()
        cast = cast_branch(server, place=place)
        return Play(cast, lambda username: open_page(username, **view), has_axe=view.get("javascript", True))

    return begin


class Play:
    """The month of one branch, step by step; each step asks what its person sees."""

    def __init__(self, cast, open_for, *, has_axe):
        self.cast = cast
        self.has_axe = has_axe
        self.today = datetime.now(VIETNAM).date()
        self.pages = {
            role: open_for(cast[role]["username"]) for role in ("secretary", "member", "absent", "officer")
        }
        self.pages["upper"] = open_for("chuyenvien")  # an officer of the committee on top

    def go(self, role, address="/"):
        page = self.pages[role]
        page.goto(address)
        return page

    def press(self, page, words):
        """Press what carries exactly these words, be it a link or a button; the page that follows must be whole."""
        target = page.locator("main").get_by_role("button", name=words, exact=True)
        target = target.or_(page.locator("main").get_by_role("link", name=words, exact=True))
        press(page, target.first)
        assert page.locator("h1").count() == 1, page.url
        assert overflow(page) == 0, page.url
        # The bar that stays lies half over whatever is scrolled under it: targets are measured beside it.
        page.evaluate(
            "document.querySelectorAll('.fixed-line').forEach(bar => bar.style.position = 'static')"
        )
        assert not self.has_axe or axe_violations(page) == [], page.url

    def _day(self, days):
        return f"{self.today + timedelta(days=days):%d/%m/%Y}"

    # The secretary prepares and tells.

    def prepare(self):
        page = self.go("secretary")
        expect(page.locator("h1")).to_have_text("Tháng này")
        self.press(page, "Lập kỳ sinh hoạt tháng này")
        expect(page.locator("h1")).to_contain_text("Chuẩn bị kỳ sinh hoạt")
        self.meeting = re.search(r"/meetings/(\d+)/", page.url)[1]
        self._plan(page)
        self._arrange(page)
        self._committee(page)
        self._draft(page)

    def _plan(self, page):
        self.press(page, "Ngày giờ họp")
        page.locator("[name=starts_at_0]").fill(self._day(0))
        page.locator("[name=starts_at_1]").fill("23:59")
        page.locator("[name=place]").fill("Phòng họp tầng 2")
        page.locator("[name=chair]").select_option(label=self.cast["secretary"]["name"])
        page.locator("[name=note_taker]").select_option(label=self.cast["third"])
        page.locator("[name=focus_question]").fill(FOCUS)
        self.press(page, "Lưu")
        expect(page.get_by_text("Đã lưu thời gian, địa điểm và phân công.")).to_be_visible()

    def _arrange(self, page):
        self.press(page, "Sắp xếp chương trình")
        self.press(page, "Thêm mục")
        page.locator("[name=title]").fill(EXTRA)
        page.locator("[name=minutes]").fill("15")
        self.press(page, "Thêm vào chương trình")
        titles = page.locator("#agenda-items .line-title")
        before = titles.all_inner_texts()
        place = before.index(EXTRA)
        page.get_by_role("button", name=f"Đưa “{EXTRA}” lên trên").click()
        expect(titles.nth(place - 1)).to_contain_text(EXTRA)
        page.get_by_role("button", name=f"Đưa “{EXTRA}” xuống dưới").click()
        expect(titles).to_have_text(before)
        self.press(page, "Chuẩn bị")

    def _committee(self, page):
        self.press(page, "Họp chi ủy trước kỳ sinh hoạt")
        page.locator("[name=held_at_0]").fill(self._day(-1))
        page.locator("[name=held_at_1]").fill("16:00")
        page.locator("[name=place]").fill("Phòng bí thư")
        page.locator("[name=content]").fill("Thống nhất chương trình.")
        page.locator("[name=decisions]").fill("Bí thư chuẩn bị dự thảo.")
        self.press(page, "Lưu biên bản họp chi ủy")

    def _draft(self, page):
        self.press(page, "Dự thảo nghị quyết")
        page.locator("[name=title]").fill(TITLE)
        page.locator("[name=review]").fill("Hoàn thành 9/10 việc.")
        page.locator("[name=direction]").fill("Tập trung xử lý hồ sơ tồn.")
        page.locator("[name=organization]").fill("Chi ủy theo dõi.")
        page.locator("[name=t0-what]").fill(TARGET)
        page.locator("[name=t0-lead]").select_option(label=self.cast["member"]["name"])
        page.locator("[name=t0-due_on]").fill(self._day(20))
        self.press(page, "Lưu dự thảo")
        expect(page.locator("main")).to_contain_text(TARGET)

    def notify(self):
        page = self.go("secretary")
        self.press(page, "Xem trước thông báo")
        expect(page.locator("main")).to_contain_text("23:59")
        expect(page.locator("main")).to_contain_text(FOCUS)
        expect(page.locator("main")).to_contain_text("Báo trước chưa đủ")
        self.press(page, "Gửi thông báo")
        expect(page.get_by_label("Tin nhắn")).to_contain_text(f"/meetings/{self.meeting}/")

    def tell_on_paper(self):
        page = self.pages["secretary"]
        calendar = _download(page, "Thêm vào lịch của tôi").getvalue().decode()
        assert "BEGIN:VEVENT" in calendar
        assert FOCUS not in calendar  # a calendar is read by others too
        self.press(page, "In giấy mời và danh sách ký nhận")
        for words in (self.cast["member"]["name"], self.cast["absent"]["name"], "Phòng họp tầng 2", FOCUS):
            expect(page.locator("main")).to_contain_text(words)

    # Members answer.

    def answer(self):
        page = self.go("member")
        self.press(page, "Tôi sẽ dự")
        expect(page.get_by_text("Đồng chí đã trả lời: sẽ dự.")).to_be_visible()
        self.press(page, "Gửi ý kiến trước kỳ sinh hoạt")
        page.locator("[name=text]").fill(OPINION)
        self.press(page, "Gửi ý kiến")
        expect(page.locator("main")).to_contain_text(OPINION)
        self.go("member", f"/meetings/{self.meeting}/")
        self.press(page, "Đọc dự thảo nghị quyết")
        expect(page.locator("main")).to_contain_text(TARGET)
        page = self.go("absent")
        self.press(page, "Xin vắng")
        self.press(page, "Gửi trả lời")
        expect(page.locator(".error-summary")).to_contain_text("Đồng chí chọn lý do xin vắng.")
        page.locator("[name=reason]").select_option(label="Đi công tác")
        self.press(page, "Gửi trả lời")
        expect(page.get_by_text("Đồng chí đã trả lời: xin vắng.")).to_be_visible()

    def answer_the_opinion(self):
        page = self.go("secretary", f"/meetings/{self.meeting}/opinion-inbox/")
        card = page.locator("article").filter(has_text=OPINION)
        card.locator("select").select_option(label="Tiếp thu một phần")
        card.locator("[name$=reason]").fill("Bàn ở phần phân công.")
        self.press(page, "Trả lời")
        page = self.go("member", f"/meetings/{self.meeting}/opinions/")
        expect(page.locator("main")).to_contain_text("Bàn ở phần phân công.")

    # The meeting.

    def open(self):
        page = self.go("secretary")
        expect(page.locator("main")).to_contain_text("Hôm nay họp chi bộ.")
        self.press(page, "Khai mạc")
        expect(page.locator("h1")).to_have_text("Khai mạc kỳ sinh hoạt?")
        self.press(page, "Khai mạc")
        expect(page.locator("h1")).to_have_text("Điểm danh")
        line = page.locator("main li").filter(has_text=self.cast["absent"]["name"])
        expect(line.get_by_label("Vắng có lý do")).to_be_checked()
        line = page.locator("main li").filter(has_text=self.cast["third"])
        line.get_by_label("Vắng có lý do").check()
        self.press(page, "Lưu điểm danh")
        expect(page.locator(".field-error")).to_have_text("Vắng có lý do thì phải ghi lý do.")
        expect(line.get_by_label("Vắng có lý do")).to_be_checked()
        line.get_by_label("Lý do", exact=True).fill("Con ốm")
        self.press(page, "Những đồng chí còn lại có mặt")
        expect(page.get_by_text(re.compile(r"Vắng có lý do: [2-9]\."))).to_be_visible()
        # Who was to write the minutes is the one whose child is ill.
        expect(page.locator(".note-overdue")).to_contain_text("Thư ký vắng")
        page.locator("summary").filter(has_text="Khai mạc").click()
        page.locator("[name=note_taker]").select_option(label=self.cast["member"]["name"])
        self.press(page, "Lưu")
        expect(page.get_by_text("Thư ký vắng")).to_have_count(0)

    def discuss(self):
        page = self.go("secretary", f"/meetings/{self.meeting}/room/")
        page.locator("#items summary").filter(has_text=EXTRA).click()
        self.press(page, f"Ghi nội dung “{EXTRA}”")
        page.locator("[name=notes]").fill(NOTES)
        page.locator("[name=conclusion]").fill(CONCLUSION)
        page.locator("[name=give-what]").fill(WORK)
        page.locator("[name=give-owner]").select_option(label=self.cast["member"]["name"])
        page.locator("[name=give-due_on]").fill(self._day(10))
        page.get_by_role("button", name=re.compile("^Xong, sang mục|^Lưu$")).last.click()
        written = page.locator("#items summary").filter(has_text=EXTRA)
        expect(written).to_contain_text("Đã ghi")
        written.click()
        expect(page.locator("main")).to_contain_text(CONCLUSION)
        expect(page.locator("main")).to_contain_text(f"Giao đồng chí {self.cast['member']['name']}: {WORK}")

    def vote(self):
        page = self.go("secretary", f"/meetings/{self.meeting}/room/")
        self.press(page, "Đọc dự thảo nghị quyết")
        self.press(page, "Biểu quyết thông qua")
        said = page.locator("#hands").inner_text()
        hands = int(re.search(r"(\d+) đảng viên chính thức có mặt", said)[1])
        page.locator("[name=votes_for]").fill(str(hands + 1))
        self.press(page, "Ghi kết quả biểu quyết")
        expect(page.get_by_text(f"chỉ có {hands} đảng viên chính thức dự")).to_be_visible()
        page.locator("[name=votes_for]").fill(str(hands))
        self.press(page, "Ghi kết quả biểu quyết")
        expect(page.get_by_text("Nghị quyết đã thông qua")).to_be_visible()

    def conclude(self):
        page = self.go("secretary", f"/meetings/{self.meeting}/room/")
        present = re.search(r"Dự họp: (\d+)/(\d+)", page.locator("#present").inner_text())
        self.present, self.expected = int(present[1]), int(present[2])
        self.press(page, "Kết thúc thảo luận")
        for why in page.locator("input[id^=id_s]").all():
            why.fill("không có việc")
        self.press(page, "Kết thúc thảo luận")
        expect(page.locator("h1")).to_have_text("Tự kiểm tra kỳ sinh hoạt")
        self.press(page, "Chưa tự kiểm tra, đọc lại biên bản")
        expect(page.locator("h1")).to_have_text("Đọc lại biên bản")
        for words in (NOTES, CONCLUSION, WORK, "Con ốm", TITLE):
            expect(page.locator("article")).to_contain_text(words)
        page.locator("[name=votes_for]").fill(str(self.present))
        page.locator("[name=speakers]").fill("3")
        self.press(page, "Ghi kết quả thông qua")
        expect(page.locator("h1")).to_have_text(
            f"Thông qua biên bản với {self.present}/{self.present} đồng chí tán thành?"
        )
        self.press(page, "Thông qua biên bản")

    def take_papers_home(self):
        page = self.go("secretary", f"/meetings/{self.meeting}/minutes/")
        expect(page.locator("h1")).to_have_text("Biên bản đã thông qua")
        self._same_words(page, "BIÊN BẢN", NOTES, CONCLUSION, WORK)
        self.go("secretary", f"/resolutions/{self.meeting}/")
        self._same_words(page, "NGHỊ QUYẾT", TITLE, TARGET)
        self.press(page, "Giao các việc của nghị quyết")
        expect(page.get_by_text("Đã giao 1 việc theo nghị quyết.")).to_be_visible()
        self.go("secretary", f"/resolutions/{self.meeting}/")
        assert page.get_by_role("button", name="Giao các việc của nghị quyết").count() == 0

    def _same_words(self, page, *words):
        for text in (
            _pdf_text(_download(page, re.compile("^In (biên bản|nghị quyết)"))),
            _word_text(_download(page, "Tải bản Word")),
        ):
            for phrase in words:
                assert phrase in text, (phrase, text[:3000])

    def find_next_month(self):
        page = self.go("secretary")
        expect(page.locator("h1")).to_contain_text(f"{self.today:%m/%Y}")  # its papers are still to be signed
        self.go("secretary", f"/meetings/{self.meeting}/minutes/")
        self.press(page, "Đã in và ký")
        page = self.go("secretary")
        self.press(page, "Mở báo cáo tháng")
        expect(page.locator("#line-present + dd")).to_contain_text(str(self.present))
        self.press(page, "Gửi báo cáo")
        expect(page.get_by_text("Đã gửi báo cáo.")).to_be_visible()
        page = self.go("secretary")
        following = (self.today.replace(day=28) + timedelta(days=4)).replace(day=1)
        expect(page.locator("h1")).to_contain_text(f"{following:%m/%Y}")
        self.press(page, "Chuẩn bị")
        self.press(page, "Sắp xếp chương trình")
        expect(page.locator("main")).to_contain_text(WORK)
        expect(page.locator("main")).to_contain_text(TARGET)

    # After the meeting.

    def report(self):
        page = self.go("member")
        page.get_by_role("button", name=f"Đã xong: {WORK}").click()
        expect(page.get_by_text("Đã ghi: báo đã xong.")).to_be_visible()

    def look_at_what_is_kept(self):
        page = self.go("member", "/privacy/mine/")
        expect(page.locator("main")).to_contain_text(OPINION)
        page = self.go("member", "/privacy/looks/")
        expect(page.locator("main")).to_contain_text(self.cast["secretary"]["name"])

    def look_from_above(self):
        page = self.go("officer", f"/board/?search={self.cast['branch']}")
        row = page.get_by_role("row").filter(has_text=self.cast["branch"])
        expect(row).to_contain_text("Đã thông qua")
        row.get_by_role("link").last.click()
        expect(page.locator("h1")).to_have_text(self.cast["branch"])
        expect(page.locator("main")).to_contain_text(f"dự {self.present}/{self.expected}")
        for words in (NOTES, CONCLUSION, WORK, TARGET, FOCUS, self.cast["absent"]["name"]):
            assert words not in page.content()
        assert page.goto(f"/meetings/{self.meeting}/minutes/").status == 404
        page = self.go("officer", f"/returns/meetings/{self.meeting}/")
        self.press(page, "Nhận báo cáo")
        expect(page.get_by_text("Đã nhận báo cáo.")).to_be_visible()
        page = self.go("upper", f"/board/?search={self.cast['branch']}")
        expect(page.get_by_role("row").filter(has_text=self.cast["branch"])).to_contain_text("Đã thông qua")
        assert page.goto(f"/resolutions/{self.meeting}/").status == 404


@pytest.mark.parametrize(
    ("place", "view"),
    [(0, {"width": 360, "javascript": False}), (1, {"width": 1280})],
    ids=["phone without JavaScript", "desktop"],
)
def test_a_month_from_planning_to_the_next_meeting(play, place, view):
    month = play(place, **view)
    month.prepare()
    month.notify()
    month.tell_on_paper()
    month.answer()
    month.answer_the_opinion()
    month.open()
    month.discuss()
    month.vote()
    month.conclude()
    month.take_papers_home()
    month.find_next_month()
    month.report()
    month.look_at_what_is_kept()
    month.look_from_above()


def _download(page, words):
    with page.expect_download() as waiting:
        page.get_by_role("link", name=words).first.click()
    return io.BytesIO(waiting.value.path().read_bytes())


def _pdf_text(file):
    return _flat(" ".join(sheet.extract_text() for sheet in PdfReader(file).pages))


def _word_text(file):
    document = docx.Document(file)
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return _flat(" ".join([*(paragraph.text for paragraph in document.paragraphs), *cells]))


def _flat(text):
    return re.sub(r"\s+", " ", text.replace("\u00a0", " "))
