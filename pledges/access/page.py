"""The page of permissions, for people: what `permissions.py` says, as a table."""

from pledges.access.permissions import Permission, Place
from pledges.access.roles import Role

HEAD = """\
# Ai được làm gì

<!-- Trang này do lệnh `python -m pledges permissions-page` viết ra từ pledges/access/permissions.py. -->

Mỗi người có quyền theo chức vụ được giao, vào ngày đang làm việc. Chức vụ ở một đơn vị cho quyền ở đơn vị đó và ở
mọi đơn vị trực thuộc, không ở nơi nào khác. Ai không có quyền xem thì trang trả lời như không có nội dung ấy (404);
ai được xem mà không được làm thì trang nói rõ là chưa có quyền (403).

"""
APART = """\

\\* Không ai tự duyệt nội dung do chính mình lập hoặc gửi.

Nơi giữ chức vụ:

"""
EXPLAINED = {
    Place.UNIT: "đơn vị chủ trì phần việc, đơn vị ký cam kết, hoặc chính đơn vị, tài khoản được quản lý",
    Place.COOPERATING: "đơn vị phối hợp thực hiện phần việc",
    Place.CAMPAIGN: "đơn vị tổ chức phong trào và ban hành văn bản",
    Place.MEMBER: "đơn vị thuộc phạm vi phong trào, hoặc cấp trên của phạm vi ấy",
    Place.WARD: "phường mà đơn vị, người được tra cứu thuộc về, hoặc đơn vị trực thuộc phường ấy",
    Place.ANYWHERE: "chức vụ ở đâu cũng được",
    Place.NAMED: "chính người có tên ký trong hồ sơ, hoặc người được ủy quyền ký thay, dù giữ chức vụ gì",
    Place.SIGNED: "người đã ký bản cam kết, kể cả ký thay, hoặc đã từ chối ký; đọc được bản ấy mãi về sau",
}
NONE = "–"


def page() -> str:
    """The whole page, in Markdown."""
    roles = list(Role)
    rows = [["Việc", *(role.label for role in roles)], ["---"] * (len(roles) + 1)]
    rows += [[_words(one), *(_cell(one, role) for role in roles)] for one in Permission]
    table = "".join(f"| {' | '.join(row)} |\n" for row in rows)
    places = "".join(f"- {place.label}: {EXPLAINED[place]}.\n" for place in Place)
    return f"{HEAD}{table}{APART}{places}"


def _words(permission: Permission) -> str:
    return f"{permission.label} \\*" if permission.apart else permission.label


def _cell(permission: Permission, role: Role) -> str:
    places = [grant.place.label for grant in permission.grants if grant.role in (role, None)]
    return "; ".join(places) or NONE
