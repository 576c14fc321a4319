"""The arithmetic of budgets: states, bars, the day of passing, what nobody watches."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.analytics.budgets import (
    Ahead,
    bar,
    passed_on,
    record_of,
    state_of,
    unwatched,
    used,
    will_pass_on,
)
from finops_cli.domain.budget import BudgetPeriod
from finops_cli.domain.period import month_of
from finops_cli.domain.query import Filter

START, END = date(2026, 11, 1), date(2026, 12, 1)
DAY = timedelta(days=1)
LIMIT = Decimal(1000)
amounts = st.decimals(Decimal(-500), Decimal(5000), places=2)
limits = st.decimals(Decimal("0.01"), Decimal(5000), places=2)


def ahead(mean: int, high: int | None = None) -> Ahead:
    return Ahead(Decimal(mean), Decimal(0), Decimal(high or mean))


@pytest.mark.parametrize(
    ("actual", "coming", "state"),
    [
        (1001, ahead(2000), "over"),
        (1000, ahead(1000), "ok"),
        (900, ahead(1001), "will be over"),
        (900, ahead(950, 1001), "may be over"),
        (900, None, "ok"),
        (1001, None, "over"),
    ],
)
def test_a_budget_is_over_above_its_limit_and_not_at_it(
    actual: int, coming: Ahead | None, state: str
) -> None:
    assert state_of(Decimal(actual), coming, LIMIT) == state


def test_a_forecast_is_never_below_what_is_billed() -> None:
    assert ahead(900, 950).at_least(Decimal(920)) == Ahead(Decimal(920), Decimal(920), Decimal(950))


@pytest.mark.parametrize(
    ("actual", "mean", "shown"),
    [
        (0, 0, ".........."),
        (400, 700, "====---..."),
        (1000, 1000, "=========="),
        (1100, 1100, "==========+"),
        (810, 2800, "========--+"),
        (400, None, "====......"),
        (0, 1200, "----------+"),
        (1001, None, "==========+"),
    ],
)
def test_a_bar_reads_without_colour(actual: int, mean: int | None, shown: str) -> None:
    assert bar(Decimal(actual), None if mean is None else Decimal(mean), LIMIT) == shown


@given(actual=amounts, mean=st.none() | amounts, limit=limits)
def test_a_bar_has_ten_cells_and_a_plus_where_the_limit_is_passed(
    actual: Decimal, mean: Decimal | None, limit: Decimal
) -> None:
    shown = bar(actual, mean, limit)
    cells = shown.removesuffix("+")
    assert len(cells) == 10
    assert cells == "=" * cells.count("=") + "-" * cells.count("-") + "." * cells.count(".")
    assert shown.endswith("+") is (max(actual, actual if mean is None else mean) > limit)
    assert abs(cells.count("=") - min(max(actual / limit * 10, Decimal(0)), Decimal(10))) <= 0.5


@given(actual=amounts, limit=limits)
def test_a_share_times_its_limit_is_the_amount(actual: Decimal, limit: Decimal) -> None:
    share = used(actual, limit)
    assert share is not None and abs(share * limit - actual) < Decimal("1e-9")
    assert used(actual, Decimal(0)) is None


@given(
    billed=st.decimals(Decimal(0), Decimal(999), places=2),
    rest=st.decimals(Decimal(0), Decimal(9000), places=2),
    open_at=st.integers(0, 29),
    before=st.lists(amounts, max_size=40),
)
def test_a_limit_is_passed_within_the_open_days_where_the_forecast_passes_it(
    billed: Decimal, rest: Decimal, open_at: int, before: list[Decimal]
) -> None:
    until = START + DAY * open_at
    day = will_pass_on(billed, rest, until, END, before, LIMIT)
    if billed + rest <= LIMIT - Decimal("1e-9"):
        assert day is None
    if billed + rest > LIMIT + Decimal("1e-9"):
        assert day is not None and until <= day < END


def test_what_is_expected_is_spread_evenly() -> None:
    usual = [Decimal(10)] * 30
    assert will_pass_on(Decimal(0), Decimal(3000), START, END, usual, LIMIT) == date(2026, 11, 11)
    assert will_pass_on(Decimal(0), Decimal(3000), START, END, [], LIMIT) == date(2026, 11, 11)


def test_a_fee_falls_where_it_fell_before() -> None:
    fee = [Decimal(6000), *[Decimal(1)] * 29]
    assert will_pass_on(Decimal(0), Decimal(6030), START, END, fee, LIMIT) == START
    late = [*[Decimal(1)] * 19, Decimal(6000), *[Decimal(1)] * 10]
    assert will_pass_on(Decimal(0), Decimal(6030), START, END, late, LIMIT) == date(2026, 11, 20)


def test_a_spike_of_the_period_before_is_no_pattern() -> None:
    spike = [*[Decimal(10)] * 20, *[Decimal(1500)] * 10]
    assert will_pass_on(Decimal(0), Decimal(3000), START, END, spike, LIMIT) == date(2026, 11, 11)


def test_the_day_of_passing_is_the_first_above_the_limit() -> None:
    days = [(START + DAY * at, Decimal(250)) for at in range(10)]
    assert passed_on(days, LIMIT) == date(2026, 11, 5)
    assert passed_on(days[:4], LIMIT) is None


def test_a_row_is_watched_where_all_filters_of_one_budget_keep_it() -> None:
    rows = [
        ({"account": "prod", "service": "EC2"}, Decimal(5)),
        ({"account": "prod", "service": "S3"}, Decimal(7)),
        ({"account": "lab", "service": "EC2"}, Decimal(11)),
        ({"account": None, "service": "Tax"}, Decimal(13)),
    ]
    prod_ec2 = (Filter("account", ("prod",)), Filter("service", ("EC2",)))
    no_service_but_s3 = (Filter("service", ("S3",), exclude=True),)
    nowhere = (Filter("account", (None,)),)
    assert unwatched(rows, []) == 36
    assert unwatched(rows, [prod_ec2]) == 31
    assert unwatched(rows, [prod_ec2, nowhere]) == 18
    assert unwatched(rows, [no_service_but_s3]) == 7
    assert unwatched(rows, [()]) == 0


def test_a_record_counts_what_held_and_finds_the_worst() -> None:
    def month(number: int, actual: int) -> BudgetPeriod:
        return BudgetPeriod(month_of(date(2026, number, 1)), LIMIT, Decimal(actual))

    found = record_of([month(10, 1000), month(9, 1200), month(8, 1500), month(7, 10)])
    assert found is not None
    assert (found.periods, found.within, found.hit_rate) == (4, 2, Decimal("0.5"))
    assert found.worst == month(8, 1500) and found.latest_over == month(9, 1200)
    assert record_of([]) is None
