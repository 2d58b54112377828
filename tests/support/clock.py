"""The clock of the tests: it stands until a test moves it."""

from datetime import date, datetime, time

from pledges.core.dates import ZONE

MORNING = time(9, 30)


class Hands:
    """What the setting CLOCK is given; `put` moves the hands."""

    def __init__(self, to: date | datetime) -> None:
        self.put(to)

    def put(self, to: date | datetime) -> None:
        """Let it be this moment, or half past nine in the morning of this day."""
        moment = to if isinstance(to, datetime) else datetime.combine(to, MORNING, ZONE)
        assert moment.tzinfo is not None, "an instant needs its zone"
        self.moment = moment

    def __call__(self) -> datetime:
        return self.moment
