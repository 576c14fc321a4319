"""What is known ahead: what people said, and commitments that end, as changes of the outlook.

When a Savings Plan or a reservation ends, its fee stops and what it covered costs the on-demand
price. The bill shows that price as the list cost of covered usage; the difference is what the
months after the end cost more, unless somebody renews.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.analytics.adjust import Change
from finops_cli.analytics.terms import Term, running_terms
from finops_cli.domain import query as q
from finops_cli.domain.adjustment import Adjustment
from finops_cli.domain.period import Period, add_months
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.errors import MissingColumn, UnknownName, UsageError
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.target import find_value

_DAY = timedelta(days=1)
_LOOK_BACK = 30


@dataclass(frozen=True, slots=True)
class Known:
    """One thing known ahead and the change it makes; ``said`` is the user's own words."""

    change: Change
    said: str | None = None
    ending: "Ending | None" = None


@dataclass(frozen=True, slots=True)
class Ending:
    """A commitment that ends within the months looked at; amounts are a day's."""

    name: str
    day: date
    fee: Decimal
    rise: Decimal


def stated(basis: Basis, adjustments: Sequence[Adjustment], months: Sequence[date]) -> list[Known]:
    """Return the changes that the user's adjustments mean for the months.

    Raises:
        UnknownName: A target that the bill does not have.
        UsageError: A target by which the lines of the bill cannot be told apart.
    """
    return [
        Known(_change(one, months, _rows(basis, one.target)), said=one.text) for one in adjustments
    ]


def _change(one: Adjustment, months: Sequence[date], rows: tuple[int, ...] | None) -> Change:
    covered = [one.covers(month) for month in months]
    factor = 1.0 if one.action == "add" else 1.0 + float(one.amount)
    amount = float(one.amount) if one.action == "add" else 0.0
    return Change(
        factors=tuple(factor if hit else 1.0 for hit in covered),
        amounts=tuple(amount if hit else 0.0 for hit in covered),
        series=rows,
    )


def _rows(basis: Basis, target: str | None) -> tuple[int, ...] | None:
    if target is None:
        return None
    found = find_value(basis.source, target)
    if found.dimension not in basis.panel.dimensions:
        raise UsageError(
            f"An adjustment cannot be about {target!r}: it is a {found.dimension}.",
            "Name a service, an account or a region, or narrow with --filter.",
        )
    values = basis.panel.values(found.dimension)
    rows = tuple(at for at, value in enumerate(values) if (value in found.values))
    if not rows:
        raise UsageError(f"{target!r} has no cost in this scope.", "Check --filter.")
    return rows


def endings(basis: Basis, months: Sequence[date]) -> list[Known]:
    """Return the commitments whose terms end within the months, and what that changes."""
    if basis.metric is Metric.LIST:
        return []
    last = add_months(months[-1], 1)
    running = running_terms(basis.panel, basis.until)
    ending = [term for term in running if term.end < last]
    return list(_risen(basis, running, ending, months)) if ending else []


def _risen(
    basis: Basis, running: Sequence[Term], ending: Sequence[Term], months: Sequence[date]
) -> Iterator[Known]:
    """Yield each ending term, sharing what the covered usage would cost by the terms' fees."""
    kinds = {term: _kind(basis, term) for term in running}
    for kind in dict.fromkeys(kinds[term] for term in ending):
        same = [term for term in running if kinds[term] == kind]
        fees = sum((Decimal(str(term.per_day)) for term in same), Decimal(0))
        covered = _covered(basis, kind)
        for term in (term for term in ending if kinds[term] == kind):
            share = Decimal(str(term.per_day)) / fees if fees else Decimal(0)
            fee = Decimal(str(term.per_day))
            rise = covered * share - fee if covered is not None else Decimal(0)
            if rise > 0:
                yield _known(basis, term, fee, rise, months)


def _kind(basis: Basis, term: Term) -> str:
    key = " ".join(str(part) for part in basis.panel.keys[term.series])
    return "Savings Plan" if "SP" in key or "SavingsPlan" in key else "Reserved Instance"


def _covered(basis: Basis, kind: str) -> Decimal | None:
    """Return what a day of covered usage costs on demand, None where the bill does not say."""
    start = max(basis.until - _DAY * _LOOK_BACK, basis.period.start)
    filters = (
        *basis.filters,
        Filter(q.PURCHASE_OPTION, (kind,)),
        Filter(q.CHARGE_CATEGORY, (q.ChargeCategory.USAGE.value,)),
    )
    period = Period(start, basis.until)
    try:
        frame = basis.source.fetch(CostQuery(period, Metric.LIST, Granularity.TOTAL, (), filters))
    except (MissingColumn, UnknownName):
        return None
    return frame.total() / period.days


def _known(basis: Basis, term: Term, fee: Decimal, rise: Decimal, months: Sequence[date]) -> Known:
    after = [_days_after(month, term.end) for month in months]
    amounts = tuple(float(rise) * days for days in after)
    change = Change((1.0,) * len(months), amounts, (term.series,))
    name = _name(basis.panel.dimensions, basis.panel.keys[term.series])
    return Known(change, ending=Ending(name, term.end, fee, rise))


def _days_after(month: date, end: date) -> int:
    return max((add_months(month, 1) - max(month, end)).days, 0)


def _name(dimensions: Sequence[str], key: Sequence[str | None]) -> str:
    named: Mapping[str, str | None] = dict(zip(dimensions, key, strict=True))
    return named.get(q.USAGE_TYPE) or named.get(q.SERVICE) or "commitment"
