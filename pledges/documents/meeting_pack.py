"""The sheet of a meeting's pack, from its agenda: page and paper say the same by construction."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from pledges.core.dates import format_date, long_date
from pledges.core.numbers import two_digits
from pledges.documents.headings import heading_of
from pledges.documents.sheets.meeting_pack import (
    Decided,
    MeetingPackSheet,
    Moved,
    TaskState,
    ToDiscuss,
    UnitBlock,
    UnitPage,
)
from pledges.documents.sheets.paper import Foot
from pledges.followups.models import FollowUp
from pledges.overview import wording
from pledges.overview.comparing import Change
from pledges.overview.meetings.agenda import Agenda
from pledges.overview.rules import Group, Row
from pledges.progress.means import mean_of
from pledges.tasks.assigning.models import Assignment
from pledges.tasks.assigning.rules import Duty

_SHORT = {Duty.RESPONSIBLE: "Phụ trách", Duty.SUPERVISING: "Theo dõi"}


def sheet_of(
    agenda: Agenda, assignments: Iterable[Assignment], follow_ups: Iterable[FollowUp], today: date
) -> MeetingPackSheet:
    """The pack as of the agenda's day; `follow_ups` are those open in the campaign on it."""
    return _Maker(agenda, tuple(assignments), tuple(follow_ups)).sheet(today)


@dataclass(frozen=True)
class _Maker:
    """Puts an agenda into words."""

    agenda: Agenda
    assignments: tuple[Assignment, ...]
    follow_ups: tuple[FollowUp, ...]

    def sheet(self, today: date) -> MeetingPackSheet:
        agenda = self.agenda
        meeting, campaign = agenda.meeting, agenda.meeting.campaign
        needs = (
            ToDiscuss(_named(one.row), one.row.card.lead.name, one.reason(self.until)) for one in agenda.needs
        )
        return MeetingPackSheet(
            heading=heading_of(campaign, meeting.held_on),
            title=meeting.title,
            opening=tuple(self._opening()),
            since=self._since(),
            followed=tuple(map(self._decided, agenda.followed)),
            overdue=tuple(map(self._decided, agenda.others)),
            needs=tuple(needs),
            obstacles=tuple(self._obstacles()),
            explanations=tuple(self._explanations()),
            reports=tuple(self._reports()),
            changes=tuple(_moved(one) for one in agenda.since.changed) if agenda.since else (),
            decided=tuple(map(self._decided, agenda.decided)),
            blocks=tuple(self._blocks()),
            chair=meeting.chair,
            secretary=meeting.secretary,
            attached_to=f"(Kèm theo Tài liệu họp {long_date(meeting.held_on)})",
            foot=Foot(
                illustrative=campaign.illustrative,
                as_of=f"Số liệu tính đến ngày {format_date(agenda.day)}; in ngày {format_date(today)}",
            ),
        )

    @property
    def until(self) -> str:
        return f"ngày {format_date(self.agenda.day)}"

    def _opening(self) -> Iterator[str]:
        agenda, meeting = self.agenda, self.agenda.meeting
        place = f", {meeting.place}" if meeting.place else ""
        yield f"Thời gian, địa điểm: ngày {format_date(meeting.held_on)}{place}."
        board = agenda.board
        mean = board.mean
        signed = f"{two_digits(len(board.signed_units))}/{two_digits(len(board.pledging_units))} đơn vị đã ký cam kết"
        yield (
            f"Đến {self.until}: {board.tally.counted}/{board.tally.of} phần việc đã đăng ký; {signed}; tiến độ chung "
            f"đạt {wording.share(mean.progress)}, kế hoạch {wording.share(mean.expected)}; "
            f"{two_digits(len(agenda.needs))} phần việc cần bàn; "
            f"{two_digits(len(agenda.obstacles))} vướng mắc chờ quyết định."
        )

    def _since(self) -> str:
        previous = self.agenda.previous
        return "" if previous is None else f"{previous.title}, ngày {format_date(previous.held_on)}."

    def _decided(self, one: FollowUp) -> Decided:
        due = format_date(one.due_on) if one.due_on is not None else ""
        standing = one.standing(self.agenda.day).label
        said = one.outcome and not one.open_on(self.agenda.day)
        outcome = f"{standing}: {one.outcome}" if said else standing
        if late := one.days_overdue(self.agenda.day):
            outcome = f"{standing} {late} ngày"
        return Decided(one.text, one.owner_words, due, outcome)

    def _obstacles(self) -> Iterator[ToDiscuss]:
        for row, one in self.agenda.obstacles:
            asked = f" {one.request_words}" if one.request else ""
            waited = one.days(self.agenda.day)
            why = (f"Đã chờ {waited} ngày." if waited else "Mới nêu.") + asked
            yield ToDiscuss(f"{_bare(one.text)} (phần việc {row.card.number})", row.card.lead.name, why)

    def _explanations(self) -> Iterator[ToDiscuss]:
        for one in self.agenda.explanations:
            task = one.indicator.task
            late = ", đã quá hạn" if one.answer_by < self.agenda.day else ""
            label, due = wording.lower_first(one.indicator.label), format_date(one.answer_by)
            why = f"Chỉ tiêu {label}; hạn giải trình {due}{late}."
            yield ToDiscuss(one.question, task.lead_unit.name, why)

    def _reports(self) -> Iterator[str]:
        agenda, period = self.agenda, self.agenda.last_period
        if period is None:
            yield "Chưa kỳ báo cáo nào đến hạn."
            return
        counts = agenda.board.discipline(period)
        said = (
            f"Báo cáo {wording.month(period)}: đã nhận {two_digits(counts.received)}/{two_digits(counts.expected)}, "
            f"đúng hạn {two_digits(counts.on_time)}"
        )
        if counts.excused:
            said += f", được miễn {two_digits(counts.excused)}"
        yield f"{said}."
        if agenda.missing:
            late = "; ".join(
                f"phần việc {row.card.number} ({row.card.lead.short_name})" for row in agenda.missing
            )
            yield f"Chưa có báo cáo: {late}."
        if agenda.waiting:
            yield f"Báo cáo chờ duyệt: {two_digits(len(agenda.waiting))} phần việc."
        if not agenda.explanations:
            yield "Không có yêu cầu giải trình nào chờ trả lời."

    @cached_property
    def _people(self) -> Mapping[int, Mapping[Duty, str]]:
        found: dict[int, dict[Duty, str]] = defaultdict(dict)
        for one in self.assignments:
            found[one.task_id][one.duty] = one.name
        return found

    @cached_property
    def _changes(self) -> Mapping[int, Change]:
        since = self.agenda.since
        return {one.now.card.id: one for one in since.changed} if since is not None else {}

    def _blocks(self) -> Iterator[UnitBlock]:
        units: dict[str, list[Group]] = {}
        for group in self.agenda.board.units:
            rows = tuple(row for row in group.rows if not row.cancelled)
            if rows:
                units.setdefault(rows[0].card.lead.block, []).append(Group(group.title, rows))
        for title, groups in units.items():
            yield UnitBlock(title, tuple(self._page(group) for group in groups))

    def _page(self, group: Group) -> UnitPage:
        unit = group.rows[0].card.lead
        followed = (one for one in self.follow_ups if one.unit_id == unit.id)
        return UnitPage(
            name=group.title,
            summary=self._summary(group),
            tasks=tuple(self._task(row) for row in group.rows),
            obstacles=tuple(
                f"{_bare(one.text)} (phần việc {row.card.number}, đã chờ {one.days(self.agenda.day)} ngày)"
                for row in group.rows
                for one in row.obstacles
            ),
            changes=tuple(
                f"Phần việc {row.card.number}: {_change_words(self._changes[row.card.id])}."
                for row in group.rows
                if row.card.id in self._changes
            ),
            follow_ups=tuple(
                f"{_bare(one.text)}{f', hạn {format_date(one.due_on)}' if one.due_on else ''}"
                f" ({one.standing(self.agenda.day).label.lower()})"
                for one in followed
            ),
        )

    def _summary(self, group: Group) -> str:
        mean = mean_of(row.standing for row in group.rows)
        said = (
            f"{two_digits(len(group.rows))} phần việc; bình quân đạt {wording.share(mean.progress)}, "
            f"kế hoạch đến {self.until} {wording.share(mean.expected)}"
        )
        period = self.agenda.last_period
        cells = [row.cells[-1].cell for row in group.rows if row.cells]
        asked = [cell for cell in cells if cell is not None and cell.expected]
        if period is not None and asked:
            came = sum(not cell.missing for cell in asked)
            said += f". Báo cáo {wording.month(period)}: {two_digits(came)}/{two_digits(len(asked))}"
        return f"{said}."

    def _task(self, row: Row) -> TaskState:
        people = self._people.get(row.card.id, {})
        return TaskState(
            number=str(row.card.number),
            title=row.card.title,
            people="; ".join(f"{_SHORT[duty]}: {people[duty]}" for duty in Duty if duty in people),
            indicators=tuple(_upper_first(wording.result(one)) for one in row.standing.indicators),
            reached=wording.share(row.standing.progress),
            planned=wording.share(row.standing.expected),
            state=row.state.label,
            report=_report_words(row),
        )


def _named(row: Row) -> str:
    return f"{row.card.number}. {row.card.title}"


def _moved(one: Change) -> Moved:
    was = one.was
    if was is None:
        return Moved(_named(one.now), "Chưa có trong danh mục", _stands(one.now))
    return Moved(_named(one.now), _stands(was), _stands(one.now))


def _stands(row: Row) -> str:
    return f"{row.state.label}, {wording.share(row.standing.progress)}"


def _change_words(one: Change) -> str:
    moved = _moved(one)
    return f"{wording.lower_first(moved.was)} → {wording.lower_first(moved.now)}"


def _report_words(row: Row) -> str:
    """How the report for the last period stands."""
    if not row.cells or row.cells[-1].cell is None:
        return ""
    last = row.cells[-1]
    cell = last.cell
    if cell is None or not (cell.expected or cell.excused):
        return ""
    late = ", gửi muộn" if cell.late else ""
    return f"Báo cáo {wording.short_month(last.period)}: {cell.status.label.lower()}{late}"


def _upper_first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _bare(text: str) -> str:
    """A sentence without its last stop, where more follows in the same line."""
    return text.rstrip(" .;,")
