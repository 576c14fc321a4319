"""A small bill and a watch over it that found what the test says, whatever the engine would."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from finops_cli.analytics.anomalies import Event, Kind, Watch
from finops_cli.domain.memory import Memories
from finops_cli.tools.anomaly.basis import Basis, read_basis
from finops_cli.tools.anomaly.case import Case, cases_of
from finops_cli.tools.anomaly.telling import Told
from finops_cli.tools.anomaly.window import Window
from tests.fakes import FakeSource

END = date(2026, 11, 16)
"""Today: the day after the last complete one."""

FIRST = END - timedelta(days=60)
PROD, ML = "318846207591", "441026738812"
LINES = (
    ("Amazon Elastic Compute Cloud - Compute", "BoxUsage:p4d.24xlarge", "us-east-1", ML),
    ("Amazon Elastic Compute Cloud - Compute", "BoxUsage:g5.12xlarge", "us-east-1", ML),
    ("EC2 - Other", "EU-NatGateway-Bytes", "eu-west-1", PROD),
    ("Amazon Kinesis", "Storage-ShardHour", "us-east-1", PROD),
)


def rows() -> Iterator[dict[str, Any]]:
    """Yield a steady charge a day for each line; the first one leaps six days before the end."""
    for at in range(60):
        for amount, (service, usage_type, region, account) in enumerate(LINES, 1):
            yield {
                "date": FIRST + timedelta(days=at),
                "cost": Decimal(100 * amount + (1600 if amount == 1 and at >= 54 else 0)),
                "service": service,
                "usage_type": usage_type,
                "region": region,
                "account": account,
            }


def basis() -> Basis:
    """Return the bill as it is read."""
    names = {"account": {ML: "ml-research", PROD: "prod"}}
    found = read_basis(FakeSource(rows(), names=names), (), None, None)
    assert found
    return found


def event(kind: Kind, lines: Sequence[int], start: date, days: int, **more: Any) -> Event:
    """Return an event over some of the lines; each takes a day's 40 to 500 dollars or more."""
    end = start + timedelta(days=days)
    usual, now = more.pop("usual", 40.0), more.pop("now", 500.0)
    shown = [start + timedelta(days=at) for at in range(-21, days)]
    values = {
        "running": end == END,
        "settled": False,
        "first_alert": start,
        "actual": now * days,
        "expected": usual * days,
        "impact": (now - usual) * days,
        "per_day": now - usual,
        "confidence": 0.97,
        "days": tuple((day, now if day >= start else usual, usual) for day in shown),
    }
    return Event(kind, start, end, series=_positions(lines), **{**values, **more})


def _positions(lines: Sequence[int]) -> tuple[int, ...]:
    panel = basis().panel
    keys = [panel.values("usage_type").index(LINES[at][1]) for at in lines]
    return tuple(keys)


def told(
    events: Sequence[Event],
    memories: Memories | None = None,
    *,
    since: str = "30d",
    small: int = 0,
    known: int = 0,
    cautions: tuple[str, ...] = (),
) -> tuple[Told, list[Case]]:
    """Return what a reply is made of, and all cases, dismissed ones included."""
    seen = basis()
    apart = {"monthly charges": 12, "credits, refunds and tax": 3}
    watch = Watch(tuple(events), 4, seen.panel.period, apart, cautions)
    cases = cases_of(seen, watch, memories or Memories())
    found = Told(
        basis=seen,
        watch=watch,
        window=Window.of(seen.source, since),
        cases=[case for case in cases if case.dismissed is None],
        threshold=Decimal(50),
        small=small,
        dismissed=[case for case in cases if case.dismissed],
        known=known,
        new=known > 0,
    )
    return found, cases
