"""What a forecast looks at: the daily series in scope, and the months that were billed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from finops_cli.domain.frame import COST, DATE
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period, first_of_month
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.errors import NoHistory
from finops_cli.tools.lines import folded, line_dimensions
from finops_cli.tools.naming import Names, names_of
from finops_cli.tools.scope import days_of, resolve_filters, resolve_metric


@dataclass(frozen=True, slots=True)
class Basis:
    """The bill in scope, up to the last full day.

    ``panel`` has the lines, told apart by whatever the answer is split by; ``whole`` the same bill
    by its plain lines. ``months`` holds what was billed in each month that is over, exactly.
    """

    source: CostSource
    metric: Metric
    filters: tuple[Filter, ...]
    panel: Panel
    whole: Panel
    until: date
    months: dict[date, Decimal]
    names: Names

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.source.currencies()[0]

    @property
    def period(self) -> Period:
        """The complete days that were looked at."""
        return Period(self.panel.period.start, self.until)


def read_basis(
    source: CostSource, filters: Sequence[str], metric: str | None, by: str | None = None
) -> Basis:
    """Fetch what a forecast needs: one query for the series, one for the months.

    Args:
        source: The source, of one currency.
        filters: Conditions such as service=EC2, joined by and.
        metric: Which cost.
        by: A dimension that the lines must be told apart by, whatever else they are.

    Raises:
        NoHistory: Nothing is charged in scope on any complete day.
        UsageError: A word that the source does not know.
    """
    return basis_of(source, resolve_filters(source, filters), resolve_metric(metric), by)


def basis_of(
    source: CostSource, narrowed: tuple[Filter, ...], chosen: Metric, by: str | None = None
) -> Basis:
    """Fetch what a forecast of a scope needs; see ``read_basis``.

    Raises:
        NoHistory: Nothing is charged in scope on any complete day.
    """
    until = source.calendar().complete_until
    held = days_of(source)
    if held.start >= until:
        raise NoHistory("No day of the bill is complete yet: there is nothing to learn from.")
    span = Period(held.start, until)
    plain = line_dimensions(source)
    query = CostQuery(span, chosen, Granularity.DAILY, plain, narrowed)
    whole = panel = folded(source.panel(query), keep=(by,) if by in plain else ())
    if not len(whole):
        raise NoHistory("Nothing is charged in this scope: there is nothing to learn from.")
    if by and by not in plain:
        split = replace(query, group_by=line_dimensions(source, (by,)))
        panel = folded(source.panel(split), keep=(by,))
    monthly = source.fetch(CostQuery(span, chosen, Granularity.MONTHLY, (), narrowed))
    running = first_of_month(until)
    months = {month: cost for month, cost in monthly.select(DATE, COST) if month < running}
    return Basis(source, chosen, narrowed, panel, whole, until, months, names_of(source))
