"""Where the pages of the overview lead: every link says the same day and campaign on."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for

from pledges.access.permissions import Permission, may
from pledges.access.roles import Actor
from pledges.campaigns import selection
from pledges.campaigns.models import Campaign
from pledges.core import as_of
from pledges.core.as_of import AsOf
from pledges.core.text import fold
from pledges.overview.rules import ObstacleFacts, Row, RowCell
from pledges.progress.ledger import PeriodFacts
from pledges.progress.states import IN_ORDER, TaskState

STATE = "tinh-trang"
PAGE = "trang"
GRID = "cac-phan-viec"


def slug(state: TaskState) -> str:
    """The state in an address: "vuot-chi-tieu"."""
    return fold(state.label).replace(" ", "-")


def state_of(text: str) -> TaskState | None:
    """The state that an address names; None for none."""
    return next((state for state in IN_ORDER if slug(state) == text), None)


@dataclass(frozen=True)
class Addresses:
    """The addresses of one reader's overview: `campaigns` are those to choose from."""

    campaign: Campaign
    campaigns: list[Campaign]
    asked: AsOf
    actor: Actor

    @property
    def day(self) -> dict[str, Any]:
        """The day asked for, as links carry it; nothing for today."""
        return {as_of.ARGUMENT: self.asked.argument} if self.asked.argument else {}

    @property
    def chosen(self) -> dict[str, Any]:
        """The campaign, as links carry it; nothing where there is only one."""
        return {selection.ARGUMENT: self.campaign.id} if len(self.campaigns) > 1 else {}

    def url(self, endpoint: str, anchor: str | None = None, **arguments: Any) -> str:
        """An address of the overview, for the same day and campaign."""
        return url_for(endpoint, _anchor=anchor, **arguments, **self.chosen, **self.day)

    def today_url(self, endpoint: str, arguments: Mapping[str, Any]) -> str:
        """The same page for today."""
        return url_for(endpoint, **arguments, **self.chosen)

    def filter_url(self, state: TaskState | None) -> str:
        """The board with the rows of one state, or with all."""
        return self.url("overview.board", GRID, **({STATE: slug(state)} if state else {}))

    def task_url(self, row: Row, period: PeriodFacts | None = None) -> str:
        """The page of a task, at a period."""
        anchor = f"ky-{period.id}" if period else None
        return url_for("progress.task", task_id=row.card.id, _anchor=anchor, **self.day)

    def cell_url(self, row: Row, shown: RowCell) -> str:
        """The proof of a cell: the report, or the task's own page where none was sent."""
        if shown.report_id is not None:
            return url_for("progress.view", report_id=shown.report_id)
        return self.task_url(row, shown.period)

    @property
    def report_url(self) -> str:
        """The progress report on paper, for the same day."""
        named: dict[str, Any] = {selection.ARGUMENT: self.campaign.id}
        return url_for("documents.progress_report", **named, **self.day)

    @property
    def commitments_url(self) -> str:
        """The commitments of the campaign."""
        named: dict[str, Any] = {selection.ARGUMENT: self.campaign.id}
        return url_for("commitments.listing", **named)

    @property
    def decides(self) -> bool:
        """Whether the reader decides on obstacles, and they are those of today."""
        subject = self.campaign.subject()
        return not self.asked.argument and may(self.actor, Permission.DECIDE_OBSTACLE, subject)

    def obstacle_url(self, obstacle: ObstacleFacts) -> str:
        """Where an obstacle is decided on, or for others where it stands in the list."""
        if self.decides:
            return url_for("reviews.decide", obstacle_id=obstacle.id)
        return self.url("overview.obstacles", f"vuong-mac-{obstacle.id}")
