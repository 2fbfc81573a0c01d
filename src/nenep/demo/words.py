"""What the branches of the demo talk about this month."""

from typing import Any

FOCUS = (
    "Làm thế nào để giải quyết xong hồ sơ tồn trước ngày 25?",
    "Phân công ai kèm cặp đảng viên mới và bằng cách nào?",
    "Giảm một nửa thời gian chờ của người dân ở bộ phận một cửa bằng cách nào?",
    "Chọn việc gì làm trước để đạt chỉ tiêu quý này?",
    "Vì sao hai tháng liền báo cáo gửi muộn và ai sửa việc này?",
)
PLACES = ("Phòng họp tầng 2", "Hội trường cơ quan", "Phòng họp số 1", "Phòng giao ban", "Phòng truyền thống")
WORK = (
    "Rà soát hồ sơ tồn của quý và báo cáo danh sách",
    "Chuẩn bị chuyên đề về cải cách hành chính",
    "Kèm cặp một đảng viên dự bị hoàn thành lớp bồi dưỡng",
    "Cập nhật bảng theo dõi chỉ tiêu tháng",
    "Làm việc với công đoàn về quy chế phối hợp",
    "Hướng dẫn đảng viên lớn tuổi nhận thông báo trên điện thoại",
    "Kiểm tra việc ghi sổ tay đảng viên",
    "Tổng hợp ý kiến quần chúng về thái độ phục vụ",
)
MEASURES = ("Danh sách có chữ ký của trưởng phòng", "", "Báo cáo một trang", "", "Không còn việc quá hạn")
STUCK = "Chờ phòng kế hoạch cấp số liệu."
OPINIONS = (
    "Đề nghị dành thêm thời gian bàn cách phối hợp giữa hai phòng.",
    "Tài liệu nên gửi trước ít nhất ba ngày để kịp đọc.",
    "Đề nghị chi bộ có ý kiến về việc phân công trực cuối tuần.",
)
REVIEW = (
    "Chi bộ hoàn thành phần lớn các việc đã giao. Hai việc chậm do phối hợp giữa các phòng chưa tốt.\n"
    "Công tác tư tưởng ổn định, đảng viên yên tâm công tác."
)
DIRECTION = (
    "Tập trung giải quyết hồ sơ tồn, không để phát sinh hồ sơ quá hạn.\n"
    "Nâng cao trách nhiệm nêu gương của đảng viên giữ cương vị quản lý."
)
ORGANIZATION = "Chi ủy theo dõi hằng tuần, báo cáo kết quả tại kỳ sinh hoạt tháng tới."
NOTES = (
    "Đồng chí phó bí thư nêu kết quả từng việc; nhiều ý kiến đề nghị làm rõ nguyên nhân chậm.",
    "Chi bộ thảo luận sôi nổi, thống nhất cách chia việc giữa hai bộ phận.",
    "Các ý kiến tập trung vào việc bố trí người trực và thời gian trả kết quả.",
)
CONCLUSIONS = (
    "Thống nhất giao bộ phận văn phòng làm đầu mối, báo cáo trước ngày 20.",
    "Tiếp tục thực hiện; đồng chí bí thư trực tiếp theo dõi.",
    "Đồng ý với đề xuất, đưa vào nghị quyết tháng tới.",
)
DECISION = "Tháng này chi bộ dành một buổi rà soát hồ sơ quá hạn; chi ủy báo cáo kết quả tại kỳ sau."
NO_COMMITTEE = "Các đồng chí chi ủy viên đi công tác dài ngày."
REASONS = ("Đi công tác", "Điều trị bệnh", "Đi học tập trung", "Gia đình có việc hiếu")

# What a few branches and their committee do besides (`closeup`).
THEME = "Chi bộ làm gì để mọi hồ sơ được trả đúng hẹn?"
PLAN_MOVED = "Tuần cuối tháng cơ quan phục vụ đoàn kiểm tra"
PLAN_DROPPED = "Chi ủy họp chung với kỳ sinh hoạt tổng kết năm"
GUIDANCE = {
    "title": "Trả kết quả đúng hẹn cho người dân và doanh nghiệp",
    "why_it_matters": "Hồ sơ quá hạn của tháng trước tăng; mỗi chi bộ có việc của mình trong đó.",
    "questions": "Hồ sơ nào của phòng ta đã quá hạn, vì sao?\nAi chịu trách nhiệm từng khâu?",
    "source_issuer": "Đảng ủy các cơ quan tỉnh",
    "source_number": "12-HD/MAU",
}
GUIDANCE_REVISED = {
    "questions": GUIDANCE["questions"] + "\nĐảng viên nào nhận kèm cặp cán bộ mới ở bộ phận một cửa?",
    "note": "Thêm câu hỏi về việc kèm cặp cán bộ mới.",
}
GUIDANCE_NEXT = {
    "title": "Kiểm điểm cuối năm: nêu rõ việc, không nêu chung chung",
    "why_it_matters": "Kiểm điểm của chi bộ là căn cứ để xếp loại đảng viên.",
    "questions": "Việc nào chi bộ đã hứa mà chưa làm?",
    "source_issuer": "Đảng ủy các cơ quan tỉnh",
    "source_number": "15-HD/MAU",
}
GUIDANCE_NOTES = "Chi bộ liên hệ từng khâu của phòng mình; hai hồ sơ chậm do chờ ý kiến phòng khác."
GUIDANCE_CONCLUSION = "Mỗi phòng cử một đồng chí theo dõi hồ sơ đến hạn, báo chi ủy vào thứ sáu."
MATERIAL = {
    "title": "Hướng dẫn về trả kết quả thủ tục hành chính đúng hẹn",
    "issuer": GUIDANCE["source_issuer"],
    "number": GUIDANCE["source_number"],
    "digest": "Từ tháng này phòng ta phải báo trước cho người dân khi hồ sơ có thể chậm, kèm lời xin lỗi bằng văn bản.",
}
READING = "Bài báo về bộ phận một cửa của tỉnh bạn"
MANAGEMENT = "Giám đốc, trưởng phòng Tổ chức"
AGREED = "Bố trí thêm một người ở bộ phận một cửa trong quý này."
NOT_AGREED = "Mua máy quét: để lại đến khi có dự toán năm sau."
REGULATION = "01-QC/CB"
PROPOSALS = (
    ("Bàn cách chia ca trực cuối tuần", "Ba tháng liền một tổ trực hai cuối tuần liên tiếp."),
    ("Tổ chức về nguồn", "Chi bộ chưa đi lần nào trong năm."),
)
DECLINED = "Chi ủy đưa vào kế hoạch quý sau, khi có kinh phí."
NAMED_VOTES = ("Nhất trí chương trình công tác quý tới", "Nhất trí giao tổ một cửa theo dõi hồ sơ quá hạn")
RESERVED = "Tôi đề nghị giao việc này cho văn phòng, vì tổ một cửa đang thiếu người."
ELECTION = "Bầu bổ sung một chi ủy viên"
QUESTION = "Đề nghị công nhận đảng viên chính thức"
CHECKED = "Ba đồng chí chưa phát biểu lần nào."
REMARK = "Đã xem lại: đúng là số ghi trong biên bản."
SENT_BACK = "Số đồng chí phát biểu chưa khớp với biên bản, đề nghị chi bộ xem lại."

BRIEFING_PLACE = "Phòng họp số 2, Đảng ủy các cơ quan tỉnh"
BRIEFING_QUESTION = "Làm thế nào để kỳ sinh hoạt nào cũng đủ thời gian cho thảo luận?"
BRIEFING_METHOD = "Gửi tài liệu trước năm ngày, tại kỳ họp chỉ nêu câu hỏi và bàn."
BRIEFING_METHODS = {
    "administrative": "Chọn một hồ sơ chậm của tháng để cả chi bộ tìm nguyên nhân.",
    "public_service": "Họp sau giờ trực, chia tổ đảng thảo luận trước rồi nêu ý kiến của tổ.",
    "leading": "Bí thư mời từng đồng chí chưa phát biểu của kỳ trước phát biểu trước.",
}
BRIEFING_WORK = (
    "Rà lại các chi bộ chưa họp chi ủy trước kỳ sinh hoạt, làm việc với từng bí thư",
    "Chọn một chi bộ tổ chức sinh hoạt chuyên đề để các chi bộ khác dự",
)
BRIEFING_CONCLUSIONS = (
    "Các tổ chức trong cụm giữ nề nếp sinh hoạt, nhưng chi ủy một số chi bộ chưa họp trước.\n"
    "Cấp ủy từng tổ chức làm việc với chi bộ còn chậm, báo kết quả tại lần giao ban sau."
)
BRIEFING_DONE = "Đã làm việc với bí thư hai chi bộ, chi ủy đã họp trước kỳ tháng này."

# What officers said of the branch meetings that they attended.
VISIT_REMARK = "Chi bộ bàn kỹ việc kho hồ sơ, kết luận rõ người, rõ hạn."
VISIT_MISSED = "Trùng lịch họp của đảng ủy cấp trên."

# The notebook of the shown secretary, the latest month first: worked, to avoid.
NOTEBOOK = (
    (
        "Gửi câu hỏi thảo luận trước năm ngày: nhiều đồng chí đến họp đã có ý kiến viết sẵn.",
        "Để phần thông tin thời sự quá dài, phần thảo luận chỉ còn mười phút.",
    ),
    (
        "Giao việc ngay khi kết luận, có người chủ trì và ngày xong.",
        "Đọc nguyên văn dự thảo nghị quyết tại hội nghị; đảng viên đã có bản gửi trước.",
    ),
    ("Mời lãnh đạo đơn vị bàn trước việc khó, vào họp chỉ còn chốt.", ""),
)

# What members raise: theme, text, answer. The first two were raised in many branches last quarter.
CONCERNS_OF_MANY = (
    (
        "conditions",
        "Phòng tiếp dân chật, mùa nóng quạt không đủ, người dân và cán bộ trực đều mệt.",
        "Văn phòng kê lại bàn, lắp thêm hai quạt trong tuần.",
    ),
    (
        "living",
        "Tiền làm thêm giờ mấy đợt cao điểm trả chậm, anh chị em hợp đồng hỏi nhiều.",
        "Bộ phận kế toán trả cùng kỳ lương tháng này; từ nay chốt công ngày 25.",
    ),
)
CONCERN_ANSWERED = (
    "policy",
    "Tôi và mấy anh chị chưa rõ phương án sắp xếp tổ một cửa, nghe mỗi nơi nói một khác.",
    "Phương án chưa chốt. Có văn bản thì chi bộ phổ biến ngay tại kỳ sinh hoạt gần nhất.",
)
CONCERN_NAMED = ("conditions", "Máy quét hồ sơ hỏng ba tuần nay, đề nghị chi bộ bàn cách xử lý với cơ quan.")
CONCERN_LATE = ("unity", "Trong tổ đang có chỗ chưa hiểu nhau về chia việc, tôi mong bí thư gặp hai bên.")
CONCERN_READ = (
    "work",
    "Nhiều anh chị hợp đồng lo sang năm không được ký tiếp. Mong chi bộ nói rõ điều đã biết.",
)
CONCERN_PASSED = ("living", "Chế độ đi công tác vùng xa áp dụng mức cũ, anh chị em phải bù tiền túi.")
DOUBT = "Trên mạng có tin sắp bỏ phụ cấp trực của bộ phận một cửa, tôi không rõ thực hư."
OFFICIAL: dict[str, Any] = {
    "question": "Có bỏ phụ cấp trực của bộ phận một cửa không?",
    "answer": "Chưa có văn bản nào bỏ phụ cấp này. Có thay đổi thì cấp ủy thông báo bằng văn bản.",
    "why_it_matters": "Nhiều đồng chí trực một cửa hỏi nhau; chi bộ nói rõ để anh chị em yên tâm.",
}
CONCERN_ASKED = "Đề nghị cấp trên cho ý kiến về mức hỗ trợ công tác vùng xa; chi bộ không quyết được."

# Papers: kind, subject, purpose.
GRASSROOTS, BRANCHES, REGISTRY = "Các chi, đảng bộ cơ sở", "Các chi bộ trực thuộc", "Văn thư"
PAPERS_FROM_ABOVE = (
    ("KH", "kiểm tra việc sinh hoạt chi bộ quý IV", "carry_out"),
    ("TB", "lịch nghỉ lễ và trực cơ quan", "inform"),
)
PAPER_TO_BRANCHES = ("KH", "chuẩn bị kiểm điểm cuối năm tại các chi bộ", "carry_out")
PAPER_FROM_OUTSIDE = {
    "issuer_name": "Ban Tuyên giáo và Dân vận Tỉnh ủy",
    "kind": "CV",
    "symbol": "l28-CV/BTG",
    "symbol_is_doubtful": True,
    "issued": "",
    "subject": "về việc cử báo cáo viên dự lớp bồi dưỡng",
}
# Papers that are being written: kind, subject, text. The first still has a place to fill.
PLAN_BEING_WRITTEN = (
    "KH",
    "kiểm tra, giám sát năm 2027 của Đảng ủy",
    """Thực hiện nhiệm vụ kiểm tra, giám sát năm 2027, Đảng ủy xây dựng kế hoạch như sau:

I- MỤC ĐÍCH, YÊU CẦU

1. Kịp thời nhắc nhở, khắc phục hạn chế ngay từ chi bộ.
2. Kiểm tra đúng quy trình, không trùng với đoàn kiểm tra của cấp trên.

II- NỘI DUNG, TIẾN ĐỘ

TT | Nội dung | Chi bộ được kiểm tra | Thời hạn
1 | Việc duy trì nề nếp sinh hoạt chi bộ | Chi bộ Thanh tra | Quý I
2 | Việc lãnh đạo thực hiện nhiệm vụ chuyên môn | … | Quý III

III- TỔ CHỨC THỰC HIỆN

1. Ủy ban kiểm tra chủ trì, báo cáo kết quả từng quý.
2. Các chi bộ chuẩn bị báo cáo trước ngày kiểm tra 10 ngày.""",
)
NOTICE_BEING_WRITTEN = (
    "TB",
    "phân công trực và bảo vệ cơ quan dịp cuối năm",
    """Chi ủy đã họp về công tác trực, bảo vệ cơ quan dịp cuối năm và thông báo như sau:

1. Mỗi ngày nghỉ có hai đồng chí trực, một đồng chí chi ủy viên phụ trách.
2. Đồng chí trực ghi sổ và bàn giao trước 17 giờ mỗi ngày.
3. Đồng chí nào bận thì báo chi ủy trước ba ngày để đổi người.

Chi ủy thông báo để các đồng chí biết và thực hiện.""",
)
# Why a meeting is not on the day of the yearly plan.
MOVED = "Trùng lịch công tác của cơ quan."
