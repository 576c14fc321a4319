"""Cost Explorer's own drivers of a change beside ours, where two calendar months are compared."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Severity,
    Table,
)
from finops_cli.domain.opinion import Driver, Drivers
from finops_cli.domain.period import Period, month_of
from finops_cli.domain.query import Filter, Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.anomaly.wording import line_name
from finops_cli.tools.opinions import asked

_TOP = 5
_CENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class OwnDrivers:
    """What Cost Explorer says, None where it was not asked or does not answer."""

    found: Drivers | None = None
    warnings: tuple[str, ...] = ()


def own_drivers(
    source: CostSource,
    metric: Metric,
    filters: tuple[Filter, ...],
    baseline: Period,
    window: Period,
) -> OwnDrivers:
    """Return Cost Explorer's drivers, where both periods are one calendar month that is over."""
    is_over = window.end <= source.calendar().complete_until
    if not is_over or any(month_of(p.start) != p for p in (baseline, window)):
        return OwnDrivers()
    found, warnings = asked(
        source,
        lambda opinion: opinion.drivers(metric, baseline, window, filters),
        "What Cost Explorer itself holds to be behind it",
    )
    return OwnDrivers(found, warnings)


def beside(answer: Answer, own: OwnDrivers, change: Decimal) -> Answer:
    """Return our answer with Cost Explorer's drivers beside it.

    Args:
        answer: Ours.
        own: Theirs.
        change: What changed by our account.
    """
    if own.found is None or not own.found.drivers:
        return replace(answer, warnings=(*answer.warnings, *own.warnings))
    money = answer.provenance.currency
    return replace(
        answer,
        findings=(*answer.findings, _agreement(own.found, change, money)),
        tables=(*answer.tables, _table(own.found.drivers[:_TOP], money)),
    )


def _agreement(found: Drivers, change: Decimal, money: str | None) -> Finding:
    figures = (
        Figure("drivers", len(found.drivers), Kind.COUNT),
        Figure("their_change", found.change, Kind.CHANGE, money),
        Figure("our_change", change, Kind.CHANGE, money),
    )
    if not found.is_all:
        words = (
            "Cost Explorer names more drivers than {drivers}; those asked for come to "
            "{their_change} of {our_change}."
        )
    elif abs(found.change - change) < _CENT:
        words = "Cost Explorer's own drivers ({drivers}) add up to the same {their_change}."
    else:
        words = (
            "Cost Explorer's own drivers ({drivers}) add up to {their_change}, not {our_change}."
        )
    same = not found.is_all or abs(found.change - change) < _CENT
    return Finding(Severity.INFO if same else Severity.NOTICE, Sentence(words, figures))


def _table(drivers: Sequence[Driver], money: str | None) -> Table:
    columns = (
        Column("what", Kind.TEXT, heading="driver"),
        Column("change", Kind.CHANGE, money),
        Column("reason", Kind.TEXT, heading="mainly"),
        Column("service", Kind.TEXT, detail=True),
        Column("usage_type", Kind.TEXT, detail=True),
        Column("before", Kind.MONEY, money, detail=True),
        Column("after", Kind.MONEY, money, detail=True),
        Column("reason_change", Kind.CHANGE, money, detail=True),
    )
    rows = tuple(
        (
            line_name({q.SERVICE: driver.service, q.USAGE_TYPE: driver.usage_type}),
            driver.change,
            _said(driver.reasons[0].kind) if driver.reasons else None,
            driver.service,
            driver.usage_type,
            driver.before,
            driver.after,
            driver.reasons[0].change if driver.reasons else None,
        )
        for driver in drivers
    )
    return Table("Cost Explorer's own drivers", columns, rows)


def _said(kind: str) -> str:
    """Return a driver type as people say it: usage change, Savings Plan usage."""
    words = kind.replace("_", " ").lower()
    return words.replace("savings plan", "Savings Plan")
