"""Generic names of provincial agencies and lists from which people are invented."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nenep.organizations.kinds import UnitType

if TYPE_CHECKING:
    from random import Random

A, J, P, M = UnitType.ADMINISTRATIVE, UnitType.JUDICIAL, UnitType.PUBLIC_SERVICE, UnitType.MASS_ORGANIZATION
L, N, R = UnitType.LEADING, UnitType.NON_PUBLIC, UnitType.PRESS

# 36 grassroots organizations: (name of the unit, its type, how many branches). Together 239 branches.
ORGANIZATIONS: tuple[tuple[str, UnitType, int], ...] = (
    ("Văn phòng Tỉnh ủy", L, 5),
    ("Văn phòng Ủy ban nhân dân tỉnh", A, 6),
    ("Sở Nội vụ", A, 6),
    ("Sở Tài chính", A, 6),
    ("Sở Kế hoạch và Đầu tư", A, 5),
    ("Sở Công Thương", A, 6),
    ("Sở Nông nghiệp và Phát triển nông thôn", A, 12),
    ("Sở Xây dựng", A, 6),
    ("Sở Giao thông vận tải", A, 7),
    ("Sở Tài nguyên và Môi trường", A, 9),
    ("Sở Thông tin và Truyền thông", A, 4),
    ("Sở Khoa học và Công nghệ", A, 5),
    ("Sở Giáo dục và Đào tạo", A, 5),
    ("Sở Y tế", A, 9),
    ("Sở Lao động - Thương binh và Xã hội", A, 8),
    ("Sở Văn hóa, Thể thao và Du lịch", A, 8),
    ("Sở Tư pháp", A, 5),
    ("Thanh tra tỉnh", A, 4),
    ("Tòa án nhân dân tỉnh", J, 5),
    ("Viện Kiểm sát nhân dân tỉnh", J, 5),
    ("Cục Thi hành án dân sự", J, 4),
    ("Cục Thuế tỉnh", A, 13),
    ("Cục Hải quan tỉnh", A, 9),
    ("Kho bạc Nhà nước tỉnh", A, 6),
    ("Ngân hàng Nhà nước chi nhánh tỉnh", A, 4),
    ("Bảo hiểm xã hội tỉnh", A, 5),
    ("Cục Thống kê tỉnh", A, 3),
    ("Trường Chính trị tỉnh", P, 5),
    ("Trường Cao đẳng Sư phạm tỉnh", P, 8),
    ("Trường Cao đẳng Y tế tỉnh", P, 6),
    ("Trường Đại học của tỉnh", P, 14),
    ("Bệnh viện Đa khoa tỉnh", P, 15),
    ("Đài Phát thanh và Truyền hình tỉnh", R, 6),
    ("Báo của Đảng bộ tỉnh", R, 4),
    ("Trường Cao đẳng nghề ngoài công lập", N, 4),
    ("Ban Quản lý các khu công nghiệp", A, 7),
)

# 25 grassroots branches. The last four were subordinate branches of the organization named, until that day.
BRANCHES: tuple[tuple[str, UnitType], ...] = (
    ("Ban Tổ chức Tỉnh ủy", L),
    ("Ban Tuyên giáo Tỉnh ủy", L),
    ("Ban Dân vận Tỉnh ủy", L),
    ("Ban Nội chính Tỉnh ủy", L),
    ("Cơ quan Ủy ban Kiểm tra Tỉnh ủy", L),
    ("Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh", L),
    ("Cơ quan Ủy ban Mặt trận Tổ quốc tỉnh", M),
    ("Hội Liên hiệp Phụ nữ tỉnh", M),
    ("Hội Nông dân tỉnh", M),
    ("Hội Cựu chiến binh tỉnh", M),
    ("Liên đoàn Lao động tỉnh", M),
    ("Tỉnh Đoàn", M),
    ("Sở Ngoại vụ", A),
    ("Liên minh Hợp tác xã tỉnh", M),
    ("Hội Chữ thập đỏ tỉnh", M),
    ("Liên hiệp các Hội Khoa học và Kỹ thuật tỉnh", M),
    ("Hội Văn học Nghệ thuật tỉnh", M),
    ("Hội Nhà báo tỉnh", R),
    ("Hội Luật gia tỉnh", M),
    ("Quỹ Đầu tư phát triển tỉnh", P),
    ("Trường Trung cấp kinh tế ngoài công lập", N),
    ("Trung tâm Xúc tiến đầu tư", P),
    ("Thư viện tỉnh", P),
    ("Bảo tàng tỉnh", P),
    ("Trung tâm Lưu trữ tỉnh", P),
)

UNITS_OF_A_BODY = (
    "Văn phòng", "Phòng Tổ chức cán bộ", "Thanh tra", "Phòng Kế hoạch - Tài chính", "Phòng Nghiệp vụ 1",
    "Phòng Nghiệp vụ 2", "Trung tâm Thông tin", "Phòng Pháp chế", "Trung tâm Dịch vụ", "Chi cục 1", "Chi cục 2",
    "Ban Quản lý dự án", "Phòng Nghiệp vụ 3", "Trung tâm Tư vấn", "Chi cục 3",
)  # fmt: skip
FACULTIES = (
    "Phòng Đào tạo", "Khoa Cơ bản", "Khoa Nghiệp vụ", "Phòng Hành chính", "Khoa Ngoại ngữ", "Phòng Khoa học",
    "Khoa Công nghệ", "Phòng Công tác sinh viên", "Khoa Kinh tế", "Thư viện", "Khoa Sư phạm", "Khoa Luật",
    "Phòng Kế hoạch", "Sinh viên",
)  # fmt: skip
WARDS = (
    "Khối Hành chính", "Khoa Nội", "Khoa Ngoại", "Khoa Sản", "Khoa Nhi", "Khoa Cấp cứu", "Khoa Dược",
    "Khoa Xét nghiệm", "Khoa Chẩn đoán hình ảnh", "Khoa Mắt", "Khoa Tai Mũi Họng", "Khoa Truyền nhiễm",
    "Khoa Phục hồi chức năng", "Khoa Dinh dưỡng", "Phòng Điều dưỡng",
)  # fmt: skip

_FAMILY = (
    "Nguyễn", "Nguyễn", "Nguyễn", "Trần", "Trần", "Lê", "Lê", "Phạm", "Huỳnh", "Phan", "Vũ", "Võ", "Đặng", "Bùi",
    "Đỗ", "Hồ", "Ngô", "Dương", "Lý", "Đinh", "Trịnh", "Lương", "Mai", "Tạ", "Hà", "Cao", "Châu", "Thái", "Ông",
)  # fmt: skip
_MIDDLE_M = (
    "Văn",
    "Hữu",
    "Đức",
    "Quốc",
    "Minh",
    "Thanh",
    "Xuân",
    "Công",
    "Ngọc",
    "Đình",
    "Hoàng",
    "Trọng",
    "Bá",
)
_MIDDLE_F = ("Thị", "Thị", "Thị Ngọc", "Thị Thu", "Thị Kim", "Ngọc", "Thị Thanh", "Thúy", "Thị Mỹ", "Hồng")
_GIVEN_M = (
    "An", "Bình", "Cường", "Dũng", "Đạt", "Đức", "Giang", "Hải", "Hùng", "Hưng", "Khánh", "Khoa", "Long", "Lộc",
    "Minh", "Nam", "Nghĩa", "Phong", "Phúc", "Quân", "Quang", "Sơn", "Tài", "Thắng", "Thành", "Toàn", "Trung",
    "Tuấn", "Vinh", "Ưng", "Ổn", "Ý",
)  # fmt: skip
_GIVEN_F = (
    "Anh", "Ánh", "Bích", "Chi", "Cúc", "Diễm", "Dung", "Đào", "Hà", "Hạnh", "Hằng", "Hiền", "Hoa", "Hồng", "Hương",
    "Lan", "Liên", "Linh", "Loan", "Mai", "Nga", "Ngân", "Nhung", "Oanh", "Phương", "Quyên", "Thảo", "Thủy",
    "Trang", "Tuyết", "Uyên", "Vân", "Yến",
)  # fmt: skip


def invent_name(rng: Random) -> str:
    if rng.random() < 0.45:
        return f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE_F)} {rng.choice(_GIVEN_F)}"
    return f"{rng.choice(_FAMILY)} {rng.choice(_MIDDLE_M)} {rng.choice(_GIVEN_M)}"


def units_of(unit: str) -> tuple[str, ...]:
    """Names of the branches of an organization, by what kind of house it is."""
    if unit.startswith("Trường"):
        return FACULTIES
    return WARDS if unit.startswith("Bệnh viện") else UNITS_OF_A_BODY
