"""Kinds of units, the styles of their papers, and when a unit is alive."""

from datetime import date
from enum import StrEnum


class UnitKind(StrEnum):
    """Loại đơn vị."""

    PROVINCE = "province"
    CITY = "city"
    WARD = "ward"
    PARTY_COMMITTEE = "party_committee"
    PEOPLE_COUNCIL = "people_council"
    PEOPLE_COMMITTEE = "people_committee"
    OFFICE = "office"
    FRONT = "front"
    UNION = "union"
    POLICE = "police"
    MILITARY = "military"
    HEALTH = "health"
    SCHOOL = "school"
    NEIGHBOURHOOD = "neighbourhood"

    @property
    def label(self) -> str:
        """The kind in the office's words."""
        return _KINDS[self]


_KINDS = {
    UnitKind.PROVINCE: "Tỉnh",
    UnitKind.CITY: "Thành phố",
    UnitKind.WARD: "Phường",
    UnitKind.PARTY_COMMITTEE: "Đảng ủy",
    UnitKind.PEOPLE_COUNCIL: "Hội đồng nhân dân",
    UnitKind.PEOPLE_COMMITTEE: "Ủy ban nhân dân",
    UnitKind.OFFICE: "Bộ phận chuyên môn",
    UnitKind.FRONT: "Mặt trận Tổ quốc",
    UnitKind.UNION: "Tổ chức đoàn thể",
    UnitKind.POLICE: "Công an",
    UnitKind.MILITARY: "Quân sự",
    UnitKind.HEALTH: "Trạm Y tế",
    UnitKind.SCHOOL: "Trường học",
    UnitKind.NEIGHBOURHOOD: "Khu phố",
}


class DocumentStyle(StrEnum):
    """Thể thức văn bản: whose rules the unit's papers follow."""

    STATE = "state"
    PARTY = "party"
    FRONT = "front"
    UNION = "union"

    @property
    def label(self) -> str:
        """The style in the office's words."""
        return {
            DocumentStyle.STATE: "Văn bản hành chính (Nghị định 30/2020/NĐ-CP)",
            DocumentStyle.PARTY: "Văn bản của Đảng",
            DocumentStyle.FRONT: "Văn bản của Mặt trận Tổ quốc",
            DocumentStyle.UNION: "Văn bản của đoàn thể",
        }[self]


def alive(valid_from: date | None, valid_to: date | None, on: date) -> bool:
    """Whether something valid from–to (both days included, None is open) is valid on the day."""
    return (valid_from is None or valid_from <= on) and (valid_to is None or on <= valid_to)
