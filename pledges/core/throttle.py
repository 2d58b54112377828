"""Giới hạn số lần hỏi: how often one address may ask an open page, counted in memory.

Each process counts for itself and forgets when it stops: what is guarded costs time, not secrets. Where guessing must
be stopped (passwords), attempts are counted in the database instead.
"""

import ipaddress
from collections import OrderedDict, deque
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from threading import Lock

_NETWORK_OF_ONE = 64
"""The bits of an IPv6 address that name a network: its owner has all that lie behind them."""


@dataclass
class Throttle:
    """At most so many questions within a time from one address; remembers so many addresses and no more.

    The address that asked longest ago is forgotten first: an attacker with more addresses than are remembered gets no
    more answers from each than before, and memory stays bounded.
    """

    most: int
    within: timedelta
    addresses: int = 10_000
    _asked: OrderedDict[str, deque[datetime]] = field(default_factory=OrderedDict)
    _one_at_a_time: Lock = field(default_factory=Lock)

    def wait(self, address: str, now: datetime) -> timedelta | None:
        """Count a question; None when it may be answered, else how long to wait. What is refused isn't counted."""
        key = _key(address)
        with self._one_at_a_time:
            asked = self._asked.pop(key, deque())
            # A moment in the future is one from before the clock was put back: it must not shut the door for long.
            while asked and not now - self.within < asked[0] <= now:
                asked.popleft()
            self._asked[key] = asked
            while len(self._asked) > self.addresses:
                self._asked.popitem(last=False)
            if len(asked) >= self.most:
                return asked[0] + self.within - now
            asked.append(now)
        return None


def _key(address: str) -> str:
    """The address, of IPv6 its network: one house has millions of them."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return address
    if isinstance(found, ipaddress.IPv4Address):
        return str(found)
    if found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(ipaddress.ip_network((found, _NETWORK_OF_ONE), strict=False))
