"""What the address of an ask page says: the day, the period, the year, the block; and the items that this leaves."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flask import request

from pledges.access.roles import Actor
from pledges.campaigns.models import Campaign
from pledges.core import as_of, clock
from pledges.core.as_of import AsOf
from pledges.core.database import db
from pledges.core.dates import format_date
from pledges.core.filters import Question, Wishes, same
from pledges.documents.asked import since_it_began
from pledges.documents.packs import queries
from pledges.documents.packs.offering import Choice, items_of
from pledges.documents.packs.operations import PackEntry
from pledges.documents.packs.rules import Asked, Binding, Item, PackKind
from pledges.documents.rules import NUMBERED, PaperKind
from pledges.progress.models import Period
from pledges.progress.queries import begun

PERIOD, FILLED, WHICH, YEAR, KIND, BLOCK = "ky", "mau", "ban", "nam", "loai", "khoi"
BLANK, WAITING, ACCEPTED = "trong", "cho-ky", "da-duyet"


@dataclass(frozen=True)
class Asking:
    """What a pack may be made of, as the address asks: its items, and the questions that narrow them."""

    kind: PackKind
    campaign: Campaign
    choice: Choice
    wishes: Wishes
    items: tuple[Item, ...]
    day: AsOf

    @property
    def dated(self) -> bool:
        """Whether the papers speak of a day."""
        return self.kind is PackKind.UNIT_REPORTS

    @property
    def size(self) -> int:
        """The bytes of all items that are ticked to begin with, where they are known."""
        return sum(item.size for item in self.items if item.taken)

    @property
    def papers(self) -> int:
        """How many pieces the items come to that are ticked to begin with."""
        return sum(item.papers for item in self.items if item.taken)

    @property
    def left_out(self) -> int:
        """How many items are not ticked to begin with."""
        return sum(not item.taken for item in self.items)

    @property
    def name(self) -> str:
        """What the pack is called."""
        choice, period = self.choice, self.choice.period
        said = {
            PackKind.COMMITMENTS: "Bản cam kết của các đơn vị",
            PackKind.UNIT_REPORTS: f"Báo cáo của từng đơn vị đến ngày {format_date(choice.as_of)}",
            PackKind.REPORT_FORMS: f"Phiếu báo cáo {'trống ' * choice.blank}{period.label if period else ''}",
            PackKind.ISSUED: f"Văn bản đã phát hành năm {choice.year}",
            PackKind.EVIDENCE: f"Minh chứng {self.campaign.code} {period.label if period else ''}",
        }[self.kind]
        return said.strip()

    def entry(self, items: Sequence[Item], binding: Binding, *, duplex: bool) -> PackEntry:
        """The pack of these items."""
        choice = self.choice
        asked = Asked(
            today=choice.today,
            items=tuple(item.id for item in items),
            as_of=choice.as_of if self.dated else None,
            period_id=choice.period.id if choice.period is not None else None,
            blank=choice.blank,
            accepted=choice.accepted,
            duplex=duplex and binding is Binding.PDF,
        )
        total = sum(item.papers for item in items)
        return PackEntry(kind=self.kind, binding=binding, asked=asked, name=self.name, total=total)


def asking(kind: PackKind, campaign: Campaign, actor: Actor) -> Asking:
    """What the address asks of a pack."""
    session, day = db.session(), since_it_began(as_of.requested(), campaign)
    periods = list(session.scalars(begun(campaign.id, clock.today())))
    years = list(session.scalars(queries.years_issued(campaign.id, actor))) if kind is PackKind.ISSUED else []
    wishes = Wishes.read(request.args, "", *_questions(kind, periods, years))
    choice = _choice(kind, wishes, periods, years, day)
    found = items_of(session, campaign, actor, kind, choice)
    blocks = Question(BLOCK, "Khối", same(item.group for item in found))
    wishes = Wishes.read(request.args, "", *wishes.questions, *([] if kind is PackKind.ISSUED else [blocks]))
    items = tuple(item for item in found if wishes[BLOCK] in {"", item.group})
    return Asking(kind, campaign, choice, wishes, items, day)


def _questions(kind: PackKind, periods: Sequence[Period], years: Sequence[int]) -> Iterator[Question]:
    if kind is PackKind.COMMITMENTS:
        yield Question(WHICH, "Bản", {"": "Chờ ký và đã ký", WAITING: "Chỉ bản chờ ký"}, covers=False)
    if kind is PackKind.REPORT_FORMS:
        newest = {str(one.id): one.label for one in reversed(periods)}
        yield Question(PERIOD, "Kỳ báo cáo", _first_is_meant(newest), narrows=False)
        yield Question(FILLED, "Mẫu", {"": "Điền sẵn", BLANK: "Để trống"}, narrows=False)
    if kind is PackKind.EVIDENCE:
        yield Question(
            PERIOD, "Kỳ báo cáo", {"": "Mọi kỳ"} | {str(one.id): one.label for one in reversed(periods)}
        )
        yield Question(
            WHICH, "Báo cáo", {"": "Mọi báo cáo đã gửi", ACCEPTED: "Chỉ báo cáo đã duyệt"}, covers=False
        )
    if kind is PackKind.ISSUED:
        yield Question(YEAR, "Năm", _first_is_meant({str(year): str(year) for year in years}), narrows=False)
        yield Question(KIND, "Loại", {one.value: one.label for one in PaperKind if one in NUMBERED})


def _first_is_meant(answers: dict[str, str]) -> dict[str, str]:
    """The answers, the first of which is what an address without one means."""
    first = next(iter(answers), None)
    return {"" if answer == first else answer: words for answer, words in answers.items()} or {"": "Chưa có"}


def _choice(
    kind: PackKind, wishes: Wishes, periods: Sequence[Period], years: Sequence[int], day: AsOf
) -> Choice:
    by_id = {str(one.id): one for one in periods}
    default = periods[-1] if periods and kind is PackKind.REPORT_FORMS else None
    paper = wishes[KIND]
    return Choice(
        today=clock.today(),
        as_of=day.day,
        period=by_id.get(wishes[PERIOD], default),
        blank=wishes[FILLED] == BLANK,
        waiting=wishes[WHICH] == WAITING,
        accepted=wishes[WHICH] == ACCEPTED,
        year=int(wishes[YEAR]) if wishes[YEAR] else next(iter(years), None),
        paper=PaperKind(paper) if paper else None,
    )
