"""What software licences cost, by service: read from the bill, computed here."""

from collections.abc import Sequence
from decimal import Decimal

from finops_cli.plugin import (
    Answer,
    Column,
    CostSource,
    Figure,
    Filter,
    Granularity,
    Kind,
    Sentence,
    Table,
    View,
)

INCLUDED = {
    "RunInstances:0002": "Windows",
    "RunInstances:0006": "Windows with SQL Server Standard",
    "RunInstances:0102": "Windows with SQL Server Enterprise",
    "RunInstances:0010": "Red Hat Enterprise Linux",
    "RunInstances:000g": "SUSE Linux",
}
"""The operations of EC2 whose price includes a licence."""
SUBSCRIPTION = "SaaS:"
"""How the usage types of AWS Marketplace's subscriptions begin."""

Row = tuple[str, str, Decimal]


class Licences:
    """Answers what software licences cost.

    Args:
        source: Where the costs come from.
    """

    def __init__(self, source: CostSource) -> None:
        self._source = source

    def summary(
        self,
        period: str = "last-30d",
        filters: Sequence[str] = (),
        metric: str | None = None,
    ) -> Answer:
        """Tell what software licences cost in a period, by service.

        Args:
            period: Such as last-30d, mtd, last-month, 2026-09 or 2026-09-01..2026-09-15.
            filters: Conditions such as account=prod or region!=us-east-1, joined by and.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        view = View.of(self._source, period, filters, metric)
        rows = sorted((*_included(view), *_subscriptions(view)), key=lambda row: -row[2])
        total = sum((row[2] for row in rows), Decimal(0))
        figures = (
            Figure("cost", total, Kind.MONEY, view.currency),
            Figure("period", view.period, Kind.PERIOD),
        )
        return Answer(
            title=Sentence("Software licences, {period}: {cost}.", figures),
            provenance=view.provenance(),
            summary=(Sentence("An instance's price holds the machine and its licence."),),
            tables=(_table(rows, total, view.currency),) if rows else (),
            warnings=view.warnings(),
        )


def _included(view: View) -> list[Row]:
    return [
        (service, INCLUDED[operation], cost)
        for service, operation, cost in _costs(view, "operation", tuple(INCLUDED))
    ]


def _subscriptions(view: View) -> list[Row]:
    types = [name for name in view.source.values("usage_type") if name.startswith(SUBSCRIPTION)]
    return [
        (service, "subscription", cost)
        for service, _, cost in _costs(view, "usage_type", tuple(types))
    ]


def _costs(view: View, dimension: str, values: tuple[str, ...]) -> list[Row]:
    """Return the costs of some values of a dimension, by service."""
    if not values or not view.source.offers(dimension):
        return []
    narrowed = View(
        view.source, view.period, view.metric, (*view.filters, Filter(dimension, values))
    )
    frame = narrowed.fetch(view.period, Granularity.TOTAL, ("service", dimension))
    return list(frame.select("service", dimension, "cost"))


def _table(rows: list[Row], total: Decimal, currency: str) -> Table:
    columns = (
        Column("service", Kind.TEXT),
        Column("licence", Kind.TEXT),
        Column("cost", Kind.MONEY, currency),
    )
    return Table("Licences", columns, tuple(rows), (None, None, total))
