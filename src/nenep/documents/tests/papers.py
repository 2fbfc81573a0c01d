"""A specimen of each of the ten kinds, with invented bodies and people: `PAPERS` by code of kind."""

from datetime import date

from nenep.documents.content import (
    Article,
    Authority,
    Grounds,
    Heading,
    Invitation,
    NumberedList,
    OfficialDocument,
    Paragraph,
    Recipient,
    Signature,
    Table,
)
from nenep.documents.tests.make import make_minutes, make_resolution

BRANCH, COMMITTEE, PLACE = "Chi bộ Trường Tiểu học Long Tân", "Đảng ủy xã Long Tân", "Long Tân"
SECRETARY = Signature(capacity="T/M chi bộ", position="Bí thư", name="Vũ Thị Minh Hạnh")
DEPUTY = Signature(capacity="T/M chi bộ", position="Phó bí thư", name="Trần Quốc Phúc")
FILED, REPORTED = Recipient("Lưu Chi bộ"), Recipient("Đảng ủy xã Long Tân", "B/c")


def _of_branch(kind, kind_name, number, title, *blocks, **changes):
    facts = {
        "kind": kind,
        "kind_name": kind_name,
        "superior": "Đảng bộ xã Long Tân",
        "issuer": BRANCH,
        "number_line": f"Số {number}-{kind}/CB",
        "place": PLACE,
        "day": date(2026, 9, 7),
        "title": (title,),
        "blocks": blocks,
        "signatures": (SECRETARY,),
        "recipients": (REPORTED, Recipient("Đảng viên chi bộ", "T/h"), FILED),
    }
    return OfficialDocument(**facts | changes)


REPORT = _of_branch(
    "BC",
    "Báo cáo",
    "03",
    "kết quả công tác quý III và nhiệm vụ quý IV năm 2026",
    Paragraph("Thực hiện Kế hoạch số 12-KH/ĐU, ngày 20/01/2026 của Đảng ủy xã, chi bộ báo cáo như sau:"),
    Heading("KẾT QUẢ ĐẠT ĐƯỢC"),
    Heading("Công tác chính trị, tư tưởng", level=2),
    Paragraph("Chi bộ tổ chức 3 kỳ sinh hoạt, có 95,6% đảng viên dự; tư tưởng đảng viên ổn định."),
    Heading("Nhiệm vụ chính trị", level=2),
    Paragraph("Nhà trường hoàn thành 18/20 nhiệm vụ của quý."),
    Heading("ĐÁNH GIÁ CHUNG"),
    Heading("Ưu điểm", level=2),
    Paragraph("Nề nếp sinh hoạt được giữ vững."),
    Heading("Hạn chế, nguyên nhân", level=2),
    Heading("Hạn chế", level=3),
    Paragraph("Còn 2 nhiệm vụ chậm tiến độ."),
    Heading("Nguyên nhân", level=3),
    Paragraph("Phân công chưa rõ thời hạn."),
    Heading("NHIỆM VỤ QUÝ IV"),
    NumberedList(("Hoàn thành 2 nhiệm vụ chậm trước ngày 31/10/2026.", "Kiểm điểm đảng viên cuối năm.")),
)

PLAN = _of_branch(
    "KH",
    "Kế hoạch",
    "04",
    "tổ chức sinh hoạt chuyên đề quý IV năm 2026",
    Heading("MỤC ĐÍCH, YÊU CẦU"),
    Paragraph("Nâng cao chất lượng sinh hoạt, mỗi đảng viên có ít nhất một ý kiến."),
    Heading("NỘI DUNG, TIẾN ĐỘ"),
    Table(
        header=("TT", "Việc", "Chủ trì", "Thời hạn"),
        rows=(
            ("1", "Chuẩn bị báo cáo chuyên đề", "Trần Quốc Phúc", "25/9/2026"),
            ("2", "Gửi tài liệu cho đảng viên", "Lê Thị Thảo", "30/9/2026"),
        ),
        widths=(1, 6, 4, 3),
        aligned=("center", "left", "left", "center"),
    ),
    Heading("TỔ CHỨC THỰC HIỆN"),
    NumberedList(("Chi ủy phân công, kiểm tra;", "Đảng viên báo cáo tại kỳ sinh hoạt tháng 10."), style="-"),
    signatures=(DEPUTY,),
)

INVITATION = _of_branch(
    "GM",
    "Giấy mời",
    "05",
    "dự sinh hoạt chi bộ thường kỳ tháng 9/2026",
    Invitation(
        host=BRANCH,
        guests="Đồng chí Ngô Văn Khải, Phó bí thư Đảng ủy xã Long Tân.",
        event="Kỳ sinh hoạt chi bộ thường kỳ tháng 9/2026.",
        time="14 giờ 00, ngày 11/9/2026.",
        place="Phòng họp Trường Tiểu học Long Tân.",
        subject="Đánh giá tháng 8, nhiệm vụ tháng 9.",
        chair="Đồng chí Vũ Thị Minh Hạnh, Bí thư chi bộ.",
    ),
    recipients=(Recipient("Như trên"), FILED),
)

NOTICE = _of_branch(
    "TB",
    "Thông báo",
    "02",
    "kết luận của chi bộ tại kỳ sinh hoạt ngày 04/9/2026",
    Paragraph("Ngày 04/9/2026, chi bộ họp về công tác chuẩn bị năm học mới. Chi bộ kết luận:"),
    NumberedList(
        (
            "Đồng chí Lê Thị Thảo rà soát cơ sở vật chất, xong trước ngày 15/9/2026.",
            "Đồng chí Trần Quốc Phúc báo cáo tại kỳ sinh hoạt tháng 10.",
        )
    ),
)

PROPOSAL = _of_branch(
    "TTr",
    "Tờ trình",
    "01",
    "về việc đề nghị chuẩn y kết quả bầu bổ sung chi ủy viên",
    Paragraph("Căn cứ kết quả bầu cử ngày 04/9/2026, chi bộ kính trình Đảng ủy xã xem xét, chuẩn y:"),
    NumberedList(("Đồng chí Lê Thị Thảo giữ chức chi ủy viên nhiệm kỳ 2025 - 2027.",)),
    Paragraph("Chi bộ kính trình Đảng ủy xã xem xét, quyết định."),
    addressees=(COMMITTEE,),
    recipients=(Recipient("Như trên"), FILED),
)

LETTER = _of_branch(
    "CV",
    "Công văn",
    "08",
    "về việc cử đảng viên dự lớp bồi dưỡng lý luận chính trị năm 2026",
    Paragraph("Chi bộ cử 2 đảng viên dự lớp bồi dưỡng:"),
    NumberedList(("Đồng chí Lê Thị Thảo;", "Đồng chí Trần Quốc Phúc.")),
    Paragraph("Đề nghị Ban Xây dựng Đảng tổng hợp."),
    addressees=("Ban Xây dựng Đảng Đảng ủy xã Long Tân", "Trung tâm Chính trị khu vực"),
    recipients=(Recipient("Như trên"), FILED),
)

DECISION = _of_branch(
    "QĐ",
    "Quyết định",
    "01",
    "về việc phân công đảng viên giúp đỡ quần chúng",
    Grounds(
        (
            "Căn cứ Điều lệ Đảng Cộng sản Việt Nam",
            "Căn cứ Quy chế làm việc của chi bộ nhiệm kỳ 2025 - 2027",
            "Xét đề nghị của chi ủy;",
        )
    ),
    Authority(f"{BRANCH} quyết định"),
    Article("Phân công đồng chí Trần Quốc Phúc giúp đỡ quần chúng Lê Minh Tâm phấn đấu vào Đảng."),
    Article("Đồng chí Trần Quốc Phúc báo cáo chi bộ kết quả giúp đỡ mỗi quý một lần."),
    Article("Chi ủy, đồng chí Trần Quốc Phúc chịu trách nhiệm thi hành quyết định này."),
    recipients=(Recipient("Như Điều 3"), FILED),
)

GUIDANCE = _of_branch(
    "HD",
    "Hướng dẫn",
    "06",
    "kiểm điểm, đánh giá chất lượng chi bộ và đảng viên năm 2026",
    Paragraph("Thực hiện chỉ đạo của cấp trên, Đảng ủy xã hướng dẫn các chi bộ như sau:"),
    Heading("ĐỐI TƯỢNG, NỘI DUNG"),
    Heading("Đối tượng", level=2),
    Paragraph("Chi bộ và đảng viên đang sinh hoạt."),
    Heading("Nội dung", level=2),
    NumberedList(("Kiểm điểm tập thể chi ủy;", "Kiểm điểm đảng viên."), style="a)"),
    Heading("TỔ CHỨC THỰC HIỆN"),
    Paragraph("Các chi bộ báo cáo kết quả trước ngày 15/12/2026."),
    superior="Đảng bộ tỉnh Bình Hà",
    issuer=COMMITTEE,
    number_line="Số 06-HD/ĐU",
    signatures=(Signature(capacity="T/M Đảng ủy", position="Phó bí thư", name="Ngô Văn Khải"),),
    recipients=(Recipient("Các chi bộ trực thuộc", "T/h"), Recipient("Lưu Đảng ủy")),
)

PAPERS = {
    "NQ": make_resolution(),
    "BB": make_minutes(speeches=3),
    "BC": REPORT,
    "KH": PLAN,
    "GM": INVITATION,
    "TB": NOTICE,
    "TTr": PROPOSAL,
    "CV": LETTER,
    "QĐ": DECISION,
    "HD": GUIDANCE,
}
