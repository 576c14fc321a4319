"""The pieces that every cost answer is made of: who it is about, typed figures, cells, commands."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from finops_cli.analytics.breakdown import Key
from finops_cli.domain.answer import (
    Column,
    Figure,
    Finding,
    Kind,
    Sentence,
    Series,
    Severity,
    Value,
)
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter, Granularity
from finops_cli.tools.commands import command
from finops_cli.tools.naming import Subject
from finops_cli.tools.naming import subject as about
from finops_cli.tools.scope import NO_VALUE
from finops_cli.tools.view import View

REST = "everything else"


def subject(view: View) -> Subject:
    """Return the words that open a sentence about the view, up to its verb."""
    if not view.filters:
        return Subject("The bill is", ())
    return about(view.filters, view.names, "cost")


def money(name: str, value: Decimal, view: View) -> Figure:
    """Return an amount in the view's currency as a figure."""
    return Figure(name, value, Kind.MONEY, view.currency)


def span(name: str, value: Period) -> Figure:
    """Return a period as a figure."""
    return Figure(name, value, Kind.PERIOD)


def shown(value: str | None) -> str:
    """Return a dimension's value as tables and filters write it."""
    return NO_VALUE if value is None else value


def cells(key: Key) -> tuple[Value, ...]:
    """Return the cells of a segment, one a dimension."""
    return tuple(shown(value) for value in key)


def incomplete(view: View) -> tuple[Finding, ...]:
    """Return a finding that tells from which day on charges are missing, where that matters."""
    until = view.source.calendar().complete_until
    if view.period.end <= until or view.source.coverage().end <= until:
        return ()
    text = Sentence("Days from {day} on are not complete yet.", (Figure("day", until, Kind.DATE),))
    return (Finding(Severity.INFO, text),)


def line(name: str, points: dict[date, Decimal], view: View) -> Series:
    """Return points as a series of amounts."""
    return Series(name, Kind.MONEY, view.currency, tuple(points.items()))


def unit(grain: Granularity) -> str:
    """Return the word for one step of a granularity."""
    return "day" if grain is Granularity.DAILY else "month"


def heading(grain: Granularity) -> str:
    """Return the heading of a table with a row for each step."""
    return f"By {unit(grain)}"


def date_column(grain: Granularity) -> Column:
    """Return the column that says which day or month a row is about."""
    daily = grain is Granularity.DAILY
    return Column("date" if daily else "month", Kind.DATE if daily else Kind.MONTH)


def narrowed(view: View, *words: str, more: Iterable[Filter] = ()) -> str:
    """Return a command to run next, narrowed as the view is, and by more filters."""
    filters = dict.fromkeys((*more, *view.filters))
    return command(*words, filters=filters, names=view.names)
