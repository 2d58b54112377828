"""The sentences of a report that fill themselves: each says figures of the board, and nothing else.

Each has a key that stays the same over refreshes, so that what a clerk writes behind it stays with it. Counts in prose
have two digits ("05 khu phố"); where there is nothing to say, the section says so itself.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from pledges.campaigns.models import Campaign
from pledges.core.clock import day_of
from pledges.core.dates import format_date
from pledges.core.numbers import two_digits
from pledges.documents.drafting.rules import Scope
from pledges.documents.sheets.draft import Piece
from pledges.documents.sheets.paper import Paragraph
from pledges.overview import wording
from pledges.overview.board import Board
from pledges.overview.needs import Needy
from pledges.overview.rules import Row
from pledges.progress.ledger import PeriodFacts
from pledges.progress.means import Mean
from pledges.progress.obstacles.models import Obstacle
from pledges.progress.states import NEEDS_ATTENTION, TaskState

SOON = timedelta(days=30)
Pieces = tuple[Piece, ...]
_REACHED = (TaskState.EXCEEDED, TaskState.DONE)


class ReportProse:
    """The sentences of one report, section by section.

    `board` holds what the `scope` speaks of; `before` is how the same stood before the period began, where the scope
    has one.
    """

    def __init__(
        self,
        campaign: Campaign,
        board: Board,
        decided: Sequence[Obstacle] = (),
        scope: Scope | None = None,
        before: Mean | None = None,
    ) -> None:
        self.campaign = campaign
        self.board = board
        self.decided = decided
        self.scope = scope or Scope(board.as_of)
        self.before = before
        self.day = format_date(board.as_of)

    def opening(self, subject: str) -> Pieces:
        """Who reports on what, as of when."""
        said = f"{self.campaign.owner.name} báo cáo {subject} tính đến ngày {self.day} như sau:"
        return _pieces([("opening", said)])

    def guidance(self) -> Pieces:
        """I: the launch, the theme, and the list."""
        campaign, said = self.campaign, []
        if campaign.launched_on is not None and campaign.launched_on <= self.board.as_of:
            place = f" tại {campaign.launch_place}" if campaign.launch_place else ""
            event = f"{campaign.owner.name} tổ chức {campaign.launch_event}"
            what = event if campaign.launch_event else "phong trào được phát động"
            said.append(("launch", f"Ngày {format_date(campaign.launched_on)}, {what}{place}."))
        if campaign.theme:
            said.append(("theme", f"Chủ đề của phong trào: “{campaign.theme}”."))
        if campaign.movements:
            names = "; ".join(f"“{movement.name}”" for movement in campaign.movements)
            said.append(("movements", f"Phong trào gắn với các cuộc vận động: {names}."))
        return _pieces(said)

    def totals(self) -> Pieces:
        """II.1: registration, signatures, progress, states, reports."""
        board = self.board
        mean = board.mean
        registered = self._registered()
        pledging = len(board.pledging_units)
        signed = f"; {self._of(len(board.signed_units), pledging)} đơn vị đã ký cam kết" if pledging else ""
        counted = f"{two_digits(mean.tasks)} phần việc, {two_digits(mean.with_figures)} phần việc có số liệu"
        said = [
            ("registered", f"Tính đến ngày {self.day}, có {registered}{signed}."),
            ("mean", f"Tiến độ chung {wording.of_mean(mean)} ({counted})."),
        ]
        if self.scope.period is not None and self.before is not None and mean.with_figures:
            said.append(("period", self._since(self.scope.period, self.before)))
        if board.counts:
            counts = "; ".join(f"{two_digits(count)} {state.label.lower()}" for state, count in board.counts)
            said.append(("states", f"Về tình trạng phần việc: {counts}."))
        said += self._last_reports()
        return _pieces(said)

    def _last_reports(self) -> list[tuple[str, str]]:
        """The reports of the scope's period, else of the last that fell due."""
        found = self.board.disciplines
        if self.scope.period is not None:
            found = tuple(one for one in found if one.period.id == self.scope.period.id)
        if not found:
            return []
        period, counts = found[-1].period, found[-1].counts
        if not counts.expected:
            return []
        received = f"{self._of(counts.received, counts.expected)} báo cáo"
        in_time = f"{two_digits(counts.on_time)} báo cáo đúng hạn"
        return [("reports", f"Báo cáo {wording.month(period)}: đã nhận {received}, trong đó {in_time}.")]

    def _since(self, period: PeriodFacts, before: Mean) -> str:
        """How far the mean came within the period."""
        was, now = wording.share(before.progress), wording.share(self.board.mean.progress)
        if was == now:
            return f"Trong {period.label}, tiến độ chung giữ ở mức {now}."
        if before.progress is None:
            return f"Đến hết {period.label}, tiến độ chung đạt {now}; trước đó chưa có số liệu."
        rose = (self.board.mean.progress or 0) > before.progress
        moved = f"tăng từ {was} lên {now}" if rose else f"giảm từ {was} xuống {now}"
        return f"Trong {period.label}, tiến độ chung {moved}."

    def _registered(self) -> str:
        """How many tasks stand in the list, of those expected; what was added beyond them is said apart."""
        tally = self.board.tally
        figure = self._of(tally.counted, tally.of) if tally.of else two_digits(tally.counted)
        added = f" và {two_digits(tally.added)} phần việc đăng ký bổ sung" if tally.added else ""
        return f"{figure} phần việc được đăng ký{added}"

    def notable(self) -> Pieces:
        """II.3: the tasks that reached every target in time, those that passed one first."""
        found = [row for state in _REACHED for row in self.board.rows if row.state is state]
        return _pieces(
            (f"notable:{row.card.number}", f"- {_named(row)}: {row.state.label.lower()}; {_results(row)}.")
            for row in found
        )

    def strengths(self) -> Pieces:
        """III.1: what went well, in figures."""
        board = self.board
        done = [row for row in board.rows if row.state in (*_REACHED, TaskState.DONE_LATE)]
        on_track = [row for row in board.rows if row.state is TaskState.ON_TRACK]
        said = []
        if done:
            share = self._of(len(done), board.registered)
            said.append(("done", f"Có {share} phần việc đã hoàn thành mọi chỉ tiêu đăng ký."))
        if on_track:
            share = self._of(len(on_track), board.registered)
            said.append(("on_track", f"Có {share} phần việc đang thực hiện đúng tiến độ."))
        ahead = [group.title for group in board.blocks if _ahead(group.mean)]
        if ahead and self.scope.whole:
            said.append(("ahead", f"Tiến độ đạt hoặc vượt kế hoạch đến ngày báo cáo: {'; '.join(ahead)}."))
        return _pieces(said)

    def shortcomings(self) -> Pieces:
        """III.2: the tasks that need attention, each with its reason in figures."""
        grave = [one for one in self.board.needs if one.state in NEEDS_ATTENTION]
        return _pieces(
            (f"shortcomings:{one.row.card.number}", f"- {_named(one.row)}: {self._reason(one)}")
            for one in grave
        )

    def causes(self) -> Pieces:
        """III.3: the obstacles that wait for a decision, and those decided on whose task is still in trouble."""
        return _pieces(self._causes())

    def _causes(self) -> Iterator[tuple[str, str]]:
        for row in self.board.rows:
            told = [(one.raised_on, one.id, one.text, "") for one in row.obstacles]
            if row.state in NEEDS_ATTENTION:
                told += [
                    (day_of(one.raised_at), one.id, one.text, _decision(one))
                    for one in self.decided
                    if one.report.task_id == row.facts.id
                ]
            for _raised, number, text, decision in sorted(told):
                yield f"causes:{row.card.number}:{number}", f"- {_named(row)}: {_inline(text)}{decision}."

    def directions(self) -> Pieces:
        """IV: what follows from the figures: whom to urge, what falls due, what waits for a decision."""
        board, said = self.board, []
        late = [one.row for one in board.needs if one.state in NEEDS_ATTENTION]
        if late:
            units = "; ".join(dict.fromkeys(row.card.lead.name for row in late))
            urged = f"Đôn đốc các đơn vị có phần việc quá hạn, chậm, có nguy cơ hoặc không báo cáo: {units}."
            said.append(("urge", urged))
        soon = [
            f"phần việc số {row.card.number} ({format_date(row.due_on)})"
            for row in sorted(board.rows, key=lambda row: (row.due_on, row.card.number))
            if row.standing.reached_on is None and board.as_of <= row.due_on <= board.as_of + SOON
        ]
        if soon:
            due = f"Tập trung hoàn thành các phần việc đến hạn trong 30 ngày tới: {'; '.join(soon)}."
            said.append(("soon", due))
        if board.obstacles:
            waits = (
                f"Xem xét, quyết định {two_digits(len(board.obstacles))} khó khăn, vướng mắc đang chờ, "
                f"lâu nhất {board.oldest_days} ngày."
            )
            said.append(("decide", waits))
        return _pieces(said)

    def proposals(self) -> Pieces:
        """V: what the units ask for."""
        return _pieces(
            (f"proposals:{row.card.number}:{one.id}", f"- {row.card.lead.name}: {_inline(one.request)}.")
            for row in self.board.rows
            for one in row.obstacles
            if one.request
        )

    def _reason(self, one: Needy) -> str:
        return one.reason(f"ngày {self.day}")

    @staticmethod
    def _of(part: int, whole: int) -> str:
        return f"{two_digits(part)}/{two_digits(whole)}"


def _pieces(said: Iterable[tuple[str, str]]) -> Pieces:
    return tuple(Piece(key, Paragraph(text)) for key, text in said)


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
