"""Giữ gì, để làm gì, bao lâu: what is kept of persons, as data with dates and sources."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from pledges.upkeep.personal.rules import CONTACT_MONTHS, LONG_AGO

OWN_RULE = "Quy định của chương trình"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """Loại dữ liệu: what, what for, where it is shown, how long, who or what removes it, by which rule.

    `until` may name a term of `Terms`; `unsure` says that nobody has held the source against the law.
    """

    what: str
    why: str
    shown: str
    until: str
    removed: str
    source: str
    since: date = LONG_AGO
    unsure: bool = False


@dataclass(frozen=True)
class Terms:
    """Thời hạn mà nơi khác của chương trình giữ: what the retention table says of them, taken from there."""

    sessions_hours: int
    attempts_days: int
    unsent_days: int
    packs_hours: int
    backup_days: int
    backup_weeks: int
    backup_months: int
    fallbacks: int
    contact_months: int = CONTACT_MONTHS


KEPT = (
    Kept(
        what="Họ tên, tên đăng nhập, chức vụ, đơn vị",
        why="Đăng nhập, phân quyền theo chức vụ, ghi ai đã làm việc gì",
        shown="Mọi trang nêu người thực hiện, người phụ trách, người ký; bản in; tra cứu trong phường",
        until="Chừng nào còn hồ sơ phong trào nhắc tới",
        removed="Không xóa: hồ sơ thi đua, chữ ký và nhật ký căn cứ vào đó",
        source="Luật Thi đua, khen thưởng 06/2022/QH15; Luật Lưu trữ 33/2024/QH15",
        unsure=True,
    ),
    Kept(
        what="Điện thoại cơ quan, thư điện tử công vụ",
        why="Liên hệ công việc, gọi đôn đốc, thư nhắc việc",
        shown="Tra cứu trong phường, trang tài khoản, danh sách gọi đôn đốc, tập dự phòng khi mất điện",
        until="{contact_months} tháng sau khi đóng tài khoản",
        removed="Quản trị bấm xóa ở trang này",
        source=OWN_RULE,
    ),
    Kept(
        what="Mật khẩu, khóa xác thực hai bước, mã dự phòng",
        why="Kiểm tra người đăng nhập",
        shown="Không ở đâu: chỉ giữ mã băm scrypt, khóa được niêm",
        until="Đến khi đổi, tắt hoặc đặt lại",
        removed="Người dùng, quản trị",
        source=OWN_RULE,
    ),
    Kept(
        what="Phiên đăng nhập: trình duyệt, địa chỉ mạng",
        why="Biết đang đăng nhập ở đâu, kết thúc phiên lạ",
        shown="Trang tài khoản của chính người ấy",
        until="Nhiều nhất {sessions_hours} giờ",
        removed="Tự động",
        source=OWN_RULE,
    ),
    Kept(
        what="Lần nhập sai: tên đăng nhập, địa chỉ mạng",
        why="Chặn dò mật khẩu, báo cho chủ tài khoản",
        shown="Chỉ nêu số lần, cho chính người ấy",
        until="{attempts_days} ngày",
        removed="Tự động",
        source=OWN_RULE,
    ),
    Kept(
        what="Nội dung đã nhập chưa gửi",
        why="Không mất công nhập khi mất điện, hết phiên",
        shown="Chỉ người đã nhập",
        until="{unsent_days} ngày",
        removed="Tự động; người nhập bỏ được bất cứ lúc nào",
        source=OWN_RULE,
    ),
    Kept(
        what="Bản cam kết đã ký, chữ ký, báo cáo, minh chứng, văn bản đã phát hành",
        why="Hồ sơ phong trào thi đua",
        shown="Người có quyền xem hồ sơ ấy",
        until="Theo thời hạn lưu trữ hồ sơ thi đua, khen thưởng",
        removed="Không xóa trong chương trình",
        source="Luật Lưu trữ 33/2024/QH15",
        unsure=True,
    ),
    Kept(
        what="Nhật ký: ai, chức vụ gì, làm gì, lúc nào",
        why="Chứng minh việc đã làm; chuỗi mã niêm phong không cho sửa",
        shown="Quản trị của đơn vị, người xem được hồ sơ",
        until="Không thời hạn",
        removed="Không xóa được: bỏ một mục là đứt chuỗi. Nhật ký không ghi điện thoại, thư điện tử",
        source=OWN_RULE,
    ),
    Kept(
        what="Nhật ký máy chủ: mã yêu cầu, số tài khoản, tên trang",
        why="Tìm lỗi của máy chủ",
        shown="Người giữ máy chủ",
        until="Giữ theo dung lượng, không quá khoảng 100 MB; dòng cũ nhất mất trước",
        removed="Tự động",
        source=OWN_RULE,
    ),
    Kept(
        what="Bản sao lưu: mọi dữ liệu nói trên tại lúc sao lưu",
        why="Khôi phục khi hỏng máy",
        shown="Người giữ máy chủ",
        until=(
            "{backup_days} bản ngày, {backup_weeks} bản tuần, {backup_months} bản tháng: "
            "điều đã xóa còn trong bản cũ đến hết hạn ấy"
        ),
        removed="Tự động khi có bản mới",
        source=OWN_RULE,
    ),
    Kept(
        what="Tập in, tập dự phòng",
        why="In nhiều văn bản một lần; làm việc khi mất điện",
        shown="Người lập tập; người giữ máy chủ",
        until="Tập in {packs_hours} giờ; tập dự phòng hằng đêm: {fallbacks} tập gần nhất",
        removed="Tự động; bản đã in hủy bằng tay",
        source=OWN_RULE,
    ),
    Kept(
        what="Yêu cầu chỉnh sửa, xóa dữ liệu và cách giải quyết",
        why="Chứng minh đã giải quyết đúng hạn",
        shown="Người yêu cầu, quản trị",
        until="Cùng với nhật ký",
        removed="Không xóa",
        source=OWN_RULE,
        unsure=True,
    ),
)


def kept_kinds(terms: Terms, day: date) -> Sequence[Kept]:
    """What holds on a day, with the terms that the settings and other parts of the program set."""
    said = asdict(terms)
    return [
        replace(one, until=one.until.format(**said), removed=one.removed.format(**said))
        for one in KEPT
        if one.since <= day
    ]
