"""What was dismissed: as a list, and taken back."""

from datetime import date, timedelta

from finops_cli.domain.answer import Answer, Column, Figure, Kind, Sentence, Table
from finops_cli.domain.memory import Acknowledgement, Memories
from finops_cli.domain.query import Metric
from finops_cli.domain.source import CostSource
from finops_cli.errors import UnknownName
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.wording import line_name
from finops_cli.tools.commands import command
from finops_cli.tools.naming import names_of
from finops_cli.tools.scope import provenance

_DAY = timedelta(days=1)
_HINT = "finops anomalies acks lists what is."


def said_of(memories: Memories, name: str) -> Acknowledgement | None:
    """Return the acknowledgement of an event by its id, or by the first characters of it.

    Raises:
        UnknownName: Several begin so.
    """
    wanted = name.strip().casefold()
    fitting = [a for a in memories.acknowledged if wanted and a.event.id.startswith(wanted)]
    if len(fitting) > 1:
        listed = ", ".join(a.event.id for a in fitting)
        raise UnknownName(f"Several dismissed events begin with {name!r}: {listed}.", _HINT)
    return fitting[0] if fitting else None


def said_of_pattern(case: Case) -> Acknowledgement:
    """Return the acknowledgement that an event is dismissed by, maybe of an earlier one like it.

    Raises:
        UnknownName: It is not dismissed.
    """
    if case.dismissed is None:
        raise UnknownName(f"The event {case.id!r} is not dismissed.", _HINT)
    return case.dismissed


def recalled_reply(source: CostSource, one: Acknowledgement) -> Answer:
    """Return that an event counts again."""
    figures = (
        Figure("id", one.event.id),
        Figure("what", line_name(_where(one))),
        Figure("reason", one.reason),
    )
    words = "{id} counts again: {what} is no longer dismissed as {reason}."
    return Answer(
        title=Sentence(words, figures),
        provenance=provenance(source, None, Metric.UNBLENDED),
        next=(command("anomalies"),),
    )


def acknowledged_reply(source: CostSource, memories: Memories) -> Answer:
    """Return the list of what was dismissed, the latest first."""
    today = source.calendar().today
    names = names_of(source).get("account", {})
    columns = (
        Column("id", Kind.TEXT),
        Column("what", Kind.TEXT),
        Column("service", Kind.TEXT, detail=True),
        Column("usage_type", Kind.TEXT, detail=True),
        Column("region", Kind.TEXT),
        Column("account", Kind.TEXT, detail=bool(names)),
        Column("account_name", Kind.TEXT, detail=not names, heading="account"),
        Column("direction", Kind.TEXT, detail=True),
        Column("reason", Kind.TEXT),
        Column("day", Kind.DATE, detail=True),
        Column("last_day", Kind.DATE, heading="up to"),
        Column("days_left", Kind.COUNT, heading="days left"),
        Column("note", Kind.TEXT, detail=not any(a.note for a in memories.acknowledged)),
    )
    rows = tuple(
        (
            a.event.id,
            line_name(_where(a)),
            a.event.pattern.service,
            a.event.pattern.usage_type,
            a.event.pattern.region,
            a.event.pattern.account,
            names.get(a.event.pattern.account or ""),
            a.event.pattern.direction,
            a.reason,
            a.day,
            a.until - _DAY,
            max((a.until - today).days, 0),
            a.note or None,
        )
        for a in sorted(memories.acknowledged, key=lambda a: a.day, reverse=True)
    )
    figures = (
        Figure("count", len(rows), Kind.COUNT),
        Figure("holding", sum(a.until > today for a in memories.acknowledged), Kind.COUNT),
    )
    return Answer(
        title=Sentence(_headline(memories, today), figures),
        provenance=provenance(source, None, Metric.UNBLENDED),
        tables=(Table("Dismissed", columns, rows),),
        next=(command("anomalies", "unack", str(rows[0][0])),) if rows else (),
    )


def _headline(memories: Memories, today: date) -> str:
    holding = [a.until > today for a in memories.acknowledged]
    if not holding:
        return "No event was dismissed."
    if all(holding):
        one = len(holding) == 1
        return "One event is dismissed." if one else "{count} events are dismissed."
    return "{count} events were dismissed; the patterns of {holding} still are."


def _where(one: Acknowledgement) -> dict[str, str | None]:
    return {"service": one.event.pattern.service, "usage_type": one.event.pattern.usage_type}
