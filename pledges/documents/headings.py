"""Who issues a campaign's papers: the heading of the organising unit, and who signs for it."""

import re
from dataclasses import replace
from datetime import date

from pledges.campaigns.models import Campaign
from pledges.core.dates import long_date
from pledges.documents.rules import PaperKind, number_text, symbol_of
from pledges.documents.sheets.paper import Heading, Signature, Style
from pledges.documents.sheets.wording import office_lines
from pledges.units.models import Unit
from pledges.units.rules import UnitKind

_KIND_OF_PLACE = re.compile(r"^(Phường|Xã|Thị trấn|Đặc khu|Thành phố|Tỉnh) ")

_SHORT = {
    UnitKind.PEOPLE_COMMITTEE: "UBND",
    UnitKind.PEOPLE_COUNCIL: "HĐND",
    UnitKind.PARTY_COMMITTEE: "ĐU",
    UnitKind.FRONT: "MTTQ-BTT",
}
_DRAFTER = {UnitKind.PEOPLE_COMMITTEE: "VP", UnitKind.PEOPLE_COUNCIL: "VP"}
"""Bộ phận soạn thảo: the office of the body, where it has one of its own."""


def heading_of(campaign: Campaign, today: date, *, kind: str = "", dated: str | None = None) -> Heading:
    """The heading of a paper of the organising unit; with a type's code ("BC") it keeps the gap for its number.

    `dated` is what stands for place and date, by default the campaign's place and the day.
    """
    owner = campaign.owner
    style = Style(owner.document_style)
    code = code_of(owner)
    gap = f"Số      -{kind}/{code}" if style is Style.PARTY else f"Số:       /{kind}-{code}"
    return Heading(
        style=style,
        issuer=office_lines(owner.name),
        place_and_date=f"{place_of(campaign)}, {long_date(today)}" if dated is None else dated,
        ruled_on=today,
        number=gap if kind else "",
    )


def letter_heading(campaign: Campaign, today: date) -> Heading:
    """The heading of a letter (công văn), with the gap for its number: "Số:       /UBND-VP"."""
    heading = heading_of(campaign, today)
    symbol = symbol_by(PaperKind.URGING_LETTER, campaign.owner)
    return replace(heading, number=number_text(None, symbol, heading.style))


def symbol_by(kind: PaperKind, owner: Unit) -> str:
    """Ký hiệu that is proposed for a document of the unit; a letter names the office that drafts it: "UBND-VP"."""
    return symbol_of(kind, code_of(owner), Style(owner.document_style), _DRAFTER.get(owner.kind, ""))


def code_of(owner: Unit) -> str:
    """Chữ viết tắt of the organising unit, as its symbols have it: "UBND"; of others the clerk knows better."""
    return _SHORT.get(owner.kind, owner.code)


def place_of(campaign: Campaign) -> str:
    """The place that a paper is dated at: "Hà Khánh" of "Phường Hà Khánh"."""
    return _KIND_OF_PLACE.sub("", campaign.area.name)


def signature_of(owner: Unit) -> Signature:
    """Who signs for the organising unit; the name is left free until somebody does."""
    if owner.kind is UnitKind.PEOPLE_COMMITTEE:
        return Signature(on_behalf="TM. Ủy ban nhân dân", posts=("Chủ tịch",))
    if owner.kind is UnitKind.PARTY_COMMITTEE:
        return Signature(on_behalf="T/M Đảng ủy", posts=("Bí thư",))
    if owner.kind is UnitKind.FRONT:
        return Signature(on_behalf="TM. Ban Thường trực", posts=("Chủ tịch",))
    return Signature(posts=(owner.head_position or "Thủ trưởng đơn vị",))


def archive_of(owner: Unit) -> str:
    """The last line of the recipients."""
    return "Lưu Văn phòng Đảng ủy" if owner.kind is UnitKind.PARTY_COMMITTEE else "Lưu: VT"
