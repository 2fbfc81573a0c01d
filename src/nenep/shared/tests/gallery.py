"""The main screens with made-up words, drawn by the real templates: what the tests of the look measure.

python -m nenep.shared.tests.gallery FOLDER     writes them to look at; `static` must lie beside them
"""

from datetime import date
from functools import cache
from pathlib import Path

from django import forms
from django.contrib.auth.models import AnonymousUser
from django.core.paginator import Paginator
from django.template import engines
from django.test import RequestFactory

from nenep.shared.forms import DayField
from nenep.shared.viewer import Viewer

HERE = Path(__file__).with_suffix("")
PLACES = ["Tháng này", "Kỳ sinh hoạt", "Phân công", "Việc của tôi", "Đảng viên", "Thông báo", "Tài khoản"]
STEPS = ["Chuẩn bị", "Thông báo", "Họp", "Kết luận", "Báo cáo"]


class AssignmentForm(forms.Form):
    title = forms.CharField(label="Việc gì", max_length=120, help_text="Một câu, bắt đầu bằng động từ.")
    owner = forms.ChoiceField(
        label="Giao cho ai",
        choices=[("", "Chọn một đồng chí"), ("1", "Nguyễn Thị Hường"), ("2", "Đỗ Văn Kỷ")],
    )
    due = DayField(label="Hạn")
    kind = forms.ChoiceField(
        label="Nguồn của việc",
        choices=[
            ("a", "Nghị quyết của chi bộ"),
            ("b", "Chỉ đạo của đảng ủy"),
            ("c", "Ý kiến của quần chúng"),
        ],
        widget=forms.RadioSelect,
    )
    helpers = forms.MultipleChoiceField(
        label="Người phối hợp",
        required=False,
        choices=[("1", "Trần Quỳnh Như"), ("2", "Lê Hữu Đễ"), ("3", "Phạm Thị Sự")],
        widget=forms.CheckboxSelectMultiple,
    )
    paper = forms.FileField(label="Văn bản kèm theo", required=False)
    words = forms.CharField(label="Nói rõ thêm", required=False, widget=forms.Textarea(attrs={"rows": 4}))
    remind = forms.BooleanField(label="Nhắc trước hạn 3 ngày", required=False)


NAMES = sorted(path.stem for path in HERE.glob("*.html"))


@cache
def pages(text_size: int = 18) -> dict[str, str]:
    """The name and the HTML of every page of the gallery."""
    return {name: _drawn((HERE / f"{name}.html").read_text(encoding="utf-8"), text_size) for name in NAMES}


def _drawn(source, text_size):
    request = RequestFactory().get("/?page=2&search=ph")
    request.COOKIES["text_size"] = str(text_size)
    request.user = AnonymousUser()
    request.viewer = Viewer(actor="member:1", name="Lê Thị Ngọc")
    return engines["django"].from_string(source).render(_context(text_size), request)


def _context(text_size):
    form = AssignmentForm(
        {"title": "Chuẩn bị chuyên đề quý I", "due": "31/02/2027", "words": "Mời thêm đoàn viên dự."}
    )
    words = [("done", "Xong"), ("done", "Đã thông báo"), ("doing", "Hôm nay họp"), ("waiting", "Chưa tới")]
    return {
        "navigation": [
            {
                "label": label,
                "url": "#",
                "is_current": label == "Tháng này",
                "stays": number < (2 if text_size <= 18 else 1),
            }
            for number, label in enumerate(PLACES)
        ],
        "help_contact": {"name": "Phạm Văn Quý", "phone": "024 3826 0000"},
        "messages": [Message("Đã lưu chương trình.")],
        "steps": [
            {"label": label, "state": kind, "words": word, "url": "#" if kind != "waiting" else ""}
            for label, (kind, word) in zip(STEPS, [*words, ("waiting", "Hạn 06/12/2026")], strict=True)
        ],
        "agenda": [
            {"title": "Thông tin thời sự, chủ trương mới", "minutes": 10, "who": "đồng chí Ngọc", "why": ""},
            {
                "title": "Kiểm điểm nghị quyết tháng 11",
                "minutes": 25,
                "who": "đồng chí Kỷ",
                "why": "Có mục này vì còn 2 việc chưa xong",
            },
            {
                "title": "Thảo luận chuyên đề an toàn lao động ở tổ tiện, tổ phay",
                "minutes": 35,
                "who": "cả chi bộ",
                "why": "",
            },
            {
                "title": "Thông qua dự thảo nghị quyết tháng 12",
                "minutes": 15,
                "who": "đồng chí Ngọc",
                "why": "",
            },
        ],
        "people": [
            {"name": "Lê Thị Ngọc", "offices": "Bí thư chi bộ"},
            {"name": "Đỗ Văn Kỷ", "offices": "Phó bí thư"},
            {"name": "Nguyễn Thị Hường", "offices": ""},
            {"name": "Trần Quỳnh Như", "offices": "Đảng viên dự bị"},
        ],
        "board": [_row(name, members, late) for name, members, late in BRANCHES],
        "page": Paginator(range(264), 50).page(2),
        "today": date(2026, 11, 23),
        "form": form,
    }


BRANCHES = [
    ("Chi bộ Phòng Kỹ thuật", 21, 2),
    ("Chi bộ Phân xưởng Cơ khí chính xác", 34, 0),
    ("Chi bộ Văn phòng", 12, 4),
    ("Chi bộ Kho vận và Xuất nhập khẩu", 18, 3),
    ("Chi bộ cơ sở Công ty Sách và Thiết bị trường học", 1240, 5),
]


class Message:
    level_tag = "success"

    def __init__(self, words):
        self.words = words

    def __str__(self):
        return self.words


def _row(name, members, done):
    words = ["Đã xong", "Đã báo", "Đã họp", "Đã kết luận", "Đã nhận"]
    cells = []
    for place, step in enumerate(STEPS):
        kind = "done" if place < done else "waiting"
        word = words[place] if place < done else "Chưa tới"
        if place == done:
            kind, word = ("overdue", "Quá hạn 5 ngày") if done in {0, 3} else ("doing", "Đang làm")
        cells.append({"step": step, "kind": kind, "word": word})
    return {"name": name, "members": members, "cells": cells}
