"""Going through what waits: where a verdict leads, and how much is left."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, Self

from flask import request, url_for

from pledges.core.neighbours import Neighbours, neighbours
from pledges.tasks.models import Task
from pledges.tasks.waiting import Sought


@dataclass(frozen=True)
class Going:
    """Where a thing stands among those of its kind that wait and that the address asks for (None: it doesn't wait)."""

    place: Neighbours | None
    carried: dict[str, Any]

    @classmethod
    def among(cls, waiting: Iterable[tuple[int, Task]], here: int) -> Self:
        """The place among these ids with their tasks; what the address asks goes along."""
        sought = Sought.read(request.args)
        ids = [number for number, task in waiting if sought.fits_task(task)]
        return cls(neighbours(ids, here), sought.arguments())

    def onward(self, endpoint: str, argument: str) -> str:
        """Where a verdict leads: to the next thing of its kind that waits, after the last to the queue."""
        if self.place is None or self.place.then is None:
            return url_for("reviews.queue")
        arguments: dict[str, Any] = {argument: self.place.then} | self.carried
        return url_for(endpoint, **arguments)

    def left(self, what: str) -> str:
        """How many of these are left, in words."""
        left = self.place.left if self.place is not None else 0
        return f"Còn {left} {what} đang chờ." if left else f"Không còn {what} nào đang chờ."
