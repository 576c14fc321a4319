"""An Answer as a model reads it: short JSON of ready figures, and never a silent cut.

A model must not compute, so every figure is a text that can be quoted as it stands, and what a
table leaves out is summed here and told.
"""

import json
import re
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Any

from finops_cli.agents.loop.fencing import cropped, one_line
from finops_cli.domain.answer import (
    Answer,
    Column,
    Finding,
    Kind,
    Provenance,
    Sentence,
    Series,
    Table,
    Value,
)

MOST_ROWS = 20
MOST_POINTS = 24
_LATEST = 14
_MONEY = frozenset({Kind.MONEY, Kind.CHANGE, Kind.ESTIMATE})
_RATIO = frozenset({Kind.SHARE, Kind.RATIO, Kind.GROWTH})
_PLACE = re.compile(r"\{([^{}]+)\}")
# A bill may be hostile: quantize() refuses results of more digits than its context holds.
_WIDE = Context(prec=400)


def digest(answer: Answer) -> str:
    """Return what a model is told of an Answer, as compact JSON."""
    currency = answer.provenance.currency
    detail = [one.name for one in answer.tables if one.detail]
    detail += [one.name for one in answer.series if one.detail]
    content = {
        "title": _sentence(answer.title, currency),
        **_origin(answer.provenance),
        "summary": [_sentence(one, currency) for one in answer.summary],
        "findings": [_finding(one, currency) for one in answer.findings],
        "tables": [_table(one, currency) for one in answer.tables if not one.detail],
        "series": [_series(one, currency) for one in answer.series if not one.detail],
        "warnings": [cropped(one) for one in answer.warnings],
        "not_shown": detail,
    }
    return compact({key: value for key, value in content.items() if value not in (None, [])})


def compact(content: Mapping[str, Any]) -> str:
    """Return JSON without a needless character."""
    return json.dumps(_inert(content), ensure_ascii=False, separators=(",", ":"), default=str)


def _inert(content: Any) -> Any:
    """Return the content with all its text inert: in JSON, a line's end is no longer seen."""
    match content:
        case str():
            return one_line(content)
        case Mapping():
            return {one_line(str(key)): _inert(value) for key, value in content.items()}
        case list() | tuple():
            return [_inert(one) for one in content]
    return content


def written(value: Value, kind: Kind, unit: str | None) -> str | int | None:
    """Return a value ready to be quoted, with its unit; None where there is none."""
    if isinstance(value, Decimal):
        return _number(value, kind, unit)
    if isinstance(value, str):
        return cropped(value)
    if value is None or isinstance(value, int):
        return value
    return str(value)[:7] if kind is Kind.MONTH else str(value)


def _number(value: Decimal, kind: Kind, unit: str | None) -> str | None:
    if not value.is_finite():
        return None
    if kind in _RATIO:
        return f"{_rounded(value * 100, 1):f} %"
    number = f"{_rounded(value, 2):f}"
    return f"{number} {cropped(unit)}" if unit else number


def _rounded(value: Decimal, places: int) -> Decimal:
    """Return the value at so many decimals, or at its first two digits where that would be none."""
    if value and value.adjusted() < -places:
        places = 1 - value.adjusted()
    return value.quantize(Decimal(1).scaleb(-places), ROUND_HALF_UP, context=_WIDE)


def _sentence(sentence: Sentence, currency: str | None) -> str:
    figures = {
        one.name: written(one.value, one.kind, one.unit or _unit(one.kind, currency))
        for one in sentence.figures
    }
    return _PLACE.sub(lambda at: str(figures.get(at[1], at[0])), sentence.template)


def _finding(finding: Finding, currency: str | None) -> dict[str, str]:
    return {"severity": finding.severity.value, "text": _sentence(finding.text, currency)}


def _origin(origin: Provenance) -> dict[str, Any]:
    period, until = origin.period, origin.complete_until
    return {
        "source": cropped(origin.source),
        "period": str(period) if period else None,
        "as_of": str(origin.as_of) if origin.as_of else None,
        "days_complete_before": str(until) if until else None,
        "metric": origin.metric,
        "currency": origin.currency,
    }


def _table(table: Table, currency: str | None) -> dict[str, Any]:
    at = [n for n, column in enumerate(table.columns) if not column.detail]
    columns = [table.columns[n] for n in at]
    count = len(table.rows) - table.rest
    shown = (*table.rows[: min(count, MOST_ROWS)], *table.rows[count:])
    content: dict[str, Any] = {
        "name": table.name,
        "columns": [column.name for column in columns],
        "rows": [_row(columns, [row[n] for n in at], currency) for row in shown],
        "total": _row(columns, [table.total[n] for n in at], currency) if table.total else None,
    }
    left = [[row[n] for n in at] for row in table.rows[MOST_ROWS:count]]
    if left:
        content["rows_left_out"] = {"count": len(left), **_sums(columns, left, currency)}
    return {key: value for key, value in content.items() if value is not None}


def _row(
    columns: Sequence[Column], row: Sequence[Value], currency: str | None
) -> list[str | int | None]:
    return [
        written(value, column.kind, column.unit or _unit(column.kind, currency))
        for column, value in zip(columns, row, strict=True)
    ]


def _sums(
    columns: Sequence[Column], rows: Sequence[Sequence[Value]], currency: str | None
) -> dict[str, Any]:
    """Return what the rows come to in each column of money."""
    sums: dict[str, Any] = {}
    for at, column in enumerate(columns):
        amounts = [row[at] for row in rows if isinstance(row[at], Decimal)]
        if column.kind in _MONEY and amounts:
            total = sum((one for one in amounts if isinstance(one, Decimal)), Decimal(0))
            sums[column.name] = written(total, column.kind, column.unit or currency)
    return sums


def _series(series: Series, currency: str | None) -> dict[str, Any]:
    unit = series.unit or _unit(series.kind, currency)
    points = [(str(day), written(value, series.kind, unit)) for day, value in series.points]
    content: dict[str, Any] = {"name": series.name, "points": points}
    if len(points) > MOST_POINTS:
        by_value = sorted(zip((value for _, value in series.points), points, strict=True))
        content = {
            "name": series.name,
            "count": len(points),
            "first": points[0],
            "lowest": by_value[0][1],
            "highest": by_value[-1][1],
            "latest": points[-_LATEST:],
        }
    for name, bound in (("low", series.low), ("high", series.high)):
        if bound is not None and len(points) <= MOST_POINTS:
            content[name] = [written(value, series.kind, unit) for value in bound]
    return content


def _unit(kind: Kind, currency: str | None) -> str | None:
    return currency if kind in _MONEY else None
