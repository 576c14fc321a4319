"""Moves are found where they were planted, and not where there are none."""

import random
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.analytics.change import Shape, most_important, search

UNTIL = date(2026, 11, 15)
DAYS = [UNTIL - timedelta(days=back) for back in range(240, 0, -1)]


def costs(
    seed: int = 1,
    noise: float = 0.03,
    level: float = 1000.0,
    factor: Callable[[date], float] = lambda day: 1.0,
) -> dict[date, float]:
    """Noise around a level with quiet weekends, times a factor a day."""
    luck = random.Random(seed)
    weekend = {5: 0.7, 6: 0.65}
    return {
        day: level * weekend.get(day.weekday(), 1.0) * luck.gauss(1, noise) * factor(day)
        for day in DAYS
    }


def within(start: date, days: int, size: float) -> Callable[[date], float]:
    return lambda day: size if start <= day < start + timedelta(days=days) else 1.0


def test_forty_seeds_of_noise_hold_no_move() -> None:
    moved = [seed for seed in range(40) if search(costs(seed, noise=0.05), UNTIL).moves]
    assert len(moved) <= 1


def test_planted_steps_of_at_least_30_percent_are_found_on_their_day() -> None:
    right = 0
    for seed in range(40):
        luck = random.Random(seed)
        start = UNTIL - timedelta(days=luck.randint(2, 40))
        size = luck.choice([luck.uniform(1.3, 2.5), luck.uniform(0.3, 0.7)])
        series = costs(seed, noise=0.05, factor=within(start, 400, size))
        move = most_important(search(series, UNTIL).moves, UNTIL)
        assert move is not None and move.running
        right += abs((move.window.start - start).days) <= 1
    assert right >= 38


def test_planted_spikes_are_found_with_start_and_end() -> None:
    right = 0
    for seed in range(40):
        luck = random.Random(seed)
        length = luck.randint(1, 7)
        start = UNTIL - timedelta(days=luck.randint(length + 1, length + 12))
        series = costs(seed, factor=within(start, length, luck.uniform(1.3, 2.5)))
        move = most_important(search(series, UNTIL).moves, UNTIL)
        if move is None:
            continue
        right += move.window.start == start and move.window.days == length and not move.running
    assert right >= 37


def test_a_ramp_is_called_one() -> None:
    start = UNTIL - timedelta(days=21)
    series = costs(factor=lambda day: 1 + 0.05 * max((day - start).days, 0))
    (move,) = search(series, UNTIL).moves
    assert move.shape is Shape.RAMP
    assert abs((move.window.start - start).days) <= 4


def test_a_step_that_lasted_is_the_new_usual() -> None:
    old, new = UNTIL - timedelta(days=60), UNTIL - timedelta(days=4)
    series = costs(factor=lambda day: 3.0 if day >= new else 2.0 if day >= old else 1.0)
    first, second = search(series, UNTIL).moves
    assert (first.window.start, second.window.start) == (old, new)
    assert second.usual_since == old
    assert most_important((first, second), UNTIL) is second


def test_a_running_move_goes_before_an_older_larger_one() -> None:
    big = within(UNTIL - timedelta(days=60), 6, 5.0)
    small = within(UNTIL - timedelta(days=3), 3, 1.5)
    moves = search(costs(factor=lambda day: big(day) * small(day)), UNTIL).moves
    chosen = most_important(moves, UNTIL)
    assert len(moves) == 2
    assert chosen is not None and chosen.running


def test_incomplete_days_are_not_searched() -> None:
    series = costs() | {UNTIL: 1.0, UNTIL + timedelta(days=1): 0.0}
    assert search(series, UNTIL).moves == ()


def test_missing_days_are_unknown() -> None:
    series = {day: cost for day, cost in costs().items() if (UNTIL - day).days not in (4, 5, 6)}
    assert search(series, UNTIL).moves == ()


@pytest.mark.parametrize("level", [0.0, 7.0, -3.0])
def test_a_flat_line_holds_no_move(level: float) -> None:
    assert search(dict.fromkeys(DAYS, level), UNTIL).moves == ()


@pytest.mark.parametrize("count", [0, 1, 3, 9])
def test_a_short_history_is_not_searched(count: int) -> None:
    assert search(dict.fromkeys(DAYS[:count], 1.0), UNTIL).moves == ()


@settings(max_examples=15, deadline=None)
@given(
    scale=st.sampled_from([1e-6, 0.01, 3.0, 1e6]),
    seed=st.integers(0, 1000),
    size=st.floats(1.2, 4.0),
)
def test_cents_and_millions_move_on_the_same_days(scale: float, seed: int, size: float) -> None:
    series = costs(seed, factor=within(UNTIL - timedelta(days=5), 9, size))
    scaled = {day: cost * scale for day, cost in series.items()}
    here = [(m.window, m.shape, m.running) for m in search(series, UNTIL).moves]
    there = [(m.window, m.shape, m.running) for m in search(scaled, UNTIL).moves]
    assert here == there


def test_a_jump_on_top_of_a_small_rise_starts_on_its_own_day() -> None:
    rise, jump = UNTIL - timedelta(days=15), UNTIL - timedelta(days=4)
    series = costs(noise=0.01, factor=lambda d: 2.0 if d >= jump else 1.15 if d >= rise else 1.0)
    move = most_important(search(series, UNTIL).moves, UNTIL)
    assert move is not None
    assert (move.window.start, move.shape, move.running) == (jump, Shape.STEP, True)


def test_what_is_long_over_and_was_small_is_not_worth_a_word() -> None:
    small = within(UNTIL - timedelta(days=40), 8, 1.08)
    found = search(costs(noise=0.01, factor=small), UNTIL)
    assert len(found.moves) == 1
    assert most_important(found.moves, UNTIL) is None
