"""How much of the bill no budget watches, over the last thirty full days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from finops_cli.analytics.budgets import unwatched
from finops_cli.domain.frame import COST
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery
from finops_cli.domain.source import CostSource
from finops_cli.errors import FinopsError
from finops_cli.tools.budgeting.standing import Standing

_DAYS = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Unwatched:
    """The share of the bill that no budget watches, but perhaps one of the whole bill."""

    share: Decimal
    period: Period
    whole: str | None


def unwatched_share(source: CostSource, standings: Sequence[Standing]) -> Unwatched | None:
    """Return what no budget watches; None where that cannot be told, or not at a plain price."""
    scopes = [one for one in standings if one.budget.follows_the_bill and not one.is_unknown]
    whole = next((one.budget.name for one in scopes if not one.filters), None)
    narrow = [one.filters for one in scopes if one.filters]
    dimensions = tuple(dict.fromkeys(f.dimension for filters in narrow for f in filters))
    too_many = source.is_billed and len(dimensions) > source.max_group_by
    if too_many or len(source.currencies()) > 1 or len(scopes) < len(standings):
        return None
    until = source.calendar().complete_until
    period = Period(max(until - _DAYS, source.coverage().start), until)
    try:
        frame = source.fetch(CostQuery(period, group_by=dimensions))
    except FinopsError:
        return None
    total = frame.total()
    if total <= 0:
        return None
    rows = (
        (dict(zip(dimensions, key, strict=True)), cost)
        for *key, cost in frame.select(*dimensions, COST)
    )
    return Unwatched(unwatched(rows, narrow) / total, period, whole)
