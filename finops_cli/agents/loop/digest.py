"""An Answer as a model reads it: short JSON of ready figures, and never a silent cut.

A model must not compute, so every figure is a text that can be quoted as it stands, and what a
table leaves out is summed here and told.
"""

import json
import re
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from finops_cli.agents.loop.fencing import cropped, one_line
from finops_cli.agents.loop.quoting import Quoted, quoted
from finops_cli.agents.loop.rows import told_table
from finops_cli.domain.answer import Answer, Finding, Provenance, Sentence, Series

MOST_POINTS = 24
_LATEST = 14
_PLACE = re.compile(r"\{([^{}]+)\}")


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
        "tables": [told_table(one, currency) for one in answer.tables if not one.detail],
        "series": [_series(one, currency) for one in answer.series if not one.detail],
        "warnings": [cropped(one) for one in answer.warnings],
        "not_shown": detail,
    }
    return compact({key: value for key, value in content.items() if value not in (None, [])})


def headline(answer: Answer) -> str:
    """Return an Answer's first sentence, its figures ready to be quoted."""
    return _sentence(answer.title, answer.provenance.currency)


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


def _sentence(sentence: Sentence, currency: str | None) -> str:
    figures = {
        one.name: quoted(one.value, one.kind, one.unit, currency) for one in sentence.figures
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


def _series(series: Series, currency: str | None) -> dict[str, Any]:
    def told(value: Decimal) -> Quoted:
        return quoted(value, series.kind, series.unit, currency)

    points = [(str(day), told(value)) for day, value in series.points]
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
            content[name] = [told(value) for value in bound]
    return content
