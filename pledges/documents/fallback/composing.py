"""Putting the pack together: per organising unit a cover, then for each campaign that goes on its parts."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import groupby

from sqlalchemy.orm import Session

from pledges.access.roles import Actor, Holding, Role
from pledges.campaigns.models import Campaign
from pledges.campaigns.queries import listed
from pledges.campaigns.rules import OPEN
from pledges.commitments.ceremonies import queries as ceremonies
from pledges.commitments.ceremonies.roll import of_campaign as roll_now
from pledges.commitments.models import Commitment
from pledges.commitments.queries import whole
from pledges.commitments.rules import BrokenSeal, CommitmentStatus
from pledges.core.clock import day_of
from pledges.core.dates import format_date, format_instant
from pledges.core.numbers import two_digits
from pledges.documents.calls.late import late_units
from pledges.documents.calls.sheet import sheet_of as call_sheet
from pledges.documents.fallback.open_tasks import open_units, sheet_of
from pledges.documents.fallback.rules import NAME, Counted, Part, bookmark, is_near
from pledges.documents.headings import heading_of
from pledges.documents.report_forms import blank_form, forms_of, owed_in
from pledges.documents.sheets.fallback_cover import CoverLine, FallbackCoverSheet
from pledges.documents.sheets.pack import Bound
from pledges.documents.sheets.paper import Foot, Sheet
from pledges.documents.sheets.registration_form import RegistrationFormSheet
from pledges.documents.signing_day import called_up, papers_of
from pledges.documents.signing_roll import roll_of
from pledges.progress.models import Period
from pledges.progress.queries import begun
from pledges.units.models import Unit


@dataclass
class Gathered:
    """What was gathered of one campaign; `unprintable` says what had to stay out."""

    campaign: Campaign
    parts: list[Part] = field(default_factory=list)
    unprintable: list[str] = field(default_factory=list)
    counted: Counted = field(default_factory=Counted)


def going_on(session: Session) -> list[Campaign]:
    """The campaigns whose work goes on, those of one organising unit together."""
    found = session.scalars(listed().where(Campaign.status.in_(sorted(OPEN))))
    return sorted(found, key=lambda one: (one.owner.path, one.starts_on, one.id))


def gather(
    session: Session, campaigns: Sequence[Campaign], at: datetime, public_address: str
) -> list[Gathered]:
    """Everything that is printed of each campaign, as it is at the moment."""
    several = len(campaigns) > 1
    return [_Gathering(session, one, at, public_address, several).all() for one in campaigns]


def bound(gathered: Sequence[Gathered], at: datetime, left_out: Iterable[str] = ()) -> list[Bound]:
    """The papers in their order: a cover for each organising unit, and behind it its campaigns."""
    left_out = tuple(left_out)
    found: list[Bound] = []
    for owner, group in groupby(gathered, key=lambda one: one.campaign.owner):
        of_owner = list(group)
        behind = [paper for one in of_owner for part in one.parts for paper in part.papers]
        cover = _cover(owner, of_owner, at, len(found) + 2, left_out)
        found += [Bound(f"Bìa và cách dùng - {owner.name}", cover), *behind]
    return found


def _cover(
    owner: Unit, gathered: Sequence[Gathered], at: datetime, first: int, left_out: tuple[str, ...]
) -> FallbackCoverSheet:
    lines = []
    for one in gathered:
        for part in one.parts:
            last = first + len(part.papers) - 1
            numbers = str(first) if last == first else f"{first}-{last}"
            about = f"{part.about} ({one.campaign.title})" if len(gathered) > 1 else part.about
            lines.append(CoverLine(numbers, part.name, about))
            first = last + 1
    campaign = gathered[0].campaign
    made = format_instant(at)
    return FallbackCoverSheet(
        heading=heading_of(campaign, day_of(at)),
        abstract=campaign.title if len(gathered) == 1 else f"{two_digits(len(gathered))} phong trào thi đua",
        made=f"Lập lúc {made}, số liệu, tên người, điện thoại tại lúc ấy. Đơn vị tổ chức: {owner.name}.",
        lines=tuple(lines),
        left_out=(*(words for one in gathered for words in one.unprintable), *left_out),
        foot=Foot(illustrative=any(one.campaign.illustrative for one in gathered), as_of=f"Lập lúc {made}"),
    )


@dataclass
class _Gathering:
    """The gathering of one campaign."""

    session: Session
    campaign: Campaign
    at: datetime
    public_address: str
    several: bool

    @property
    def today(self) -> date:
        return day_of(self.at)

    @property
    def reader(self) -> Actor:
        """The office itself, with the sight of its clerk: the pack is the same whoever asks for it, or nobody."""
        owner = self.campaign.owner
        return Actor(0, NAME, (Holding(Role.CLERK, owner.id, owner.path, ""),))

    def all(self) -> Gathered:
        gathered = Gathered(self.campaign)
        units = open_units(self.session, self.campaign, self.reader, self.today)
        late = late_units(self.session, self.campaign, self.reader, self.today)
        tasks = sum(len(one.tasks) for one in units)
        gathered.parts = [
            self._one(
                "Phần việc đang thực hiện",
                f"{two_digits(tasks)} phần việc của {two_digits(len(units))} đơn vị: ai phụ trách, chỉ tiêu, số đã "
                "duyệt, báo cáo kế tiếp",
                sheet_of(self.campaign, units, self.today),
            ),
            self._one(
                "Danh sách gọi đôn đốc",
                f"{two_digits(len(late))} đơn vị chậm hoặc sắp đến hạn, với điện thoại",
                call_sheet(self.campaign, late, self.today),
            ),
            *self._forms(),
            *self._blanks(),
            *self._ceremony(gathered),
        ]
        phones = sum(bool(one.phone) for unit in late for one in unit.contacts)
        gathered.counted = Counted(len(units), phones + sum(bool(one.contact) for one in units))
        return gathered

    def _one(self, name: str, about: str, sheet: Sheet) -> Part:
        return Part(name, about, (Bound(self._named(name), sheet),))

    def _named(self, words: str) -> str:
        return bookmark(self.campaign.code, words, several=self.several)

    def _forms(self) -> Iterator[Part]:
        """The forms of the newest period that has begun, of the units that still owe something."""
        period = next(iter(self._begun()), None)
        if period is None:
            return
        forms = owed_in(self.session, self.campaign, period, self.reader, self.today)
        papers = tuple(
            Bound(self._named(f"Phiếu báo cáo {one.bookmark}"), one.sheet)
            for one in forms_of(self.session, forms, self.today)
        )
        if papers:
            about = f"{period.label}, hạn {format_date(period.due_on)}: {two_digits(len(papers))} đơn vị chưa gửi đủ"
            yield Part("Phiếu báo cáo điền sẵn", about, papers)

    def _begun(self) -> list[Period]:
        return list(self.session.scalars(begun(self.campaign.id, self.today)))[::-1]

    def _blanks(self) -> Iterator[Part]:
        period = next(iter(self._begun()), None)
        report = Bound(
            self._named("Phiếu báo cáo trống"), blank_form(self.campaign, self.today, period=period)
        )
        asked = RegistrationFormSheet(
            heading=blank_form(self.campaign, self.today).heading,
            abstract=self.campaign.title,
            foot=Foot(illustrative=self.campaign.illustrative),
        )
        registration = Bound(self._named("Phiếu đăng ký trống"), asked)
        yield Part(
            "Phiếu trống", "báo cáo tiến độ; đăng ký phần việc (phô tô khi cần)", (report, registration)
        )

    def _ceremony(self, gathered: Gathered) -> Iterator[Part]:
        """The roll, and the commitments that wait to be signed, where a ceremony goes on or is near."""
        ceremony = self.session.scalars(ceremonies.open_in(self.campaign.id)).first()
        if ceremony is None and not is_near(self.campaign.launched_on, self.today):
            return
        roll = roll_now(self.session, self.campaign, ceremony)
        sheet = roll_of(self.campaign, roll, ceremony, self.today)
        yield self._one("Danh sách ký", f"{two_digits(len(roll.called))} đơn vị", sheet)
        numbers = called_up(self.session, self.campaign, CommitmentStatus.FROZEN)
        found = {one.id: one for one in self.session.scalars(whole().where(Commitment.id.in_(numbers)))}
        papers: list[Bound] = []
        for number in numbers:
            try:
                papers += papers_of(self.session, [found[number]], self.today, self.public_address)
            except BrokenSeal:
                gathered.unprintable.append(
                    f"bản cam kết {found[number].unit.name}: nội dung không khớp mã SHA-256, báo quản trị"
                )
        if papers:
            named = tuple(Bound(self._named(f"Bản cam kết {one.bookmark}"), one.sheet) for one in papers)
            yield Part("Bản cam kết chờ ký", f"{two_digits(len(papers))} bản", named)
