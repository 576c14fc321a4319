"""What a sceptic checks an explanation by: the parts that add up, and the days on a line."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain.answer import Column, Figure, Kind, Series, Table, Value
from finops_cli.domain.period import Period
from finops_cli.domain.query import ACCOUNT
from finops_cli.tools.explanation.breakout import Breakout, Row
from finops_cli.tools.naming import Names

REST = "everything else"
ACCOUNT_NAME = "account_name"
_SHOWN_BEFORE = 28
_SHOWN_MOST = 84
_DAY = timedelta(days=1)


def parts_table(broken: Breakout, names: Names, currency: str | None) -> Table:
    """Return what moved: one row a part, everything else, and their sum, the change.

    The effects of usage and price are null where usage has no one unit, or where a part mixes
    usage with fees; a person reads them in the findings.
    """
    heads = _heads(broken, names)
    columns = (
        *heads,
        Column("change", Kind.CHANGE, currency),
        Column("share", Kind.SHARE),
        Column("usage_effect", Kind.CHANGE, currency, detail=True),
        Column("rate_effect", Kind.CHANGE, currency, detail=True),
        Column("since", Kind.DATE, detail=True),
        Column("note", Kind.TEXT, detail=all(row.note is None for row in broken.rows)),
    )
    found = [
        (
            *_place(broken, row, names),
            row.part.change,
            row.part.share,
            row.usage,
            row.rate,
            row.since,
            row.note,
        )
        for row in broken.rows
    ]
    parts = broken.parts
    blank = (None,) * 4
    labelled = next(at for at, column in enumerate(heads) if not column.detail)
    label = tuple(REST if at == labelled else None for at in range(len(heads)))
    rest = (*label, parts.rest, parts.rest_share, *blank)
    one = None if parts.rest_share is None else Decimal(1)
    whole = (*(None,) * len(heads), parts.change, one, *blank)
    return Table("What moved", columns, (*found, rest), whole, rest=1)


def _heads(broken: Breakout, names: Names) -> list[Column]:
    """Return the text columns: the dimensions, and what people call the accounts.

    A person is shown an account's name instead of its id where every account in the table has one.
    """
    called = names.get(ACCOUNT, {}) if ACCOUNT in broken.columns else {}
    at = broken.columns.index(ACCOUNT) if called else 0
    accounts = {row.part.where[at] for row in broken.rows} if called else set()
    named = bool(called) and len({called.get(a or "") for a in accounts} - {None}) == len(accounts)
    heads = [Column(d, Kind.TEXT, detail=named and d == ACCOUNT) for d in broken.columns]
    return [*heads, *([Column(ACCOUNT_NAME, Kind.TEXT)] if called else [])]


def _place(broken: Breakout, row: Row, names: Names) -> list[Value]:
    here = dict(zip(broken.columns, row.part.where, strict=True))
    here[ACCOUNT_NAME] = names.get(ACCOUNT, {}).get(here.get(ACCOUNT) or "")
    return [here[column.name] for column in _heads(broken, names)]


def daily_series(
    costs: Mapping[date, Decimal],
    window: Period,
    currency: str | None,
    marks: tuple[Figure, ...],
) -> tuple[Series, ...]:
    """Return the days of a window with four weeks before it, at most twelve weeks."""
    start = max(window.start - _DAY * _SHOWN_BEFORE, window.end - _DAY * _SHOWN_MOST)
    points = tuple((day, cost) for day, cost in costs.items() if start <= day < window.end)
    return (Series("cost per day", Kind.MONEY, currency, points, marks=marks),) if points else ()
