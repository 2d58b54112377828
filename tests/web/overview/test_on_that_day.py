"""The board of a past day says what the page said on that day, whatever was reported and answered since."""

import re
from collections.abc import Callable
from datetime import date, datetime

import pytest

from pledges.core import clock
from pledges.core.as_of import ARGUMENT
from pledges.core.dates import format_date
from pledges.progress.models import Period
from pledges.tasks.models import Task
from tests.support.critic import Critic
from tests.support.histories import History
from tests.support.page import Page, elements, words
from tests.support.ward import Ward

URL = "/theo-doi"
PARTS = ("kpis", "strip", "grid", "chart")
MOST_DAYS = 12
"""So many days are looked at while the story goes on."""


def figures(page: Page, day: date) -> list[str]:
    """Every figure and word of the board, but for how the day itself is called and for what can be done today."""
    said: list[str] = []
    for name in PARTS:
        found = [words(one) for part in page.of_class(name) for one in elements(part, "tr", "a", "li")]
        assert found, f"nothing to compare in {name}"
        said += found
    for line in (line for part in page.of_class("needs") for line in elements(part, "li")):
        reason = elements(line, "p")[0]
        asked = [words(one) for one in elements(reason, "a")]
        said += [words(elements(line, "span")[0]), words(elements(line, "a")[0])]
        said.append(words(reason).removesuffix(" ".join(asked)).strip())
    named = format_date(day)
    called = rf"(đến )?(hôm nay|ngày {named}( là)?)|Hiện nay|Đến {named}"
    return [re.sub(called, "DAY", one) for one in said]


class Told(History):
    """The same story, told as it happens: the clock moves from act to act, and in the evening somebody looks."""

    def __init__(self, ward: Ward, seed: int, look: Callable[[date], None]) -> None:
        self.look, self.seen = look, 0
        self.evening: date | None = None
        super().__init__(ward, seed)

    def _send(self, task: Task, period: Period, values: dict[int, object], now: datetime) -> None:
        self._reach(now)
        super()._send(task, period, values, now)

    def _answer(self, task: Task, period: Period, now: datetime, *, accepts: bool) -> None:
        self._reach(now)
        super()._answer(task, period, now, accepts=accepts)

    def _reach(self, now: datetime) -> None:
        """Let the time come; before another day begins, one evening in three is looked at."""
        day = clock.day_of(now)
        if self.evening is not None and self.evening < day and self.seen < MOST_DAYS and self.dice() < 1 / 3:
            self.ward.session.commit()
            self.ward.hands.put(clock.at(self.evening, 23, 50))
            self.look(self.evening)
            self.seen += 1
        self.evening = day
        self.ward.hands.put(now)

    def dice(self) -> float:
        return self.random.random()


@pytest.mark.parametrize("seed", range(2))
def test_a_past_day_says_what_it_said_then(ward: Ward, sign_in: Callable[[str], Critic], seed: int):
    leader = sign_in("leader")
    today, shown = ward.now, {}

    def look(day: date) -> None:
        shown[day] = figures(leader.get(URL), day)

    Told(ward, seed, look)
    ward.session.commit()
    ward.hands.put(today)
    assert len(shown) > 5
    for day, said in shown.items():
        assert figures(leader.get(URL, **{ARGUMENT: day.isoformat()}), day) == said
