"""The sheet of a commitment, from its frozen content alone: what was frozen is what is printed."""

from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from pledges.codes.rules import address_of, check_page, shown
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.signature_words import signed_as
from pledges.core.clock import day_of
from pledges.core.dates import long_date
from pledges.documents.bases import basis_line
from pledges.documents.changes import amended_lines, edition_words
from pledges.documents.seals import NO_SEAL, Seal
from pledges.documents.sheets.commitment import CommitmentSheet, Represented
from pledges.documents.sheets.paper import Foot, Heading, Signature, SigningSide, Style
from pledges.documents.sheets.tasks import IndicatorLine, TaskLine
from pledges.documents.sheets.wording import office_lines, post_lines
from pledges.tasks.rules import Direction

DRAFT = "Bản dự thảo, chưa chốt để ký"
WITHDRAWN = "Bản đã thu hồi, không còn để ký"


def sheet_of(
    commitment: Commitment,
    content: Mapping[str, Any],
    today: date,
    seal: Seal = NO_SEAL,
    public_address: str = "",
) -> CommitmentSheet:
    """The commitment as it is printed; `content` is the frozen one, or what would be frozen now."""
    campaign, unit, amends = content["campaign"], content["unit"], content.get("amends")
    dated_on = _day(content["dated_on"])
    return CommitmentSheet(
        heading=Heading(
            style=Style.STATE,
            issuer=office_lines(unit["name"]),
            superior=office_lines(unit["superior"]) if unit["superior"] else (),
            place_and_date=_place_and_date(content["place"], dated_on),
            ruled_on=dated_on or _frozen_on(commitment) or today,
        ),
        abstract=campaign["title"],
        unit=unit["name"],
        represented_by=tuple(Represented(one["post"], one["name"]) for one in content["signatories"]),
        preamble=_preamble(campaign, unit["name"]),
        bases=tuple(basis_line(_basis(basis)) for basis in campaign["bases"]),
        tasks=tuple(_task(task) for task in content["tasks"]),
        terms=tuple(line for line in content["terms"].splitlines() if line.strip()),
        amended=amended_lines(amends["tasks"]) if amends else (),
        amends=edition_words(amends["edition"], amends["signed_on"]) if amends else "",
        copies=content["copies"],
        signatories=_signing(commitment.signatories),
        witnesses=_witness(content["witness"]),
        foot=_foot(commitment, seal, public_address, illustrative=campaign["illustrative"]),
    )


def _frozen_on(commitment: Commitment) -> date | None:
    """A text without a date keeps the layout of the day on which it was frozen."""
    return day_of(commitment.frozen_at) if commitment.frozen_at is not None else None


def _foot(commitment: Commitment, seal: Seal, public_address: str, *, illustrative: bool) -> Foot:
    return Foot(
        illustrative=illustrative,
        as_of=_standing(commitment),
        code=shown(seal.code) if seal.code else "",
        check_page=check_page(public_address),
        qr=address_of(seal.code, public_address) if seal.code else "",
        digest=commitment.digest or "",
        log=seal.log,
    )


def _standing(commitment: Commitment) -> str:
    """What the foot says of a text that nobody signs: not frozen yet, or taken back."""
    if commitment.status is CommitmentStatus.WITHDRAWN:
        return WITHDRAWN
    return "" if commitment.digest else DRAFT


def _place_and_date(place: str, dated_on: date | None) -> str:
    if dated_on is None:
        return f"{place}, ngày      tháng      năm"
    return f"{place}, {long_date(dated_on)}"


def _preamble(campaign: Mapping[str, Any], unit: str) -> str:
    theme = f" với chủ đề “{campaign['theme']}”" if campaign["theme"] else ""
    title = campaign["title"][:1].lower() + campaign["title"][1:]
    return f"Hưởng ứng {title}{theme}, {unit} cam kết thực hiện các nội dung sau:"


def _signing(signatories: Sequence[Signatory]) -> SigningSide:
    return SigningSide(
        tuple(
            Signature(
                on_behalf=said.on_behalf,
                posts=tuple(line for post in said.posts for line in post_lines(post)),
                name=said.name,
                confirmation=said.confirmation,
            )
            for said in map(signed_as, signatories)
        ),
        title="Đơn vị cam kết",
    )


def _witness(witness: Mapping[str, str]) -> SigningSide | None:
    if not witness["post"]:
        return None
    return SigningSide(
        (Signature(posts=post_lines(witness["post"]), name=witness["name"]),), title="Bên chứng kiến"
    )


def _basis(basis: Mapping[str, Any]) -> dict[str, Any]:
    return {**basis, "issued_on": _day(basis["issued_on"])}


def _task(task: Mapping[str, Any]) -> TaskLine:
    return TaskLine(
        number=task["number"],
        title=task["title"],
        lead=task["lead_unit_name"],
        cooperating=", ".join(task["cooperating_names"]),
        product=task["product"],
        start_on=date.fromisoformat(str(task["start_on"])),
        due_on=date.fromisoformat(str(task["due_on"])),
        indicators=tuple(
            IndicatorLine(
                label=one["label"],
                target=Decimal(str(one["target"])),
                measure=one["measure"],
                at_most=one["direction"] == Direction.DOWN,
            )
            for one in task["indicators"]
        ),
    )


def _day(value: date | str | None) -> date | None:
    return date.fromisoformat(value) if isinstance(value, str) else value
