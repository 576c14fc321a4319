"""The lines that the checks look at, fetched: what was billed on demand in the last full days.

Where queries are billed there is one, by usage type and operation: instances of Linux must be told
from those that hold a licence. What needs resources or months is then not checked, and said so.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from finops_cli.analytics.savings.bill import MONTH_DAYS, Bill, Key
from finops_cli.domain import query as q
from finops_cli.domain.advice import Line
from finops_cli.domain.frame import COST, DATE, SMALLER, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.period import Period, add_months, first_of_month
from finops_cli.domain.query import ChargeCategory, CostQuery, Filter, Granularity, Metric
from finops_cli.domain.source import CostSource
from finops_cli.errors import UsageError
from finops_cli.tools.scope import days_of, resolve_filters

_TOLD_BY = (q.SERVICE, q.ACCOUNT, q.REGION, q.USAGE_TYPE, q.OPERATION, q.RESOURCE)
_WHERE_BILLED = (q.USAGE_TYPE, q.OPERATION)
_OWNERS = ("tag:team", "tag:owner", "tag:cost-center", "tag:project")
_COMMITTED = ("Savings Plan", "Reserved Instance", "Spot")
_HISTORY = (q.ACCOUNT, q.REGION, q.USAGE_TYPE, q.RESOURCE)
_HISTORY_MONTHS = 4
_WITH_HISTORY = ("EBS:SnapshotUsage", "RDS:")


@dataclass(frozen=True, slots=True)
class Scope:
    """What is looked at: the source, the metric, the filters, and the last full days."""

    source: CostSource
    metric: Metric
    filters: tuple[Filter, ...]
    period: Period
    owner: str | None


def scope_of(source: CostSource, filters: Sequence[str], metric: Metric) -> Scope | None:
    """Return what to look at; None where no day of the bill is complete yet.

    Raises:
        UsageError: A word that the source does not know, or a filter that would tear apart what
            the checks compare.
    """
    narrowed = resolve_filters(source, filters)
    for one in narrowed:
        if one.dimension not in (q.SERVICE, q.ACCOUNT, q.REGION) and not q.tag_key(one.dimension):
            raise UsageError(
                f"Advice cannot be narrowed by {one.dimension.replace('_', ' ')}.",
                "Filter by service, account, region or tag:KEY.",
            )
    until = source.calendar().complete_until
    start = max(days_of(source).start, until - timedelta(days=MONTH_DAYS))
    if start >= until:
        return None
    owners = () if source.is_billed else _OWNERS
    owner = next((tag for tag in owners if source.offers(tag)), None)
    return Scope(source, metric, narrowed, Period(start, until), owner)


def read_bill(scope: Scope) -> Bill:
    """Return the lines of the window, and the months before of what storage they name."""
    source = scope.source
    wanted = _WHERE_BILLED if source.is_billed else _TOLD_BY
    told_by = tuple(name for name in wanted if source.offers(name))
    if q.USAGE_TYPE not in told_by:
        return Bill((), scope.period.days, has_resources=False)
    groups = (*told_by, *((scope.owner,) if scope.owner else ()))[: _room(source)]
    frame = source.fetch(
        CostQuery(scope.period, scope.metric, Granularity.TOTAL, groups, _usage_only(scope))
    )
    lines = [_line(row, frame, scope.owner) for row in frame.rows]
    named = q.RESOURCE in groups
    history = _history(scope, lines) if named else {}
    return Bill([one for one in lines if one.cost], scope.period.days, history, named)


def _room(source: CostSource) -> int:
    return max(source.max_group_by, len(_WHERE_BILLED))


def _usage_only(scope: Scope) -> tuple[Filter, ...]:
    """Return the filters, and those that leave what no commitment pays and no spot market sets."""
    own = []
    if scope.source.offers(q.CHARGE_CATEGORY):
        own.append(Filter(q.CHARGE_CATEGORY, (ChargeCategory.USAGE.value,)))
    if scope.source.offers(q.PURCHASE_OPTION):
        own.append(Filter(q.PURCHASE_OPTION, _COMMITTED, exclude=True))
    return (*scope.filters, *own)


def _line(row: tuple[object, ...], frame: Frame, owner: str | None) -> Line:
    cell = dict(zip(frame.columns, row, strict=True))

    def text(name: str | None) -> str | None:
        value = cell.get(name or "")
        return None if value is None or value == SMALLER else str(value)

    usage = cell[USAGE]
    return Line(
        service=text(q.SERVICE),
        account=text(q.ACCOUNT),
        region=text(q.REGION),
        usage_type=text(q.USAGE_TYPE) or "",
        operation=text(q.OPERATION),
        resource=text(q.RESOURCE),
        owner=text(owner),
        cost=Decimal(str(cell[COST])),
        usage=None if usage is None else Decimal(str(usage)),
        unit=text(USAGE_UNIT),
    )


def _history(scope: Scope, lines: Sequence[Line]) -> dict[Key, tuple[Decimal, ...]]:
    """Return the usage of storage in each of the last full months; empty where they lack."""
    end = first_of_month(scope.period.end)
    start = add_months(end, -_HISTORY_MONTHS)
    types = {line.usage_type for line in lines if line.kind.startswith(_WITH_HISTORY)}
    if not types or start < days_of(scope.source).start:
        return {}
    filters = (*_usage_only(scope), Filter(q.USAGE_TYPE, tuple(sorted(types))))
    dimensions = tuple(name for name in _HISTORY if scope.source.offers(name))
    frame = scope.source.fetch(
        CostQuery(Period(start, end), scope.metric, Granularity.MONTHLY, dimensions, filters)
    )
    months: dict[Key, list[Decimal]] = defaultdict(list)
    for row in sorted(frame.rows, key=lambda row: row[0]):
        cell = dict(zip(frame.columns, row, strict=True))
        months[tuple(cell.get(name) for name in _HISTORY)].append(cell[USAGE] or Decimal(0))
    assert DATE in frame.columns  # monthly rows are dated, which is what puts them in order
    return {key: tuple(values) for key, values in months.items()}
