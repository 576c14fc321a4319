"""What is watched: the daily series in scope, with as much history as judging needs.

The history begins on the first of a month, so that a daily job reads the same days for a month on
end and sees an event as it saw it yesterday.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period, add_months
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.commands import command
from finops_cli.tools.estimates import A_MONTH, estimate
from finops_cli.tools.lines import folded, line_dimensions
from finops_cli.tools.naming import Names, names_of
from finops_cli.tools.scope import days_of, resolve_filters, resolve_metric

_HISTORY_MONTHS = 26
_USUAL_DAYS = 90


@dataclass(frozen=True, slots=True)
class Basis:
    """The bill in scope, up to the last full day; an empty panel where nothing was charged."""

    source: CostSource
    metric: Metric
    filters: tuple[Filter, ...]
    panel: Panel
    until: date
    names: Names

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.source.currencies()[0]

    def command(self, *words: str, also: Iterable[Filter] = ()) -> str:
        """Return a command about the same costs as these, narrowed further."""
        usual = self.metric is Metric.UNBLENDED
        metric = () if usual else ("--metric", self.metric.value)
        return command(*words, *metric, filters=(*self.filters, *also), names=self.names)

    @property
    def a_usual_month(self) -> Decimal:
        """What a month comes to at the rate of the last ninety days."""
        days = min(self.panel.period.days, _USUAL_DAYS)
        recent = sum(sum(costs[-days:]) for costs in self.panel.costs)
        return estimate(recent / days) * A_MONTH


def read_basis(
    source: CostSource,
    filters: Sequence[str],
    metric: str | None,
    window: Period | None,
) -> Basis | None:
    """Fetch what watching needs; None where no day of the bill is complete yet.

    Args:
        source: The source, of one currency.
        filters: Conditions such as service=EC2, joined by and.
        metric: Which cost.
        window: The days asked about; None reads everything.

    Raises:
        UsageError: A word that the source does not know.
    """
    chosen, narrowed = resolve_metric(metric), resolve_filters(source, filters)
    until, held = source.calendar().complete_until, days_of(source)
    start = held.start
    if window:
        start = max(start, add_months(window.start, -_HISTORY_MONTHS))
    if start >= until:
        return None
    groups = line_dimensions(source)
    query = CostQuery(Period(start, until), chosen, Granularity.DAILY, groups, narrowed)
    return Basis(source, chosen, narrowed, folded(source.panel(query)), until, names_of(source))
