"""Who may do what, on one page.

A permission is granted to a role *at a place*: at the record's own unit (and the units above it, since rights
reach down the tree), at a cooperating unit, at the unit that organises the campaign, or anywhere in the campaign's
area. A few are granted to the person whom the record names, whatever post that person holds. `docs/permissions.md`
is generated from this module.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum

from pledges.access.roles import Actor, Holding, Role


class Place(StrEnum):
    """Where a role must be held for a grant to count."""

    UNIT = "unit"
    COOPERATING = "cooperating"
    CAMPAIGN = "campaign"
    MEMBER = "member"
    WARD = "ward"
    ANYWHERE = "anywhere"
    NAMED = "named"
    SIGNED = "signed"

    @property
    def label(self) -> str:
        """The place in words, for the page of permissions."""
        return {
            Place.UNIT: "ở đơn vị của hồ sơ",
            Place.COOPERATING: "ở đơn vị phối hợp",
            Place.CAMPAIGN: "ở đơn vị tổ chức phong trào",
            Place.MEMBER: "ở đơn vị trong phạm vi phong trào",
            Place.WARD: "ở đơn vị cùng phường",
            Place.ANYWHERE: "ở bất kỳ đơn vị nào",
            Place.NAMED: "người có tên ký hoặc được ủy quyền",
            Place.SIGNED: "người đã ký hoặc đã từ chối ký",
        }[self]


@dataclass(frozen=True)
class Grant:
    """One role at one place; no role where the record itself names the person."""

    role: Role | None
    place: Place


def _grants(place: Place, *roles: Role) -> tuple[Grant, ...]:
    return tuple(Grant(role, place) for role in roles)


_ALL = (Role.OFFICER, Role.LEADER, Role.CLERK)
_OF_UNIT = _grants(Place.UNIT, Role.OFFICER, Role.LEADER)
_ORGANISING = _grants(Place.CAMPAIGN, Role.LEADER, Role.CLERK)
_SEE = (*_OF_UNIT, *_grants(Place.COOPERATING, Role.OFFICER, Role.LEADER), *_ORGANISING)
_ENTER = (*_grants(Place.UNIT, Role.OFFICER), *_grants(Place.CAMPAIGN, Role.CLERK))
_DECIDE = _grants(Place.CAMPAIGN, Role.LEADER)
_NAMED = (Grant(None, Place.NAMED),)
_SIGNED = (Grant(None, Place.SIGNED),)


class Permission(Enum):
    """Every act that needs leave: its words, who has it, and whether it must be another person's entry."""

    SEE_CAMPAIGN = ("Xem phong trào thi đua", _grants(Place.MEMBER, *_ALL))
    EDIT_CAMPAIGN = ("Lập, sửa và chuyển bước phong trào", _ORGANISING)
    SEE_TASK = ("Xem phần việc", _SEE)
    ENTER_TASK = ("Đăng ký, sửa, gửi duyệt phần việc; đề nghị điều chỉnh", _ENTER)
    DECIDE_TASK = ("Duyệt, trả lại, hủy phần việc; duyệt điều chỉnh", _DECIDE, True)
    SEE_COMMITMENT = ("Xem bản cam kết", (*_OF_UNIT, *_ORGANISING, *_SIGNED))
    PREPARE_COMMITMENT = ("Soạn, chốt và thu hồi bản cam kết", _ENTER)
    SIGN_COMMITMENT = ("Ký cam kết trong ứng dụng", (*_grants(Place.UNIT, Role.LEADER), *_NAMED))
    MANAGE_AUTHORISATIONS = (
        "Ghi, chấm dứt ủy quyền ký",
        (*_grants(Place.UNIT, Role.LEADER, Role.CLERK), *_grants(Place.CAMPAIGN, Role.LEADER, Role.CLERK)),
    )
    RECORD_PAPER_SIGNATURE = ("Ghi nhận chữ ký trên giấy", _grants(Place.CAMPAIGN, Role.CLERK))
    FILE_SIGNED_PDF = ("Nộp tệp PDF ký số, ghi nhận chữ ký số đã kiểm được", _ENTER)
    VOUCH_FOR_SIGNED_PDF = (
        "Đối chiếu tệp PDF ký số khi phần mềm không tự kiểm được",
        _grants(Place.CAMPAIGN, Role.CLERK),
    )
    SEE_REPORT = ("Xem báo cáo tiến độ", _SEE)
    ENTER_REPORT = ("Lập, gửi báo cáo tiến độ", _ENTER)
    REVIEW_REPORT = ("Duyệt, trả lại báo cáo tiến độ", _DECIDE, True)
    DECIDE_OBSTACLE = ("Quyết định về khó khăn, vướng mắc", _DECIDE, True)
    GRANT_EXCEPTION = ("Cho báo cáo sau khi khóa, miễn báo cáo", _ORGANISING)
    SET_PROOF_RULES = ("Đặt yêu cầu minh chứng của phần việc", _ORGANISING)
    ASK_EXPLANATION = ("Yêu cầu giải trình, nhận giải trình", _DECIDE)
    ASSIGN_TASK = ("Phân công người phụ trách, lãnh đạo theo dõi", (*_OF_UNIT, *_ORGANISING))
    SEE_ASSIGNMENTS = (
        "Xem kết quả theo người phụ trách (NĐ 335/2025)",
        (*_grants(Place.UNIT, Role.LEADER), *_ORGANISING, *_NAMED),
    )
    GROUP_TASKS = ("Đặt phần việc chung", _ORGANISING)
    HOLD_MEETING = ("Lập cuộc họp, in tài liệu họp, ghi kết luận", _ORGANISING)
    SEE_FOLLOW_UP = ("Xem việc cần theo dõi", (*_OF_UNIT, *_ORGANISING, *_NAMED))
    MAKE_FOLLOW_UP = ("Ghi, sửa việc cần theo dõi; ghi lời hẹn khi gọi đôn đốc", _ORGANISING)
    END_FOLLOW_UP = ("Báo xong, bỏ việc cần theo dõi", (*_ORGANISING, *_NAMED))
    SEE_OVERVIEW = ("Xem bảng theo dõi", _grants(Place.MEMBER, *_ALL))
    PRINT_REPORT = ("In báo cáo tiến độ của phong trào", _grants(Place.CAMPAIGN, Role.LEADER, Role.CLERK))
    PRINT_FALLBACK = (
        "Lập tập dự phòng khi mất điện (phần việc, số đã duyệt, điện thoại công việc)",
        (*_grants(Place.CAMPAIGN, Role.CLERK), *_grants(Place.UNIT, Role.ADMINISTRATOR)),
    )
    SEE_DOCUMENT = ("Xem dự thảo, văn bản phát hành và sổ văn bản đi", _ORGANISING)
    DRAFT_DOCUMENT = ("Soạn, sửa, trình ký văn bản", _ORGANISING)
    RETURN_DOCUMENT = ("Trả lại dự thảo văn bản đã trình ký", _DECIDE)
    ISSUE_DOCUMENT = (
        "Phát hành, thay thế, thu hồi văn bản; nộp bản ký",
        _grants(Place.CAMPAIGN, Role.CLERK),
    )
    MANAGE_UNITS = ("Quản lý đơn vị", _grants(Place.UNIT, Role.ADMINISTRATOR))
    MANAGE_ACCOUNTS = ("Quản lý tài khoản và chức vụ", _grants(Place.UNIT, Role.ADMINISTRATOR))
    SEE_DIRECTORY = (
        "Tra cứu đơn vị và người giữ chức vụ (họ tên, chức vụ, điện thoại công việc)",
        (*_grants(Place.WARD, *_ALL), *_grants(Place.UNIT, *_ALL, Role.ADMINISTRATOR)),
    )
    TEND_SERVER = (
        "Trông coi máy chủ: sao lưu, tải bản sao lưu đã niêm, xem tình trạng; quản trị cấp cao nhất",
        _grants(Place.UNIT, Role.ADMINISTRATOR),
    )
    SEE_LOG = ("Xem nhật ký của người trong đơn vị", _grants(Place.UNIT, Role.ADMINISTRATOR))

    def __init__(self, label: str, grants: tuple[Grant, ...], apart: bool = False) -> None:  # noqa: FBT001, FBT002
        """Read the line of the page: words, grants, and the rule of another person's entry."""
        self.label = label
        self.grants = grants
        self.apart = apart


@dataclass(frozen=True)
class Subject:
    """What an act is about: where it lies in the unit tree, and whose entry it is.

    Paths are those of `Unit.path`; `entered_by` holds the accounts whose own entry it is, `named` those of the people
    whom the record names to act, `signers` those who signed it or refused to.
    """

    unit_path: str | None = None
    campaign_path: str | None = None
    area_path: str | None = None
    ward_path: str | None = None
    cooperating_paths: tuple[str, ...] = ()
    entered_by: frozenset[int] = frozenset()
    named: frozenset[int] = frozenset()
    signers: frozenset[int] = frozenset()

    def people(self, place: Place) -> frozenset[int]:
        """The accounts whom a grant at the place speaks of, whatever post they hold."""
        return {Place.NAMED: self.named, Place.SIGNED: self.signers}.get(place, frozenset())

    def paths(self, place: Place) -> tuple[str, ...]:
        """The units whose holders a grant at the place speaks of."""
        by_place = {
            Place.UNIT: self.unit_path,
            Place.CAMPAIGN: self.campaign_path,
            Place.MEMBER: self.area_path,
            Place.WARD: self.ward_path,
        }
        if place is Place.COOPERATING:
            return self.cooperating_paths
        path = by_place.get(place)
        return (path,) if path else ()


def granted(actor: Actor, permission: Permission, subject: Subject) -> bool:
    """Whether one of the actor's posts carries the permission to the subject, or the subject names the actor."""
    if any(actor.account_id in subject.people(grant.place) for grant in permission.grants):
        return True
    return any(
        fits(grant, holding, subject)
        for grant in permission.grants
        for holding in actor.holdings
        if holding.role is grant.role
    )


def fits(grant: Grant, holding: Holding, subject: Subject) -> bool:
    """Whether the post lies where the grant wants it: at or above the subject's unit; for members, below it too.

    In the same ward is who holds a post at or below it.
    """
    if grant.place is Place.ANYWHERE:
        return True
    paths = subject.paths(grant.place)
    if grant.place is Place.WARD:
        return any(holding.unit_path.startswith(path) for path in paths)
    if grant.place is Place.MEMBER and any(holding.unit_path.startswith(path) for path in paths):
        return True
    return any(holding.reaches(path) for path in paths)


def not_by_the_same_person(actor: Actor, permission: Permission, subject: Subject) -> bool:
    """Nobody approves or accepts an own entry."""
    return not permission.apart or actor.account_id not in subject.entered_by


def may(actor: Actor, permission: Permission, subject: Subject) -> bool:
    """Whether the actor may do this to the subject, today."""
    return granted(actor, permission, subject) and not_by_the_same_person(actor, permission, subject)


def may_somewhere(actor: Actor, permission: Permission) -> bool:
    """Whether the actor holds a role that has the permission at all: what navigation and lists ask."""
    roles = actor.roles()
    return any(grant.role in roles for grant in permission.grants)


def may_be_named(permission: Permission) -> bool:
    """Whether a single record may give the permission to anybody, whatever post that person holds."""
    return any(grant.role is None for grant in permission.grants)


def may_within(actor: Actor, permission: Permission, campaign_paths: Iterable[str]) -> bool:
    """Whether the permission reaches anything: an own unit's records, or a campaign organised at one of the paths."""
    paths = tuple(campaign_paths)
    return any(
        grant.place is not Place.CAMPAIGN or any(holding.reaches(path) for path in paths)
        for grant in permission.grants
        for holding in actor.holdings
        if holding.role is grant.role
    )


def reach(actor: Actor, permission: Permission, place: Place) -> tuple[str, ...]:
    """The unit paths at and below which the actor has the permission by grants at that place."""
    roles = {grant.role for grant in permission.grants if grant.place is place}
    return _topmost(holding.unit_path for holding in actor.holdings if holding.role in roles)


def _topmost(paths: Iterable[str]) -> tuple[str, ...]:
    kept: list[str] = []
    for path in sorted(set(paths)):
        if not any(path.startswith(above) for above in kept):
            kept.append(path)
    return tuple(kept)
