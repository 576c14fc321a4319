"""A forecast as tables and series: the months ahead, their parts, the months behind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from finops_cli.analytics.adjust import Adjusted
from finops_cli.analytics.breakdown import growth
from finops_cli.analytics.outlook import Band, Outlook, bands_by
from finops_cli.domain.answer import Column, Kind, Series, Table, Value
from finops_cli.domain.period import add_months
from finops_cli.tools.estimates import estimate
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.naming import label
from finops_cli.tools.scope import NO_VALUE

REST = "everything else"
STATED = "adjustments"


@dataclass(frozen=True, slots=True)
class Month:
    """One month ahead: the expected cost, its band, and what the cumulative sum is then."""

    month: date
    mean: Decimal
    low: Decimal
    high: Decimal


def months_ahead(outlook: Outlook) -> list[Month]:
    """Return the months of an outlook, the one under way first."""
    band = outlook.total
    rows = zip(outlook.months, band.mean, band.low, band.high, strict=True)
    return [Month(m, estimate(mean), estimate(low), estimate(high)) for m, mean, low, high in rows]


def month_table(basis: Basis, ahead: Sequence[Month], found: Adjusted) -> Table:
    """Return a row for each month: what is expected, how sure, against before, added up."""
    money, effects = basis.currency, _effects(found)
    columns = (
        Column("month", Kind.MONTH),
        Column("mean", Kind.ESTIMATE, money, heading="forecast"),
        Column("low", Kind.ESTIMATE, money),
        Column("high", Kind.ESTIMATE, money),
        Column("change", Kind.GROWTH),
        Column("vs_last_year", Kind.GROWTH, detail=not _has_last_year(basis, ahead)),
        Column("cumulative", Kind.ESTIMATE, money),
        *((Column("known_ahead", Kind.CHANGE, money, detail=True),) if effects else ()),
    )
    known = dict(basis.months)
    rows: list[tuple[Value, ...]] = []
    running = Decimal(0)
    for at, month in enumerate(ahead):
        whole = not (at == 0 and found.outlook.running)
        running += month.mean if whole else 0
        rows.append(
            (
                month.month,
                month.mean,
                month.low,
                month.high,
                _against(month.mean, known.get(add_months(month.month, -1))),
                _against(month.mean, known.get(add_months(month.month, -12))),
                running if whole else None,
                *((effects[at],) if effects else ()),
            )
        )
        known[month.month] = month.mean
    return Table("Forecast", columns, tuple(rows))


def _effects(found: Adjusted) -> list[Decimal]:
    return [estimate(sum(column)) for column in zip(*found.effects, strict=True)]


def _has_last_year(basis: Basis, ahead: Sequence[Month]) -> bool:
    return any(add_months(month.month, -12) in basis.months for month in ahead)


def _against(value: Decimal, before: Decimal | None) -> Decimal | None:
    return growth(value - before, before) if before is not None and before > 0 else None


def series_of(basis: Basis, ahead: Sequence[Month]) -> tuple[Series, ...]:
    """Return the months that were billed, and those ahead with their band."""
    money = basis.currency
    behind = tuple(sorted(basis.months.items()))
    return (
        (
            Series("cost per month", Kind.MONEY, money, behind),
            band_series("forecast", ahead, money, detail=False),
        )
        if behind
        else (band_series("forecast", ahead, money, detail=False),)
    )


def band_series(name: str, ahead: Sequence[Month], money: str, *, detail: bool) -> Series:
    """Return the months ahead as a series with a band."""
    return Series(
        name,
        Kind.ESTIMATE,
        money,
        tuple((month.month, month.mean) for month in ahead),
        tuple(month.low for month in ahead),
        tuple(month.high for month in ahead),
        detail=detail,
    )


@dataclass(frozen=True, slots=True)
class Part:
    """One segment of the bill: its months ahead, and its whole over the horizon."""

    name: str
    months: tuple[Month, ...]
    whole: tuple[Decimal, Decimal, Decimal]
    before: Decimal


def parts_by(basis: Basis, found: Adjusted, by: str, top: int) -> tuple[list[Part], int]:
    """Return the largest segments of a dimension and the rest, and how many make up the rest.

    Their means add up to the total's, month by month; so do their wholes.
    """
    outlook = found.outlook
    labels = _labels(basis, outlook, by, top)
    bands = bands_by(outlook, labels)
    before = _before(basis, outlook, labels)
    parts = [_part(name, bands[name], outlook, before) for name in dict.fromkeys(labels)]
    if any(found.apart):
        parts.append(_apart(found))
    named = [part for part in parts if part.name != REST]
    rest = [part for part in parts if part.name == REST]
    named.sort(key=lambda part: -abs(part.whole[0]))
    segments = {value for value in basis.panel.values(by)}
    return [*named, *rest], len(segments) - len([p for p in named if p.name != STATED])


def _labels(basis: Basis, outlook: Outlook, by: str, top: int) -> list[str]:
    """Return for each series the name of its segment, all but the largest being the rest."""
    names = [
        NO_VALUE if value is None else label(by, value, basis.names) or value
        for value in basis.panel.values(by)
    ]
    sizes: dict[str, float] = {}
    for name, part in zip(names, outlook.parts, strict=True):
        sizes[name] = sizes.get(name, 0.0) + float(part.sum())
    largest = set(sorted(sizes, key=lambda name: -abs(sizes[name]))[:top])
    return [name if name in largest else REST for name in names]


def _before(basis: Basis, outlook: Outlook, labels: Sequence[str]) -> Mapping[str, Decimal]:
    """Return what each segment cost in as many days before as the horizon has.

    Where there are fewer, at their rate.
    """
    days = (add_months(outlook.months[-1], 1) - outlook.months[int(outlook.running)]).days
    rate = days / min(days, basis.period.days)
    found: dict[str, Decimal] = {}
    for name, costs in zip(labels, basis.panel.costs, strict=True):
        found[name] = found.get(name, Decimal(0)) + estimate(sum(costs[-days:]) * rate)
    return found


def _part(name: str, band: Band, outlook: Outlook, before: Mapping[str, Decimal]) -> Part:
    rows = zip(outlook.months, band.mean, band.low, band.high, strict=True)
    months = tuple(Month(m, estimate(a), estimate(b), estimate(c)) for m, a, b, c in rows)
    ahead = months[int(outlook.running) :]
    whole = sum((month.mean for month in ahead), Decimal(0))
    low = sum((month.low for month in ahead), Decimal(0))
    high = sum((month.high for month in ahead), Decimal(0))
    return Part(name, months, (whole, low, high), before.get(name, Decimal(0)))


def _apart(found: Adjusted) -> Part:
    rows = zip(found.outlook.months, found.apart, strict=True)
    months = tuple(Month(m, *(estimate(x),) * 3) for m, x in rows)
    whole = sum((month.mean for month in months[int(found.outlook.running) :]), Decimal(0))
    return Part(STATED, months, (whole, whole, whole), Decimal(0))


def points_table(by: str, parts: Sequence[Part], money: str) -> Table:
    """Return every month of every segment, for machines."""
    columns = (
        Column("month", Kind.MONTH),
        Column(by, Kind.TEXT),
        *(Column(name, Kind.ESTIMATE, money) for name in ("mean", "low", "high")),
    )
    rows = tuple(
        (month.month, part.name, month.mean, month.low, month.high)
        for at in range(len(parts[0].months))
        for part in parts
        for month in (part.months[at],)
    )
    return Table("Forecast", columns, rows, detail=True)


def parts_table(by: str, parts: Sequence[Part], rest: int, money: str) -> Table:
    """Return a row for each segment: its whole over the horizon, and its share."""
    whole = sum((part.whole[0] for part in parts), Decimal(0))
    columns = (
        Column(by, Kind.TEXT),
        *(
            Column(name, Kind.ESTIMATE, money, heading=heading)
            for name, heading in (("mean", "forecast"), ("low", None), ("high", None))
        ),
        Column("growth", Kind.GROWTH, heading="vs as long before"),
        Column("share", Kind.SHARE),
    )
    rows = tuple(
        (
            part.name if part.name != REST or rest < 1 else f"{REST} ({rest})",
            *part.whole,
            _against(part.whole[0], part.before),
            part.whole[0] / whole if whole else None,
        )
        for part in parts
    )
    has_rest = int(any(part.name == REST for part in parts))
    total = (None, whole, None, None, None, Decimal(1) if whole else None)
    return Table(f"By {by.replace('_', ' ')}", columns, rows, total, has_rest)
