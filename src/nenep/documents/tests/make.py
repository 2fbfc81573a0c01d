"""Specimens of official documents, with invented bodies and people."""

from dataclasses import replace
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
from nenep.documents.layout import PageLayout

LAYOUT = PageLayout(name="thử nghiệm")
EVERY_LETTER = "ẫ ậ ẳ ẵ ặ ể ễ ệ ở ỡ ợ ự ỷ ỹ ỵ Đ đ Ẫ Ậ Ẳ Ẵ Ặ Ể Ễ Ệ Ở Ỡ Ợ Ự Ỷ Ỹ Ỵ"


def make_resolution(**changes):
    document = OfficialDocument(
        kind="NQ",
        kind_name="Nghị quyết",
        superior="Đảng bộ Sở Nông nghiệp và Môi trường",
        issuer="Chi bộ Văn phòng",
        number_line="Số 05-NQ/CB",
        place="Thủ Dầu Một",
        day=date(2026, 9, 5),
        title=("lãnh đạo thực hiện nhiệm vụ tháng 9/2026",),
        blocks=(
            Paragraph(
                "Ngày 05/9/2026, tại phòng họp số 2, Chi bộ Văn phòng tổ chức sinh hoạt thường kỳ. Tổng số đảng viên "
                "15, có mặt 14, vắng 01 có lý do. Chủ trì: đồng chí Nguyễn Thị Ánh Nguyệt, Bí thư chi bộ."
            ),
            Heading("ĐÁNH GIÁ KẾT QUẢ LÃNH ĐẠO THÁNG 8"),
            Heading("Chính trị, tư tưởng", level=2),
            Paragraph("Tư tưởng đảng viên ổn định, yên tâm công tác. " + EVERY_LETTER),
            Heading("Nhiệm vụ chính trị", level=2),
            Heading("Cải cách hành chính", level=3),
            Paragraph("Giải quyết 98,5 % hồ sơ đúng hạn."),
            Heading("Kết quả thực hiện nghị quyết tháng trước", level=2),
            Table(
                header=("TT", "Nhiệm vụ", "Tình trạng đầu kỳ", "Kết quả"),
                rows=(
                    ("1", "Rà soát hồ sơ lưu trữ năm 2025", "đang triển khai", "Hoàn thành"),
                    (
                        "2",
                        "Tổ chức chuyên đề về kỷ luật phát ngôn",
                        "có mốc thời hạn",
                        "Chưa đạt, do báo cáo viên bận; chuyển sang tháng 9",
                    ),
                ),
                widths=(1, 6, 4, 5),
                aligned=("center", "left", "left", "left"),
            ),
            Heading("PHƯƠNG HƯỚNG, NHIỆM VỤ THÁNG 9"),
            NumberedList(
                (
                    "Đồng chí Trần Văn Dũng chủ trì chuyên đề, xong trước ngày 25/9/2026, báo cáo tại kỳ họp tháng 10.",
                    "Đồng chí Lê Thị Hạnh rà soát danh sách đảng viên miễn sinh hoạt.",
                )
            ),
            Heading("TỔ CHỨC THỰC HIỆN"),
            NumberedList(("Chi ủy phân công, kiểm tra.", "Đảng viên báo cáo tiến độ hằng tuần."), style="-"),
            Paragraph(
                "Nghị quyết được chi bộ thông qua tại kỳ họp ngày 05/9/2026, với 14/14 đảng viên chính thức có mặt "
                "biểu quyết tán thành, đạt 100 %."
            ),
        ),
        recipients=(
            Recipient("Đảng ủy Sở", "B/c"),
            Recipient("Đảng viên chi bộ", "T/h"),
            Recipient("Lưu Chi bộ"),
        ),
        signatures=(Signature(capacity="T/M chi bộ", position="Bí thư", name="Nguyễn Thị Ánh Nguyệt"),),
    )
    return replace(document, **changes)


def make_minutes(*, speeches=24, **changes):
    spoken = tuple(
        Speech(
            f"Đồng chí Trần Văn Dũng {number}",
            "Nhất trí với dự thảo nghị quyết; đề nghị bổ sung chỉ tiêu giải quyết hồ sơ trước hạn, "
            "phân công rõ người chủ trì, thời hạn và kỳ họp báo cáo kết quả; làm rõ nguyên nhân việc chậm.",
        )
        for number in range(1, speeches + 1)
    )
    document = OfficialDocument(
        kind="BB",
        kind_name="Biên bản",
        superior="Đảng bộ Sở Nông nghiệp và Môi trường",
        issuer="Chi bộ Văn phòng",
        place="Thủ Dầu Một",
        day=date(2026, 9, 5),
        has_date_in_header=False,
        title=("Sinh hoạt chi bộ thường kỳ tháng 9/2026",),
        blocks=(
            Heading("Thời gian, địa điểm", level=2),
            Paragraph("Bắt đầu 08 giờ 00, ngày 05/9/2026, tại phòng họp số 2."),
            Heading("Thành phần", level=2),
            Paragraph("Tổng số 15 đảng viên; có mặt 14; vắng 01: đồng chí Phạm Ước (ốm).", lead="Đảng viên:"),
            Heading("Diễn biến", level=2),
            *spoken,
            Heading("Kết luận", level=2),
            NumberedList(
                ("Thông qua nghị quyết.", "Phân công như dự thảo.", "Họp chuyên đề ngày 25/9."), style="a)"
            ),
            Paragraph("Biên bản được đọc lại và chi bộ thông qua. Kỳ họp kết thúc lúc 09 giờ 45 cùng ngày."),
        ),
        signatures=(
            Signature(position="Người ghi biên bản", name="Lê Thị Hạnh", side="left"),
            Signature(position="Chủ trì hội nghị", name="Nguyễn Thị Ánh Nguyệt"),
        ),
    )
    return replace(document, **changes)
