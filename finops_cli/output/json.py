"""The public JSON of an answer or an error, as ``docs/answer.schema.json`` describes it.

Scripts read it, so nothing is rounded, everything is named, and each run prints one document.
Sentences are included as a person reads them; the values in them travel beside them as figures.
"""

import json
from collections.abc import Iterable, Sequence
from typing import Any

from finops_cli.domain.answer import (
    SCHEMA,
    Answer,
    Column,
    Figure,
    Finding,
    Provenance,
    Series,
    Table,
    Value,
)
from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.prose import Prose
from finops_cli.errors import FinopsError
from finops_cli.output import escape, exact, prose
from finops_cli.output import format as fmt
from finops_cli.output.notation import Notation

Json = dict[str, Any]


def render(answer: Answer) -> str:
    """Return the answer as one JSON document."""
    return _document(as_json(answer))


def render_error(error: FinopsError) -> str:
    """Return the error as one JSON document."""
    return _document(error_as_json(error))


def as_json(answer: Answer) -> Json:
    """Return the public form of an answer, ready for ``json.dumps``.

    Raises:
        ValueError: A table has two columns of one name, or a sentence lacks a figure.
    """
    return {
        "schema": SCHEMA,
        "question": answer.question,
        "route": answer.route,
        "prose": _prose(answer.prose) if answer.prose else None,
        **_content(answer),
        "parts": [_content(part) for part in answer.parts],
    }


def _content(answer: Answer) -> Json:
    """Return what an answer says, which is all there is to a part of a report."""
    notation = Notation.of(answer)
    return {
        "title": prose.text(answer.title, notation),
        "summary": "\n\n".join(prose.markdown(one, notation) for one in answer.summary),
        "figures": [_figure(f) for one in (answer.title, *answer.summary) for f in one.figures],
        "findings": [_finding(one, notation) for one in answer.findings],
        "tables": [_table(one) for one in answer.tables],
        "series": [_series(one) for one in answer.series],
        "warnings": list(answer.warnings),
        "next": list(answer.next),
        "provenance": _provenance(answer.provenance),
        "exit": {"code": answer.exit.code, "reason": answer.exit.reason},
    }


def _prose(written: Prose) -> Json:
    return {
        "text": written.text,
        "matched": written.matched,
        "unmatched": [
            {"text": one.text, "start": one.start, "end": one.end} for one in written.unmatched
        ],
    }


def error_as_json(error: FinopsError) -> Json:
    """Return the public form of an error."""
    return {
        "schema": SCHEMA,
        "error": {"code": error.code, "message": error.message, "hint": error.hint},
        "exit": {"code": error.exit_code, "reason": error.code},
    }


def _document(content: Json) -> str:
    text = json.dumps(content, ensure_ascii=False, allow_nan=False, indent=2)
    return escape.json_text(text) + "\n"


def _finding(finding: Finding, notation: Notation) -> Json:
    return {
        "severity": finding.severity.value,
        "text": prose.text(finding.text, notation),
        "figures": [_figure(one) for one in finding.text.figures],
    }


def _figure(figure: Figure) -> Json:
    return {
        "name": figure.name,
        "value": exact.value_of(figure.value, figure.kind),
        "kind": figure.kind.value,
        "unit": figure.unit,
    }


def _table(table: Table) -> Json:
    names = [column.name for column in table.columns]
    if len(set(names)) < len(names):
        raise ValueError(f"Two columns of table {table.name!r} have one name: {names}.")
    return {
        "name": table.name,
        "columns": [
            {"name": column.name, "type": column.kind.value, "unit": column.unit}
            for column in table.columns
        ],
        "rows": [_row(table.columns, row) for row in table.rows],
        "total": _row(table.columns, table.total) if table.total else None,
        "rest": table.rest,
    }


def _row(columns: Sequence[Column], row: Iterable[Value]) -> Json:
    return {
        column.name: exact.value_of(value, column.kind)
        for column, value in zip(columns, row, strict=True)
    }


def _series(series: Series) -> Json:
    points: list[Json] = [
        {"date": day.isoformat(), "value": exact.value_of(value, series.kind)}
        for day, value in series.points
    ]
    for name, bound in (("low", series.low), ("high", series.high)):
        for point, value in zip(points, bound or (), strict=bound is not None):
            point[name] = exact.value_of(value, series.kind)
    return {
        "name": series.name,
        "type": series.kind.value,
        "unit": series.unit,
        "points": points,
    }


def _provenance(origin: Provenance) -> Json:
    period, until = origin.period, origin.complete_until
    return {
        "source": origin.source,
        "period": (
            {"start": period.start.isoformat(), "end": period.end.isoformat()} if period else None
        ),
        "as_of": origin.as_of.isoformat() if origin.as_of else None,
        "complete_until": until.isoformat() if until else None,
        "metric": origin.metric,
        "currency": origin.currency,
        "queries": origin.queries,
        "api_calls": origin.api_calls,
        "api_cost": exact.decimal(origin.api_cost, 2),
        "model": _model(origin.model) if origin.model else None,
        "seconds": fmt.milliseconds(origin.seconds),
    }


def _model(use: ModelUse) -> Json:
    return {
        "model": use.model,
        "model_calls": use.model_calls,
        "tool_calls": use.tool_calls,
        "input_tokens": use.input_tokens,
        "output_tokens": use.output_tokens,
        "cost": None if use.cost is None else exact.decimal(use.cost, 2),
        "seconds": fmt.milliseconds(use.seconds),
    }
