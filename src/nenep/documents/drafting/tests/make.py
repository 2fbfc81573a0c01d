"""Drafts for tests, made with the real verbs."""

from nenep.documents.drafting.operations import begin, save
from nenep.documents.drafting.wording import UNFILLED

PLAN = """Thực hiện Kế hoạch số 12-KH/ĐU của Đảng ủy, chi bộ xây dựng kế hoạch như sau:

I- MỤC ĐÍCH, YÊU CẦU

Nâng cao chất lượng sinh hoạt, mỗi đảng viên có ít nhất một ý kiến.

II- NỘI DUNG, TIẾN ĐỘ

TT | Việc | Chủ trì | Thời hạn
1 | Chuẩn bị báo cáo chuyên đề | Trần Quốc Phúc | 25/9/2026
2 | Gửi tài liệu cho đảng viên | Lê Thị Thảo | 30/9/2026

III- TỔ CHỨC THỰC HIỆN

1. Chi ủy phân công, kiểm tra việc thực hiện.
2. Đảng viên báo cáo tại kỳ sinh hoạt tháng 10.
"""


def make_draft(body, kind="KH", *, by=None, **columns):
    """A draft without places to fill; `columns` as `operations.save` takes them."""
    draft = begin(body, kind, by=by)
    filled = {"subject": "tổ chức sinh hoạt chuyên đề quý IV năm 2026", "text": PLAN.strip()}
    if draft.addressees:
        filled["addressees"] = UNFILLED.sub("Đảng ủy cấp trên", draft.addressees)
    save(draft, filled | columns, seen_revision=1, by=by)
    return draft
