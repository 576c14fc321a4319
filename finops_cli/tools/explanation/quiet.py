"""The answer where there is no move to explain: quiet, too young, or empty."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

from finops_cli.analytics.change import Search
from finops_cli.analytics.comparison import exact
from finops_cli.domain.answer import Answer, Figure, Kind, Provenance, Sentence
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.tools.commands import command
from finops_cli.tools.explanation.evidence import daily_series
from finops_cli.tools.naming import Names, subject

_DAY = timedelta(days=1)
_LATELY = 28
_WIDE = 0.5


@dataclass(frozen=True, slots=True)
class Quiet:
    """What is known where nothing is to be explained.

    ``asked`` is the period that the user named and that has nothing before it to compare with;
    ``enough`` says whether there were days enough to search.
    """

    names: Names
    filters: tuple[Filter, ...]
    costs: Mapping[date, Decimal]
    search: Search
    asked: Period | None
    enough: bool
    finer: str | None
    warnings: tuple[str, ...]


def quiet_answer(quiet: Quiet, provenance: Provenance) -> Answer:
    """Return the answer that says so, with the days to check it by."""
    currency = provenance.currency
    period = _days(quiet)
    shown = daily_series(quiet.costs, period, currency, ()) if period else ()
    return Answer(
        title=_title(quiet, period, currency),
        provenance=provenance,
        series=shown,
        warnings=quiet.warnings,
        next=_next(quiet, _latest(period)) if period else (),
    )


def _days(quiet: Quiet) -> Period | None:
    days = list(quiet.costs)
    return quiet.asked or (Period(days[0], days[-1] + _DAY) if days else None)


def _latest(period: Period) -> Period:
    return Period(max(period.start, period.end - _DAY * _LATELY), period.end)


def _title(quiet: Quiet, period: Period | None, currency: str | None) -> Sentence:
    costs = quiet.costs
    if period is None or not any(costs.values()):
        who = subject(quiet.filters, quiet.names, "cost")
        return Sentence(f"{who.words} nothing in the days on record.", who.figures)
    if quiet.asked:
        return _nothing_before(quiet, quiet.asked, currency)
    if not quiet.enough:
        return _too_little(quiet, currency)
    return _not_moved(quiet, currency)


def _nothing_before(quiet: Quiet, asked: Period, currency: str | None) -> Sentence:
    who = subject(quiet.filters, quiet.names, "cost")
    cost = sum((c for day, c in quiet.costs.items() if day in asked), Decimal(0))
    figures = (
        *who.figures,
        Figure("cost", cost, Kind.MONEY, currency),
        Figure("window", asked, Kind.PERIOD),
    )
    words = f"{who.words} {{cost}} on {{window}}; there are no days before it to compare with."
    return Sentence(words, figures)


def _too_little(quiet: Quiet, currency: str | None) -> Sentence:
    """Compare the last day with the days before it, which is all that can be done."""
    who = subject(quiet.filters, quiet.names, "cost")
    *earlier, last = quiet.costs
    figures = [
        *who.figures,
        Figure("days", len(quiet.costs), Kind.COUNT),
        Figure("last_day", last, Kind.DATE),
        Figure("last", quiet.costs[last], Kind.MONEY, currency),
    ]
    words = f"{who.words} {{last}} on {{last_day}}"
    if earlier:
        usual = _mean([quiet.costs[day] for day in earlier])
        figures.append(Figure("usual", usual, Kind.MONEY, currency))
        words += " and {usual} a day before it"
    words += "; days of history: {days}, too few to tell what is usual."
    return Sentence(words, tuple(figures))


def _not_moved(quiet: Quiet, currency: str | None) -> Sentence:
    who = subject(quiet.filters, quiet.names, "has not moved")
    lately = list(quiet.costs.values())[-_LATELY:]
    figures = (*who.figures, Figure("usual", _mean(lately), Kind.MONEY, currency))
    if quiet.search.band is None or quiet.search.band > _WIDE:
        words = f"{who.words} beyond its usual ups and downs: {{usual}} a day on average."
        return Sentence(words, figures)
    band = exact(Fraction(quiet.search.band))
    words = f"{who.words}: within {{band}} of its usual {{usual}} a day, its weekly rhythm apart."
    return Sentence(words, (*figures, Figure("band", band, Kind.SHARE)))


def _next(quiet: Quiet, period: Period) -> tuple[str, ...]:
    if not quiet.finer:
        return ()
    words = ("cost", "--by", quiet.finer.replace("_", "-"), "--period", str(period))
    return (command(*words, filters=quiet.filters, names=quiet.names),)


def _mean(costs: list[Decimal]) -> Decimal:
    return exact(sum((Fraction(cost) for cost in costs), Fraction(0)) / len(costs))
