from array import array
from datetime import date, timedelta

import pytest

from finops_cli.analytics.terms import running_terms
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period

_START = date(2025, 1, 1)


def _panel(costs: list[float], usage_type: str = "ComputeSP:1yrNoUpfront") -> Panel:
    period = Period(_START, _START + timedelta(days=len(costs)))
    return Panel(period, ("service", "usage_type"), (("SP", usage_type),), (array("d", costs),))


def test_a_term_ends_as_long_after_its_first_charge_as_its_name_says() -> None:
    panel = _panel([0.0] * 100 + [24.0] * 200)
    (term,) = running_terms(panel, panel.period.end)
    start = _START + timedelta(days=100)
    assert (term.series, term.start, term.end) == (0, start, start + timedelta(days=365))
    assert term.per_day == 24


@pytest.mark.parametrize(
    ("usage_type", "days"), [("ComputeSP:3yrAllUpfront", 1095), ("USE1-EC2SP:m5.1yrNoUpfront", 365)]
)
def test_terms_of_one_and_three_years(usage_type: str, days: int) -> None:
    panel = _panel([0.0] * 10 + [5.0] * 90, usage_type)
    (term,) = running_terms(panel, panel.period.end)
    assert (term.end - term.start).days == days


def test_a_renewal_begins_a_term_anew() -> None:
    panel = _panel([20.0] * 300 + [26.0] * 60)
    (term,) = running_terms(panel, panel.period.end)
    assert term.start == _START + timedelta(days=300)


@pytest.mark.parametrize(
    ("costs", "usage_type"),
    [
        ([24.0] * 300, "ComputeSP:1yrNoUpfront"),  # began before the data: nobody knows when
        ([24.0] * 300 + [0.0] * 20, "ComputeSP:1yrNoUpfront"),  # over
        ([0.0] * 100 + [24.0] * 3, "ComputeSP:1yrNoUpfront"),  # too young to be a level
        ([0.0] * 100 + [24.0] * 100, "BoxUsage:m5.large"),  # no commitment
        ([0.0] * 10 + [24.0] * 400, "ComputeSP:1yrNoUpfront"),  # its term should be over
        ([], "ComputeSP:1yrNoUpfront"),
    ],
)
def test_what_the_bill_does_not_show_is_not_claimed(costs: list[float], usage_type: str) -> None:
    panel = _panel(costs or [1.0], usage_type)
    assert running_terms(panel, panel.period.end) == ()


def test_days_that_are_not_complete_are_not_looked_at() -> None:
    panel = _panel([0.0] * 100 + [24.0] * 50 + [3.0])
    assert len(running_terms(panel, panel.period.end - timedelta(days=1))) == 1
    assert running_terms(panel, panel.period.end) == ()


def test_a_bill_without_usage_types_shows_no_terms() -> None:
    panel = _panel([0.0] * 10 + [24.0] * 50)
    plain = Panel(panel.period, ("service",), (("SP",),), panel.costs)
    assert running_terms(plain, plain.period.end) == ()
