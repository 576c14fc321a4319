"""Amounts of events: from the floats of maths to decimals, and what size asks of a reader.

An event is weighed against the bill it is part of: a hundred dollars are a bad day for a start-up
and noise for a bank. Ten thousand are worth a look anywhere.
"""

from decimal import Decimal

from finops_cli.domain.answer import Severity
from finops_cli.domain.quantity import parse_amount
from finops_cli.errors import UsageError

USUAL_THRESHOLD = Decimal(50)
_SMALL_BILL = Decimal("0.1")
_GRADES = (
    (Severity.CRITICAL, Decimal(10_000), Decimal("0.1")),
    (Severity.WARNING, Decimal(1_000), Decimal("0.02")),
)


def least_impact(asked: str | float | None, a_usual_month: Decimal) -> Decimal:
    """Return the size from which an event is told.

    Args:
        asked: What the user set, if anything.
        a_usual_month: What the bill comes to in a month; where nothing was asked for, a tenth of
            it, at most 50 of the bill's currency.

    Raises:
        UsageError: What was asked for is no amount.
    """
    if asked is None:
        return min(USUAL_THRESHOLD, max(a_usual_month, Decimal(0)) * _SMALL_BILL)
    amount = parse_amount(str(asked))
    if amount is None or amount.is_ratio or amount.number < 0:
        raise UsageError(f"--min-impact {asked} is no amount.", "Write it as 50, $1k or 0 for all.")
    return amount.number


def severity_of(size: Decimal, a_usual_month: Decimal, *, rising: bool) -> Severity:
    """Return how much an event asks of its reader.

    Args:
        size: Its impact so far, or what it comes to in a month if it goes on, without a sign.
        a_usual_month: What the bill comes to in a month.
        rising: Whether it costs more; what costs less is never more than a notice.
    """
    if rising:
        for grade, amount, share in _GRADES:
            if size >= amount or (a_usual_month > 0 and size >= share * a_usual_month):
                return grade
    return Severity.NOTICE
