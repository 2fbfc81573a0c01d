"""What the branches of the demo talk about this month."""

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
NO_COMMITTEE = "Các đồng chí chi ủy viên đi công tác dài ngày."
REASONS = ("Đi công tác", "Điều trị bệnh", "Đi học tập trung", "Gia đình có việc hiếu")
