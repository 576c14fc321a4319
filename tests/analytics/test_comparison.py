"""Weights: what is compared with what, and that parts add up whichever way the bill is cut."""

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.analytics.comparison import (
    Comparison,
    Method,
    against_usual,
    as_billed,
    exact,
    less,
    measure,
    total,
)
from finops_cli.analytics.decompose import parts
from finops_cli.analytics.effects import effects
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period, period_before
from finops_cli.domain.query import Granularity

START = date(2026, 10, 1)
DAYS = [START + timedelta(days=i) for i in range(45)]
WINDOW = Period(date(2026, 11, 9), date(2026, 11, 15))
COLUMNS = ("date", "kind", "place", "cost", "usage", "usage_unit")

money = st.decimals(-10_000, 10_000, places=6)
rows = st.lists(
    st.tuples(
        st.sampled_from(DAYS),
        st.sampled_from(["a", "b", "c", None]),
        st.sampled_from(["x", "y"]),
        money,
        st.none() | st.decimals(0, 1000, places=4),
        st.sampled_from(["Hours", "GB"]),
    ),
    max_size=60,
).map(lambda found: Frame(COLUMNS, tuple(found)))


def usual() -> Comparison:
    found = against_usual(WINDOW, set(DAYS), set(DAYS[:-6]), {})
    assert found is not None
    return found


plans = st.sampled_from(
    [
        usual(),
        as_billed(WINDOW, Period(date(2026, 10, 1), date(2026, 10, 8))),
        as_billed(WINDOW, Period(date(2026, 11, 3), date(2026, 11, 9))),
    ]
)


def test_whole_months_are_subtracted_as_billed_in_months() -> None:
    plan = as_billed(
        Period(date(2026, 10, 1), date(2026, 11, 1)), Period(date(2026, 9, 1), date(2026, 10, 1))
    )
    assert (plan.method, plan.granularity) == (Method.RAW, Granularity.MONTHLY)
    assert plan.weights == {
        date(2026, 10, 1): (Fraction(1), Fraction(0)),
        date(2026, 9, 1): (Fraction(0), Fraction(1)),
    }
    assert len(plan.daily().weights) == 61


def test_periods_of_other_lengths_are_scaled_by_the_day() -> None:
    plan = as_billed(WINDOW, Period(date(2026, 10, 1), date(2026, 10, 10)))
    assert plan.method is Method.PER_DAY
    assert plan.weights[date(2026, 10, 1)] == (0, Fraction(6, 9))


def test_each_day_expects_its_own_weekdays() -> None:
    plan = usual()
    for day, (now, expected) in plan.weights.items():
        weekdays = [other for other in DAYS[:-6] if other.weekday() == day.weekday()]
        assert (now == 1) is (day in WINDOW)
        assert expected in (0, Fraction(1, len(weekdays)))
    assert sum(expected for _, expected in plan.weights.values()) == 6


def test_a_day_unknown_in_the_window_is_neither_counted_nor_expected() -> None:
    known = set(DAYS) - {date(2026, 11, 10)}
    plan = against_usual(WINDOW, known, known, {})
    assert plan is not None
    assert sum(now for now, _ in plan.weights.values()) == 5
    assert sum(expected for _, expected in plan.weights.values()) == 5


def test_a_fee_day_expects_earlier_fee_days() -> None:
    window = Period(date(2026, 11, 1), date(2026, 11, 2))
    plan = against_usual(
        window, set(DAYS), set(DAYS) - {START}, {date(2026, 11, 1): (date(2026, 10, 1),)}
    )
    assert plan is not None
    assert plan.weights == {date(2026, 11, 1): (1, 0), date(2026, 10, 1): (0, 1)}
    assert date(2026, 10, 1) in plan.span


def test_nothing_before_the_window_is_nothing_to_compare_with() -> None:
    assert against_usual(Period(START, DAYS[5]), set(DAYS), set(DAYS), {}) is None


def test_the_period_before_is_what_a_person_would_take() -> None:
    def period(first: str, last: str) -> Period:
        return Period(date.fromisoformat(first), date.fromisoformat(last) + timedelta(days=1))

    assert period_before(period("2026-10-01", "2026-10-31")) == period("2026-09-01", "2026-09-30")
    assert period_before(period("2026-11-01", "2026-11-14")) == period("2026-10-01", "2026-10-14")
    assert period_before(period("2026-10-01", "2026-11-14")) == period("2026-08-01", "2026-09-14")
    assert period_before(period("2026-01-01", "2026-11-14")) == period("2025-01-01", "2025-11-14")
    assert period_before(period("2026-11-02", "2026-11-08")) == period("2026-10-26", "2026-11-01")
    assert period_before(period("2026-03-01", "2026-03-30")) == period("2026-02-01", "2026-02-28")


@given(frame=rows, plan=plans, most=st.integers(0, 5))
def test_parts_and_remainder_are_the_change(frame: Frame, plan: Comparison, most: int) -> None:
    whole = total(measure(frame, plan, ()).values())
    amounts = measure(frame, plan, ["kind", "place"])
    assert total(amounts.values()) == whole
    found = parts(amounts, whole, most)
    assert found.change == exact(whole.change)
    assert sum((row.change for row in found.rows), found.rest) == found.change
    if found.rest_share is not None:
        shares = [row.share for row in found.rows if row.share is not None]
        assert less(Decimal(1), [*shares, found.rest_share]) == 0


@given(frame=rows, plan=plans)
def test_usage_and_rate_are_the_change_of_each_part(frame: Frame, plan: Comparison) -> None:
    amounts = measure(frame, plan, ["kind"])
    for key, found in effects(frame, plan, ["kind"], ["place"]).items():
        if found is not None:
            assert found.usage + found.rate == amounts[key].change
            assert sum(found.amounts()) == exact(amounts[key].change)


@given(frame=rows, plan=plans, seed=st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(frame: Frame, plan: Comparison, seed: object) -> None:
    shuffled = list(frame.rows)
    seed.shuffle(shuffled)  # type: ignore[attr-defined]
    turned = Frame(frame.columns, tuple(shuffled))
    assert measure(turned, plan, ["kind"]) == measure(frame, plan, ["kind"])


@given(st.fractions(-(10**9), 10**9))
def test_exact_is_within_half_a_quantum(value: Fraction) -> None:
    assert abs(Fraction(exact(value)) - value) <= Fraction(1, 2 * 10**12)


def test_exact_keeps_cents_and_drops_empty_places() -> None:
    assert str(exact(Fraction(4800))) == "4800.00"
    assert str(exact(Fraction(1, 8))) == "0.125"
    assert str(exact(Fraction(-1, 3))) == "-0.333333333333"
