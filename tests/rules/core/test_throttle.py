"""How often one address may ask: a window that slides, and a memory that doesn't grow."""

from datetime import UTC, datetime, timedelta

import pytest

from pledges.core.throttle import Throttle

NOON = datetime(2024, 10, 15, 5, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def seconds(number: float) -> datetime:
    return NOON + timedelta(seconds=number)


@pytest.fixture
def throttle() -> Throttle:
    return Throttle(most=3, within=MINUTE, addresses=4)


def test_so_many_are_answered_and_the_next_waits_until_the_oldest_is_forgotten(throttle: Throttle):
    assert [throttle.wait("10.0.0.1", seconds(at)) for at in (0, 10, 20)] == [None] * 3
    assert throttle.wait("10.0.0.1", seconds(30)) == timedelta(seconds=30)
    assert throttle.wait("10.0.0.1", seconds(59.5)) == timedelta(seconds=0.5)
    assert throttle.wait("10.0.0.1", seconds(60)) is None
    assert throttle.wait("10.0.0.1", seconds(60)) == timedelta(seconds=10)


def test_who_keeps_asking_is_not_kept_waiting_for_it(throttle: Throttle):
    for at in range(60):
        throttle.wait("10.0.0.1", seconds(at))
    assert throttle.wait("10.0.0.1", seconds(62)) is None


def test_addresses_are_counted_each_by_itself(throttle: Throttle):
    for _ in range(4):
        throttle.wait("10.0.0.1", NOON)
    assert throttle.wait("10.0.0.2", NOON) is None


@pytest.mark.parametrize(
    ("first", "second", "same"),
    [
        ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
        ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
        ("::ffff:10.0.0.1", "10.0.0.1", True),
        ("", "", True),
    ],
)
def test_a_network_of_ipv6_is_one_address(throttle: Throttle, first: str, second: str, same: bool):
    for _ in range(3):
        throttle.wait(first, NOON)
    assert (throttle.wait(second, NOON) is not None) is same


def test_it_remembers_no_more_addresses_than_it_may(throttle: Throttle):
    for number in range(1000):
        throttle.wait(f"10.0.{number // 250}.{number % 250}", NOON)
    assert len(throttle._asked) == 4
    assert all(len(asked) <= 3 for asked in throttle._asked.values())


def test_the_address_that_asked_last_is_remembered_longest(throttle: Throttle):
    for _ in range(3):
        throttle.wait("10.0.0.1", NOON)
    for number in range(2, 5):
        throttle.wait(f"10.0.0.{number}", NOON)
    assert throttle.wait("10.0.0.1", NOON) is not None
    for number in range(5, 8):
        throttle.wait(f"10.0.0.{number}", NOON)
    assert throttle.wait("10.0.0.1", NOON) is not None


def test_a_clock_that_was_put_back_shuts_nobody_out(throttle: Throttle):
    for _ in range(3):
        throttle.wait("10.0.0.1", seconds(86_000))
    assert throttle.wait("10.0.0.1", NOON) is None
