"""What a process keeps of what it worked out, up to a weight: what was asked for longest ago goes first."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

T = TypeVar("T")


class Shelf(Generic[T]):
    """Things by key, safe for several threads."""

    def __init__(self, most: int) -> None:
        """Hold things up to the weight `most`."""
        self.most = most
        self._lock = Lock()
        self._kept: OrderedDict[Hashable, tuple[T, int]] = OrderedDict()
        self._weight = 0

    def get(self, key: Hashable) -> T | None:
        """What is kept under the key."""
        with self._lock:
            found = self._kept.get(key)
            if found is None:
                return None
            self._kept.move_to_end(key)
            return found[0]

    def put(self, key: Hashable, thing: T, weight: int = 1) -> None:
        """Keep the thing; what outweighs the whole shelf is not kept."""
        with self._lock:
            _old, lighter = self._kept.pop(key, (None, 0))
            self._weight -= lighter
            if weight > self.most:
                return
            self._kept[key] = thing, weight
            self._weight += weight
            while self._weight > self.most:
                _key, (_thing, gone) = self._kept.popitem(last=False)
                self._weight -= gone

    @property
    def weight(self) -> int:
        """The weight of everything that is kept."""
        return self._weight

    def __len__(self) -> int:
        """How many things are kept."""
        return len(self._kept)
