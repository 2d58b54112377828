"""The sentences of a progress report that fill themselves: each says figures of the board, and nothing else.

Counts in prose have two digits ("05 khu phố"); where there is nothing to say, the section says so itself.
"""

from collections.abc import Iterator, Sequence
from datetime import timedelta

from pledges.campaigns.models import Campaign
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.needs import Needy
from pledges.overview.rules import Row
from pledges.progress.means import Mean
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.states import NEEDS_ATTENTION, TaskState

SOON = timedelta(days=30)
_REACHED = (TaskState.EXCEEDED, TaskState.DONE)


class Prose:
    """The prose of one report; each part is a tuple of paragraphs."""

    def __init__(self, campaign: Campaign, board: Board, decided: Sequence[Obstacle] = ()) -> None:
        self.campaign = campaign
        self.board = board
        self.decided = decided
        self.day = format_date(board.as_of)

    def opening(self) -> tuple[str, ...]:
        """Who reports what, as of when."""
        title = self.campaign.title[:1].lower() + self.campaign.title[1:]
        return (
            f"{self.campaign.owner.name} báo cáo kết quả thực hiện {title} tính đến ngày {self.day} như sau:",
        )

    def guidance(self) -> tuple[str, ...]:
        """I: the launch, the theme, and the list."""
        campaign, said = self.campaign, []
        if campaign.launched_on is not None and campaign.launched_on <= self.board.as_of:
            place = f" tại {campaign.launch_place}" if campaign.launch_place else ""
            event = f"{campaign.owner.name} tổ chức {campaign.launch_event}"
            what = event if campaign.launch_event else "phong trào được phát động"
            said.append(f"Ngày {format_date(campaign.launched_on)}, {what}{place}.")
        if campaign.theme:
            said.append(f"Chủ đề của phong trào: “{campaign.theme}”.")
        if campaign.movements:
            names = "; ".join(f"“{movement.name}”" for movement in campaign.movements)
            said.append(f"Phong trào gắn với các cuộc vận động: {names}.")
        return tuple(said)

    def totals(self) -> tuple[str, ...]:
        """II.1: registration, signatures, progress, states, reports."""
        board = self.board
        mean = board.mean
        registered = self._registered()
        signed = self._of(len(board.signed_units), len(board.pledging_units))
        counted = f"{two_digits(mean.tasks)} phần việc, {two_digits(mean.with_figures)} phần việc có số liệu"
        reached, planned = wording.share(mean.progress), wording.share(mean.expected)
        said = [
            f"Tính đến ngày {self.day}, có {registered}; {signed} đơn vị đã ký cam kết.",
            f"Tiến độ chung đạt {reached}, kế hoạch đến cùng ngày là {planned} ({counted}).",
        ]
        if board.counts:
            counts = "; ".join(f"{two_digits(count)} {state.label.lower()}" for state, count in board.counts)
            said.append(f"Về tình trạng phần việc: {counts}.")
        if board.disciplines:
            last = board.disciplines[-1]
            said.append(
                f"Báo cáo {wording.month(last.period)}: đã nhận "
                f"{self._of(last.counts.received, last.counts.expected)} báo cáo, trong đó "
                f"{two_digits(last.counts.on_time)} báo cáo đúng hạn."
            )
        return tuple(said)

    def _registered(self) -> str:
        """How many tasks stand in the list, of those expected; what was added beyond them is said apart."""
        tally = self.board.tally
        figure = self._of(tally.counted, tally.of) if tally.of else two_digits(tally.counted)
        added = f" và {two_digits(tally.added)} phần việc đăng ký bổ sung" if tally.added else ""
        return f"{figure} phần việc được đăng ký{added}"

    def notable(self) -> tuple[str, ...]:
        """II.3: the tasks that reached every target in time, those that passed one first."""
        found = [row for state in _REACHED for row in self.board.rows if row.state is state]
        return tuple(f"- {_named(row)}: {row.state.label.lower()}; {_results(row)}." for row in found)

    def strengths(self) -> tuple[str, ...]:
        """III.1: what went well, in figures."""
        board = self.board
        done = [row for row in board.rows if row.state in (*_REACHED, TaskState.DONE_LATE)]
        on_track = [row for row in board.rows if row.state is TaskState.ON_TRACK]
        said = []
        if done:
            said.append(
                f"Có {self._of(len(done), board.registered)} phần việc đã hoàn thành mọi chỉ tiêu đăng ký."
            )
        if on_track:
            said.append(
                f"Có {self._of(len(on_track), board.registered)} phần việc đang thực hiện đúng tiến độ."
            )
        ahead = [group.title for group in board.blocks if _ahead(group.mean)]
        if ahead:
            said.append(f"Tiến độ đạt hoặc vượt kế hoạch đến ngày báo cáo: {'; '.join(ahead)}.")
        return tuple(said)

    def shortcomings(self) -> tuple[str, ...]:
        """III.2: the tasks that need attention, each with its reason in figures."""
        grave = [one for one in self.board.needs if one.state in NEEDS_ATTENTION]
        return tuple(f"- {_named(one.row)}: {self._reason(one)}" for one in grave)

    def causes(self) -> tuple[str, ...]:
        """III.3: the obstacles that wait for a decision, and those decided on whose task is still in trouble."""
        return tuple(self._causes())

    def _causes(self) -> Iterator[str]:
        for row in self.board.rows:
            told = [(one.raised_on, one.id, one.text, "") for one in row.obstacles]
            if row.state in NEEDS_ATTENTION:
                told += [
                    (day_of(one.raised_at), one.id, one.text, _decision(one))
                    for one in self.decided
                    if one.report.task_id == row.facts.id
                ]
            for _raised, _number, text, decision in sorted(told):
                yield f"- {_named(row)}: {_inline(text)}{decision}."

    def directions(self) -> tuple[str, ...]:
        """IV: what follows from the figures: whom to urge, what falls due, what waits for a decision."""
        board, said = self.board, []
        late = [one.row for one in board.needs if one.state in NEEDS_ATTENTION]
        if late:
            units = "; ".join(dict.fromkeys(row.card.lead.name for row in late))
            said.append(
                f"Đôn đốc các đơn vị có phần việc quá hạn, chậm, có nguy cơ hoặc không báo cáo: {units}."
            )
        soon = [
            f"phần việc số {row.card.number} ({format_date(row.due_on)})"
            for row in sorted(board.rows, key=lambda row: (row.due_on, row.card.number))
            if row.standing.reached_on is None and board.as_of <= row.due_on <= board.as_of + SOON
        ]
        if soon:
            said.append(f"Tập trung hoàn thành các phần việc đến hạn trong 30 ngày tới: {'; '.join(soon)}.")
        if board.obstacles:
            said.append(
                f"Xem xét, quyết định {two_digits(len(board.obstacles))} khó khăn, vướng mắc đang chờ, "
                f"lâu nhất {board.oldest_days} ngày."
            )
        return tuple(said)

    def proposals(self) -> tuple[str, ...]:
        """V: what the units ask for."""
        return tuple(
            f"- {row.card.lead.name}: {one.request.rstrip('. ')}."
            for row in self.board.rows
            for one in row.obstacles
            if one.request
        )

    def _reason(self, one: Needy) -> str:
        return one.reason(f"ngày {self.day}")

    @staticmethod
    def _of(part: int, whole: int) -> str:
        return f"{two_digits(part)}/{two_digits(whole)}"


def _named(row: Row) -> str:
    return f"Phần việc số {row.card.number}, {row.card.title} ({row.card.lead.name})"


def _decision(one: Obstacle) -> str:
    assert one.decision is not None  # noqa: S101 - asked of those decided on
    assert one.decided_at is not None  # noqa: S101
    day = format_date(day_of(one.decided_at))
    return f"; lãnh đạo đã quyết định ngày {day}: {one.decision.label.lower()} ({_inline(one.reason)})"


def _inline(text: str) -> str:
    return " ".join(text.split()).rstrip(". ")


def _results(row: Row) -> str:
    return "; ".join(wording.result(one) for one in row.standing.indicators)


def _ahead(mean: Mean) -> bool:
    return mean.progress is not None and mean.expected is not None and mean.progress >= mean.expected
