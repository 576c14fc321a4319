"""Daily series side by side, the shape in which costs enter forecasting and anomaly maths.

A frame is made of rows and exact decimals; maths over hundreds of series wants every day of each in
one row of floats. Nothing in a panel is ever shown as an amount that was billed.
"""

from array import array
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from finops_cli.domain.frame import COST, DATE, Frame
from finops_cli.domain.period import Period

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One series of daily costs for each group.

    Args:
        period: The days, one column each.
        dimensions: What the groups are told apart by, such as ``("account", "service")``.
        keys: One value (None where the bill has none) for each dimension, for each series.
        costs: For each series its cost on each day as float64 (``array("d")``); zero where nothing
            was charged.
    """

    period: Period
    dimensions: tuple[str, ...]
    keys: tuple[Key, ...]
    costs: tuple["array[float]", ...]

    @classmethod
    def of(cls, frame: Frame, period: Period) -> "Panel":
        """Return the panel of a daily frame."""
        dimensions = frame.columns[1 : frame.columns.index(COST)]
        series: dict[Key, array[float]] = {}
        first = period.start
        for day, *key, cost in frame.select(DATE, *dimensions, COST):
            values = series.get(tuple(key))
            if values is None:
                values = series[tuple(key)] = array("d", bytes(8 * period.days))
            values[(day - first).days] += float(cost)
        return cls(period, dimensions, tuple(series), tuple(series.values()))

    @classmethod
    def filled(
        cls, period: Period, dimensions: tuple[str, ...], rows: Iterable[tuple[Any, ...]]
    ) -> "Panel":
        """Return the panel of rows ``(*key, day numbers, costs)``, one row a group."""
        keys: list[Key] = []
        costs: list[array[float]] = []
        for *key, days, values in rows:
            series = array("d", bytes(8 * period.days))
            for day, value in zip(days, values, strict=True):
                series[day] = value
            keys.append(tuple(key))
            costs.append(series)
        return cls(period, dimensions, tuple(keys), tuple(costs))

    def __len__(self) -> int:
        return len(self.keys)

    def values(self, dimension: str) -> tuple[str | None, ...]:
        """Return each series' value of a dimension.

        Raises:
            ValueError: The panel is not told apart by it.
        """
        at = self.dimensions.index(dimension)
        return tuple(key[at] for key in self.keys)

    def before(self, day: date) -> "Panel":
        """Return the panel as it was known when ``day`` began; it must hold an earlier day."""
        days = min((day - self.period.start).days, self.period.days)
        period = Period(self.period.start, self.period.start + timedelta(days=days))
        return Panel(period, self.dimensions, self.keys, tuple(c[:days] for c in self.costs))

    def keep(self, wanted: Iterable[int]) -> "Panel":
        """Return the panel of some of its series, by their position."""
        at = list(wanted)
        keys, costs = tuple(self.keys[i] for i in at), tuple(self.costs[i] for i in at)
        return Panel(self.period, self.dimensions, keys, costs)
