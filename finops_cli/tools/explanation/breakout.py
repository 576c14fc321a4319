"""The rows of "what moved": a change cut along the columns that tell most, with their effects.

A column stands where the drill went, or where it found that nearly all of the main cause lies.
Rows are combinations of the columns' values over the whole scope, not only on the main path, so
that a second cause gets its row too.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from finops_cli.analytics.comparison import Amount, Comparison, Key, measure
from finops_cli.analytics.decompose import Part, Parts, parts
from finops_cli.analytics.effects import Effects, effects
from finops_cli.domain.frame import COST, DATE, Frame
from finops_cli.domain.query import INSTANCE_TYPE, REGION, USAGE_TYPE, Granularity
from finops_cli.tools.explanation.drill import ORDER, Drill, Path

MOST_ROWS = 6
_DAY = timedelta(days=1)
_NOTHING = Fraction(1, 100)
_UNNAMED = Fraction(1, 10)
_FINE = "usage_type_of_all"


@dataclass(frozen=True, slots=True)
class Row:
    """One part: its values under the columns, its amounts, and what kind of change it is.

    ``note`` is ``new``, ``gone``, ``usage up``, ``price down`` and so on, None where unknown;
    ``since`` the first day of what is new, or the first day without what is gone.
    """

    part: Part
    usage: Decimal | None
    rate: Decimal | None
    note: str | None
    since: date | None


@dataclass(frozen=True, slots=True)
class Breakout:
    """The columns, the rows under them, and the main path with its surroundings."""

    columns: tuple[str, ...]
    rows: tuple[Row, ...]
    parts: Parts
    main: Path


def break_out(drill: Drill, whole: Amount) -> Breakout:
    """Return the parts of a change along the columns that tell most."""
    main = drill.path()
    first = main[0][0] if main else drill.first_dimension()
    if first is None:
        return Breakout((), (), parts({}, whole, 0), ())
    names = tuple(name for name, _ in main) or (first,)
    joined = _in_order(names[: drill.source.max_group_by])
    frame, fetched = drill.joint(joined, first)
    plan = drill.comparison
    if main and (len(names) > len(joined) or USAGE_TYPE not in fetched):
        return _with_main_apart(drill, whole, main, frame, joined)
    frame, columns = _named(frame, joined, fetched, plan)
    found = parts(measure(frame, plan, columns), whole, MOST_ROWS)
    split = _effects(frame, columns, fetched, plan)
    rows = tuple(
        _row(part, split.get(part.where), _days(frame, columns, part.where), plan)
        for part in found.rows
    )
    return Breakout(columns, rows, found, main)


def _with_main_apart(
    drill: Drill, whole: Amount, main: Path, frame: Frame, joined: tuple[str, ...]
) -> Breakout:
    """Break out where the source cannot group by so much: the main part is taken by filters.

    What else lies under the same joined values stays a part of its own.
    """
    columns = _in_order([name for name, _ in main])
    values = dict(main)
    main_key = tuple(values[name] for name in columns)
    amounts: dict[Key, Amount] = {main_key: drill.at(main)}
    for key, amount in measure(frame, drill.comparison, joined).items():
        here = dict(zip(joined, key, strict=True))
        inside = all(values[name] == value for name, value in here.items())
        wide = tuple(here.get(name) for name in columns)
        if wide != main_key:
            amounts[wide] = amount - amounts[main_key] if inside else amount
    found = parts(amounts, whole, MOST_ROWS)
    grained, grain = drill.grain(main)
    fine = USAGE_TYPE in (*grain, *columns)
    split = effects(grained, drill.comparison, (), grain).get(()) if fine else None
    rows = tuple(
        _row(part, split, _days(grained, (), ()), drill.comparison)
        if part.where == main_key
        else _row(part, None, [], drill.comparison)
        for part in found.rows
    )
    return Breakout(columns, rows, found, main)


def _in_order(names: Sequence[str]) -> tuple[str, ...]:
    return tuple(name for name in ORDER if name in names)


def _named(
    frame: Frame, columns: tuple[str, ...], fetched: Sequence[str], plan: Comparison
) -> tuple[Frame, tuple[str, ...]]:
    """Let the usage type name what has no instance type, where that is much of the change."""
    if INSTANCE_TYPE not in columns or USAGE_TYPE not in fetched or USAGE_TYPE in columns:
        return frame, columns
    amounts = measure(frame, plan, [INSTANCE_TYPE, USAGE_TYPE])
    gross = sum((abs(amount.change) for amount in amounts.values()), Fraction(0))
    unnamed = sum((abs(a.change) for key, a in amounts.items() if key[0] is None), Fraction(0))
    if unnamed <= gross * _UNNAMED:
        return frame, columns
    kind, usage = frame.columns.index(INSTANCE_TYPE), frame.columns.index(USAGE_TYPE)
    names = tuple(_FINE if name == USAGE_TYPE else name for name in frame.columns)
    rows = ((*row, None if row[kind] else row[usage]) for row in frame.rows)
    return Frame((*names, USAGE_TYPE), tuple(rows)), _in_order((*columns, USAGE_TYPE))


def _effects(
    frame: Frame, columns: Sequence[str], fetched: Sequence[str], plan: Comparison
) -> dict[Key, Effects | None]:
    if USAGE_TYPE not in fetched:
        return {}
    grain = [name for name in (USAGE_TYPE, REGION, _FINE) if name in frame.columns]
    return effects(frame, plan, columns, grain)


def _row(part: Part, split: Effects | None, days: Sequence[date], plan: Comparison) -> Row:
    amount = part.amount
    usage, rate = split.amounts() if split else (None, None)
    if plan.granularity is not Granularity.DAILY:
        days = []
    if abs(amount.before) <= abs(amount.now) * _NOTHING:
        return Row(part, usage, rate, "new", _first_day(days, plan))
    if abs(amount.now) <= abs(amount.before) * _NOTHING:
        since = max(days) + _DAY if days else None
        return Row(part, usage, rate, "gone", since)
    return Row(part, usage, rate, _cause(usage, rate), None)


def _days(frame: Frame, columns: Sequence[str], where: Key) -> list[date]:
    """Return the days on which a part was charged."""
    rows = frame.select(DATE, COST, *columns)
    return [day for day, cost, *key in rows if tuple(key) == where and cost]


def _first_day(days: Sequence[date], plan: Comparison) -> date | None:
    """Return the first of the unbroken days of charges that lead into the window."""
    charged = set(days)
    first = min((day for day in charged if day in plan.window), default=None)
    while first is not None and first - _DAY in charged:
        first -= _DAY
    return first


def _cause(usage: Decimal | None, rate: Decimal | None) -> str | None:
    if usage is None or rate is None or not (usage or rate):
        return None
    if abs(usage) >= 3 * abs(rate):
        return "usage up" if usage > 0 else "usage down"
    if abs(rate) >= 3 * abs(usage):
        return "price up" if rate > 0 else "price down"
    return "usage and price"
