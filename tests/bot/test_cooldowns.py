import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.cooldowns import CHANNEL, PERSON, Buckets, Cooldowns, Rate

RATES = st.builds(
    Rate, burst=st.integers(1, 10), every_seconds=st.floats(0.1, 10, allow_nan=False)
)
PAUSES = st.lists(st.floats(0, 20, allow_nan=False), max_size=60)


class Clock:
    """Seconds that a test lets pass."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@settings(deadline=None)
@given(RATES, PAUSES)
def test_no_window_ever_holds_more_than_is_allowed(rate: Rate, pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(rate, clock)
    taken = []
    for pause in pauses:
        clock.now += pause
        if buckets.take(1):
            taken.append(clock.now)
    for first, begin in enumerate(taken):
        for count, end in enumerate(taken[first:], start=1):
            assert count <= rate.burst + (end - begin) / rate.every_seconds + 1e-3


@settings(deadline=None)
@given(RATES, st.integers(0, 40))
def test_a_clock_that_stands_still_gives_the_burst_and_no_more(rate: Rate, asked: int) -> None:
    buckets = Buckets(rate, Clock())
    assert sum(buckets.take(1) for _ in range(asked)) == min(asked, rate.burst)


@settings(deadline=None)
@given(RATES, PAUSES)
def test_who_waits_as_long_as_told_is_let_in(rate: Rate, pauses: list[float]) -> None:
    clock = Clock()
    buckets = Buckets(rate, clock)
    for pause in pauses:
        clock.now += pause
        wait = buckets.wait_seconds(1)
        assert 0 <= wait <= rate.every_seconds + 1e-9
        if wait:
            assert not buckets.take(1)
        clock.now += wait + 1e-9
        assert buckets.take(1)


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 50), st.floats(0, 5)), max_size=80))
def test_memory_is_bounded(asked: list[tuple[int, float]]) -> None:
    clock = Clock()
    buckets = Buckets(Rate(3, 1.0), clock, most=8)
    for key, pause in asked:
        clock.now += pause
        buckets.take(key)
        assert len(buckets) <= 8


def test_what_is_full_again_is_forgotten() -> None:
    clock = Clock()
    buckets = Buckets(Rate(3, 1.0), clock)
    for key in range(100):
        buckets.take(key)
    clock.now = 10
    buckets.take(1)
    assert len(buckets) == 1


def test_a_person_asks_five_quick_questions_then_one_in_a_while() -> None:
    clock = Clock()
    cooldowns = Cooldowns(clock)
    waits = [cooldowns.wait_seconds(1, 2) for _ in range(PERSON.burst)]
    assert len(waits) >= 5
    assert not any(waits)
    assert 0 < cooldowns.wait_seconds(1, 2) <= 5
    assert not cooldowns.wait_seconds(3, 2)
    clock.now += PERSON.every_seconds
    assert not cooldowns.wait_seconds(1, 2)
    assert cooldowns.wait_seconds(1, 2)


def test_what_is_refused_does_not_count() -> None:
    clock = Clock()
    cooldowns = Cooldowns(clock, person=Rate(1, 10.0))
    assert not cooldowns.wait_seconds(1, 2)
    for _ in range(100):
        assert cooldowns.wait_seconds(1, 2) == pytest.approx(10)
    clock.now += 10
    assert not cooldowns.wait_seconds(1, 2)


def test_many_people_in_one_channel_are_held_together() -> None:
    cooldowns = Cooldowns(Clock())
    let_in = sum(not cooldowns.wait_seconds(person, 2) for person in range(100))
    assert let_in == CHANNEL.burst


def test_a_channel_is_told_once_in_a_while() -> None:
    clock = Clock()
    cooldowns = Cooldowns(clock)
    assert [cooldowns.may_tell(1) for _ in range(3)] == [True, False, False]
    clock.now += 60
    assert cooldowns.may_tell(1)
