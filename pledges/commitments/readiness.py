"""Điều kiện để chốt và ký: what a unit's commitment still lacks, by one rule for every page and for freezing itself.

Works on rows that are loaded: it asks the database nothing, so that a board of all units costs no query more.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from pledges.campaigns.models import Campaign
from pledges.campaigns.terms import in_braces
from pledges.commitments.models import Commitment, Signatory
from pledges.commitments.rules import CommitmentStatus
from pledges.commitments.unit_tasks import UnitTasks
from pledges.core.numbers import two_digits
from pledges.tasks.rules import TaskStatus
from pledges.units.models import Unit


@dataclass(frozen=True)
class Link:
    """Where a gap is mended: an endpoint with its arguments, and the part of its page."""

    endpoint: str
    arguments: Mapping[str, Any] = field(default_factory=dict)
    anchor: str | None = None


@dataclass(frozen=True)
class Gap:
    """Điều còn thiếu: in words; nothing is frozen while it `stops`, any other is only to be known."""

    words: str
    link: Link
    stops: bool = True

    @property
    def sentence(self) -> str:
        """The words as a line of their own."""
        return self.words[:1].upper() + self.words[1:]


@dataclass(frozen=True)
class UnitReadiness:
    """What a unit's commitment lacks before it is frozen and signed."""

    gaps: tuple[Gap, ...] = ()

    @property
    def missing(self) -> tuple[Gap, ...]:
        """What must be there before anything is frozen."""
        return tuple(gap for gap in self.gaps if gap.stops)

    @property
    def remarks(self) -> tuple[Gap, ...]:
        """What is to be known, and stops nothing."""
        return tuple(gap for gap in self.gaps if not gap.stops)

    @property
    def complete(self) -> bool:
        """Whether the commitment can be frozen as it is."""
        return not self.missing

    @property
    def words(self) -> str:
        """In one line: "Đã đủ", or what is missing."""
        return f"Còn thiếu: {'; '.join(gap.words for gap in self.missing)}" if self.missing else "Đã đủ"


def readiness_of(campaign: Campaign, unit: Unit, draft: Commitment | None, tasks: UnitTasks) -> UnitReadiness:
    """What the unit lacks; `draft` is its commitment under way, `tasks` what it leads.

    A commitment that is frozen or signed lacks nothing any more.
    """
    if draft is not None and draft.status is not CommitmentStatus.DRAFT:
        return UnitReadiness()
    gaps = list(_of_tasks(campaign, unit, tasks))
    if draft is None:
        place = {"campaign_id": campaign.id, "unit_id": unit.id}
        gaps.append(Gap("chưa soạn bản cam kết", Link("commitments.prepare", place)))
    else:
        gaps.extend(_of_text(draft))
        gaps.extend(_of_signatories(draft))
    return UnitReadiness(tuple(gaps))


def _of_tasks(campaign: Campaign, unit: Unit, tasks: UnitTasks) -> Iterator[Gap]:
    listed = {"phong-trao": campaign.id, "don-vi": unit.id}
    if not tasks.registered:
        yield Gap("chưa có phần việc được duyệt", Link("tasks.listing", listed))
    if tasks.waiting:
        asked = listed | {"tinh-trang": TaskStatus.SUBMITTED.value}
        yield Gap(
            f"{two_digits(tasks.waiting)} phần việc chờ duyệt", Link("tasks.listing", asked), stops=False
        )
    if tasks.amendments:
        words = f"{two_digits(tasks.amendments)} đề nghị điều chỉnh chờ duyệt"
        yield Gap(words, Link("tasks.listing", listed), stops=False)


def _of_text(draft: Commitment) -> Iterator[Gap]:
    if not draft.place:
        yield Gap("chưa ghi địa danh", _in_form(draft, "place"))
    if not draft.dated_on:
        yield Gap("chưa ghi ngày, sẽ ghi tay khi ký", _in_form(draft, "dated_on"), stops=False)
    if not draft.witness and not draft.witness_post:
        yield Gap("chưa ghi bên chứng kiến", _in_form(draft, "witness"), stops=False)
    if not draft.terms.strip():
        yield Gap("chưa có điều khoản chung", _in_form(draft, "terms"))
    elif left := in_braces(draft.terms):
        yield Gap(f"điều khoản chung chưa điền {', '.join(left)}", _in_form(draft, "terms"))
    if draft.copies < 1:
        yield Gap("chưa ghi số bản", _in_form(draft, "copies"))


def _of_signatories(draft: Commitment) -> Iterator[Gap]:
    place = _in_form(draft, "nguoi-ky")
    if not draft.signatories:
        yield Gap("chưa có người ký", place)
    for one in draft.signatories:
        if not one.post:
            yield Gap(f"người ký thứ {one.position} chưa ghi chức vụ", place)
    on_paper = [_named(one) for one in draft.signatories if one.account_id is None and one.post]
    if on_paper:
        yield Gap(f"chỉ ký trên giấy: {'; '.join(on_paper)}", place, stops=False)


def _named(one: Signatory) -> str:
    return one.label if one.name else f"{one.post} (chưa ghi họ tên)"


def _in_form(draft: Commitment, part: str) -> Link:
    return Link("commitments.edit", {"commitment_id": draft.id}, part)
