"""What one question looks at: a source, a period, a metric and the filters on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from finops_cli.domain import query as q
from finops_cli.domain.answer import Provenance
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.naming import Names
from finops_cli.tools.scope import (
    provenance,
    resolve_filters,
    resolve_metric,
    resolve_period,
)


@dataclass(frozen=True, slots=True)
class View:
    """The words of a question, resolved."""

    source: CostSource
    period: Period
    metric: Metric
    filters: tuple[Filter, ...]

    @classmethod
    def of(
        cls, source: CostSource, period: str, filters: Sequence[str], metric: str | None
    ) -> "View":
        """Resolve the words against a source.

        Raises:
            UsageError: A word that the source does not know, or a period outside its data.
        """
        chosen = resolve_metric(metric)
        narrowed = resolve_filters(source, filters)
        return cls(source, resolve_period(source, period), chosen, narrowed)

    @property
    def currency(self) -> str:
        """The currency of every amount in the view."""
        return self.source.currencies()[0]

    @property
    def names(self) -> Names:
        """What people call the values that the view is narrowed to."""
        if not any(f.dimension == q.ACCOUNT for f in self.filters):
            return {}
        return {q.ACCOUNT: self.source.names(q.ACCOUNT)}

    @property
    def complete(self) -> Period | None:
        """The days of the period that have all their charges, None if there are none."""
        until = self.source.calendar().complete_until
        if until >= self.period.end:
            return self.period
        return Period(self.period.start, until) if until > self.period.start else None

    def fetch(self, period: Period, granularity: Granularity, dimensions: tuple[str, ...]) -> Frame:
        """Return the frame of a period within the view's metric and filters."""
        query = CostQuery(period, self.metric, granularity, dimensions, self.filters)
        return self.source.fetch(query)

    def provenance(self) -> Provenance:
        """Return where the view's figures come from, as of now."""
        return provenance(self.source, self.period, self.metric)

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting the figures."""
        held = self.source.coverage()
        notes = list(self.source.warnings())
        if self.period.start < held.start:
            notes.append(
                f"The data begins on {held.start}: earlier days of the period are not in these "
                "figures."
            )
        tomorrow = self.source.calendar().today + timedelta(days=1)
        if self.period.end > max(held.end, tomorrow):
            notes.append(f"The data ends on {held.last_day}.")
        return tuple(notes)
