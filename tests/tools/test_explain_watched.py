"""Explaining and watching share one engine: the same event, the same id."""

from datetime import date, timedelta
from typing import Any

import numpy as np
import pytest

from finops_cli.domain.answer import Answer
from finops_cli.tools.anomalies import Anomalies
from finops_cli.tools.explain import Explain
from tests.fakes import FakeSource

_START, _DAYS = date(2026, 1, 1), 200
_END = _START + timedelta(days=_DAYS)


def _bill(new_days: int, a_day: float, unrest: float = 0.02) -> list[dict[str, Any]]:
    """Return a bill of a restless and a calm line, and one that began some days ago."""
    rng = np.random.default_rng(11)
    rows = []
    for at in range(_DAYS):
        day = _START + timedelta(days=at)
        rows.append(_row(day, 900 * float(np.exp(rng.normal(0, unrest))), "AmazonEC2", "m5.large"))
        rows.append(_row(day, 40 * float(np.exp(rng.normal(0, 0.01))), "AmazonS3", "Storage"))
        if at >= _DAYS - new_days:
            rows.append(_row(day, a_day, "AmazonEC2", "p4d.24xlarge"))
    return rows


def _row(day: date, cost: float, service: str, usage_type: str) -> dict[str, Any]:
    place = {"region": "us-east-1", "account": "web"}
    return {
        "date": day,
        "cost": f"{cost:.4f}",
        "service": service,
        "usage_type": f"BoxUsage:{usage_type}",
        **place,
    }


def _event(answer: Answer) -> dict[str, Any]:
    found = [f.text for f in answer.findings if f.text.template.startswith("Anomaly")]
    return {figure.name: figure.value for text in found for figure in text.figures}


def test_an_explanation_names_the_event_that_the_watch_lists() -> None:
    source = FakeSource(_bill(6, 700.0), _END)
    told = _event(Explain(source).explain("ec2"))
    table = Anomalies(source).events().tables[0]
    at = [column.name for column in table.columns].index("id")
    assert told["event"] in [row[at] for row in table.rows]
    assert told["known"] <= _END - timedelta(days=5)
    assert told["confidence"] < 1
    assert any("anomalies show" in one for one in Explain(source).explain("ec2").next)


def test_an_event_outside_the_scope_is_none_of_it() -> None:
    source = FakeSource(_bill(6, 700.0), _END)
    assert _event(Explain(source).explain("s3")) == {}


def test_where_the_sum_is_restless_a_line_s_event_is_explained() -> None:
    source = FakeSource(_bill(4, 250.0, unrest=0.35), _END)
    answer = Explain(source).explain("ec2")
    assert "has not moved" not in answer.title.template
    assert _event(answer)["kind"] == "new usage"
    assert any(row[0] == "BoxUsage:p4d.24xlarge" for row in answer.tables[0].rows)


@pytest.mark.parametrize("direction", ["down"])
def test_a_drop_that_is_asked_about_is_no_rise(direction: Any) -> None:
    source = FakeSource(_bill(4, 250.0, unrest=0.35), _END)
    answer = Explain(source).explain("ec2", direction=direction)
    assert "kind" not in _event(answer) or _event(answer)["kind"] in ("drop", "vanished")


def test_nothing_is_watched_for_a_period_that_is_long_over() -> None:
    source = FakeSource(_bill(6, 700.0), _END)
    Explain(source).explain(period="2026-03")
    whole = [q for q in source.queries if not q.filters and len(q.group_by) > 2]
    assert _event(Explain(source).explain(period="2026-03")) == {}
    assert all(q.granularity != "daily" for q in whole)
