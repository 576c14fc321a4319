"""What maths over a bill looks at: its lines, told apart as finely as a source can."""

from array import array
from collections.abc import Sequence
from operator import add

from finops_cli.domain import query as q
from finops_cli.domain.frame import SMALLER
from finops_cli.domain.panel import Key, Panel
from finops_cli.domain.source import CostSource

_LINES = (q.SERVICE, q.ACCOUNT, q.USAGE_TYPE, q.REGION, q.CHARGE_CATEGORY)
"""The most telling first: a source may group by fewer."""

_KEPT = (q.SERVICE, q.ACCOUNT, q.CHARGE_CATEGORY)
_MOST_SERIES = 5000


def line_dimensions(source: CostSource, first: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the dimensions that tell the lines of a bill apart.

    Where queries are billed, one dimension and the charge category: the days of a year by service
    are few pages, which every later question is answered from; by account too they may be hundreds.

    Args:
        source: The source.
        first: Dimensions that they must be told apart by, whatever else they are.
    """
    if source.is_billed:
        return tuple(dict.fromkeys((*(first or (q.SERVICE,)), q.CHARGE_CATEGORY)))
    wanted = dict.fromkeys((*first, *(d for d in _LINES if source.offers(d))))
    return tuple(wanted)[: source.max_group_by]


def folded(panel: Panel, keep: Sequence[str] = (), most: int = _MOST_SERIES) -> Panel:
    """Return a panel of at most so many series and a few more: small lines are added up.

    The small ones of one account and service become one series each. Where tens of thousands of
    lines are charged, each of them alone is too small to matter.

    Args:
        panel: The series.
        keep: Dimensions that small lines are told apart by, besides account and service.
        most: How many lines stay as they are.
    """
    if len(panel) <= most:
        return panel
    size = [sum(map(abs, costs)) for costs in panel.costs]
    large = set(sorted(range(len(panel)), key=lambda at: -size[at])[:most])
    kept = (*_KEPT, *keep)
    series: dict[Key, array[float]] = {}
    for at, (key, costs) in enumerate(zip(panel.keys, panel.costs, strict=True)):
        name = key if at in large else _widened(key, panel.dimensions, kept)
        before = series.get(name)
        series[name] = array("d", map(add, before, costs)) if before else costs
    return Panel(panel.period, panel.dimensions, tuple(series), tuple(series.values()))


def _widened(key: Key, dimensions: Sequence[str], kept: Sequence[str]) -> Key:
    pairs = zip(dimensions, key, strict=True)
    return tuple(value if name in kept else SMALLER for name, value in pairs)
