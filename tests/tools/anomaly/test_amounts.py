"""From which size an event is told, and how grave it is, against the bill it is part of."""

from decimal import Decimal

import pytest

from finops_cli.domain.answer import Severity
from finops_cli.errors import UsageError
from finops_cli.tools.anomaly.amounts import least_impact, severity_of


@pytest.mark.parametrize(
    ("month", "least"),
    [(200, 20), (499, "49.9"), (500, 50), (1_000_000, 50), (0, 0), (-40, 0)],
)
def test_a_small_bill_has_a_small_threshold(month: int, least: str | int) -> None:
    assert least_impact(None, Decimal(month)) == Decimal(least)


@pytest.mark.parametrize(
    ("asked", "least"), [("50", 50), ("$1k", 1000), (0, 0), ("0", 0), (12.5, "12.5")]
)
def test_what_was_asked_for_counts(asked: str | float, least: int | str) -> None:
    assert least_impact(asked, Decimal(1)) == Decimal(least)


@pytest.mark.parametrize("asked", ["-1", "10%", "much", ""])
def test_no_amount_is_refused(asked: str) -> None:
    with pytest.raises(UsageError):
        least_impact(asked, Decimal(1))


@pytest.mark.parametrize(
    ("size", "month", "grade"),
    [
        (99, 1_000, Severity.WARNING),
        (100, 1_000, Severity.CRITICAL),
        (19, 1_000, Severity.NOTICE),
        (999, 1_000_000, Severity.NOTICE),
        (1_000, 1_000_000, Severity.WARNING),
        (10_000, 1_000_000, Severity.CRITICAL),
        (5, 0, Severity.NOTICE),
    ],
)
def test_severity_by_money(size: int, month: int, grade: Severity) -> None:
    assert severity_of(Decimal(size), Decimal(month), rising=True) is grade
    assert severity_of(Decimal(size), Decimal(month), rising=False) is Severity.NOTICE
