"""Events in words: the headline, the largest one, whether it goes on, and how much was watched."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finops_cli.analytics.anomalies import Kind as Shape
from finops_cli.analytics.anomalies import Watch
from finops_cli.domain import query as q
from finops_cli.domain.answer import Figure, Finding, Kind, Sentence, Severity
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.window import Window
from finops_cli.tools.anomaly.wording import line_name, said_reason
from finops_cli.tools.naming import Subject, label, subject, within_words

_MOST_OUTLOOKS = 3


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that the words may name.

    ``cases`` are those that need attention; the others are only counted.
    """

    basis: Basis
    watch: Watch
    window: Window
    cases: Sequence[Case]
    threshold: Decimal
    small: int
    dismissed: Sequence[Case]
    known: int
    new: bool

    @property
    def when(self) -> Subject:
        """The days asked about: since when, or a period that is over."""
        days, asked = self.watch.days, self.window.days
        if asked and asked.end < days.end and asked.overlap(days):
            return Subject(
                f"{within_words(asked)} {{asked}}", (Figure("asked", asked, Kind.PERIOD),)
            )
        since = max(asked.start, days.start) if asked else days.start
        return Subject("since {since}", (Figure("since", since, Kind.DATE),))


def title(told: Told) -> Sentence:
    """Return the answer in one sentence."""
    if not told.cases:
        return _nothing(told)
    who, cases, money = scope(told.basis), told.cases, told.basis.currency
    above = sum((c.impact for c in cases if c.rising), Decimal(0))
    below = sum((-c.impact for c in cases if not c.rising), Decimal(0))
    figures = (
        *who.figures,
        Figure("count", len(cases), Kind.COUNT),
        Figure("above", above, Kind.ESTIMATE, money),
        Figure("below", below, Kind.ESTIMATE, money),
        Figure("running", sum(c.event.running for c in cases), Kind.COUNT),
    )
    noun = f"{'new ' if told.new else ''}event{'s' if len(cases) > 1 else ''}"
    ways = [c.rising for c in cases]
    sums = "{above} above expectation" if any(ways) else "{below} below expectation"
    if any(ways) and not all(ways):
        sums += ", {below} below it"
    return Sentence(f"{who.words}{{count}} {noun}, {sums}{_status(cases)}.", figures)


def _status(cases: Sequence[Case]) -> str:
    if len(cases) == 1:
        return "; still running" if cases[0].event.running else "; over"
    running = sum(case.event.running for case in cases)
    if running == len(cases):
        return "; both still running" if running == 2 else "; all still running"
    return "; {running} still running" if running else "; all over"


def scope(basis: Basis) -> Subject:
    """Return the beginning of a sentence about a narrowed bill, empty for the whole."""
    if not basis.filters:
        return Subject("", ())
    found = subject(basis.filters, basis.names, "")
    return Subject(f"{found.words.strip()}: ", found.figures)


def _nothing(told: Told) -> Sentence:
    who, days = scope(told.basis), told.watch.days.days
    when = told.when
    figures = (
        *who.figures,
        *when.figures,
        Figure("series", told.watch.series_watched, Kind.COUNT),
        Figure("known", told.known, Kind.COUNT),
        Figure("threshold", told.threshold, Kind.ESTIMATE, told.basis.currency),
        Figure("days", f"{days} day{'s' if days > 1 else ''}"),
    )
    if told.known:
        still = "is one known event" if told.known == 1 else "are {known} known events"
        return Sentence(f"{who.words}Nothing new {when.words}; there {still}.", figures)
    if told.dismissed:
        return Sentence(f"{who.words}Nothing {when.words} that was not dismissed.", figures)
    if told.watch.cautions:
        words = f"Nothing unusual {when.words}, as far as {{days}} of history can tell."
        return Sentence(who.words + words, figures)
    words = f"Nothing unusual {when.words}: {{series}} {_lines(told)} watched"
    words += ", none off its usual path by {threshold} or more." if told.small else "."
    return Sentence(who.words + words, figures)


def _lines(told: Told) -> str:
    return "line of the bill" if told.watch.series_watched == 1 else "lines of the bill"


def largest(told: Told) -> Iterator[Sentence]:
    """Yield what the largest event is."""
    if told.cases:
        case = told.cases[0]
        lead = "The largest: " if len(told.cases) > 1 else ""
        yield told_case(told.basis, case, lead)


def told_case(basis: Basis, case: Case, lead: str = "") -> Sentence:
    """Return an event in one sentence."""
    named, figures = place(basis, case)
    money = basis.currency
    verb = "cost" if case.rising or case.actual > 0 else "came to"
    figures = (
        *figures,
        Figure("actual", case.actual, Kind.ESTIMATE, money),
        Figure("expected", case.expected, Kind.ESTIMATE, money),
        Figure("start", case.event.start, Kind.DATE),
        Figure("last_day", case.last_day, Kind.DATE),
        Figure("others", len(case.event.series) - 1, Kind.COUNT),
    )
    more = len(case.event.series) - 1
    joint = f" and {{others}} more line{'s' if more > 1 else ''} of the bill" if more else ""
    when = "since {start}" if case.event.running else "from {start} to {last_day}"
    if case.event.start == case.last_day:
        when = "on {start}"
    words = f"{lead}{named}{joint} {verb} {{actual}} instead of {{expected}} {when}."
    return Sentence(words, figures)


def place(basis: Basis, case: Case) -> tuple[str, tuple[Figure, ...]]:
    """Return what and where an event is, as words and the figures they name."""
    where = case.where
    words, figures = "**{what}**", [Figure("what", line_name(where))]
    if where.get(q.REGION):
        words += " in {region}"
        figures.append(Figure(q.REGION, where[q.REGION]))
    if where.get(q.ACCOUNT):
        words += ", account {account}"
        figures.append(Figure(q.ACCOUNT, label(q.ACCOUNT, where[q.ACCOUNT], basis.names)))
    return words, tuple(figures)


def left_out(told: Told, listed: Sequence[Case]) -> Iterator[Finding]:
    """Yield how many smaller events a list of the largest leaves out."""
    shown = {case.id for case in listed}
    rest = [case for case in told.cases if case.id not in shown]
    if rest:
        figures = (
            Figure("rest", len(rest), Kind.COUNT),
            Figure("amount", abs(rest[0].impact), Kind.ESTIMATE, told.basis.currency),
        )
        words = "{rest} more not shown, of {amount} at most."
        yield Finding(Severity.INFO, Sentence(words, figures))


def outlooks(told: Told) -> Iterator[Finding]:
    """Yield what the largest events come to if they go on, and what falls may mean."""
    running = [case for case in told.cases if case.event.running]
    for case in running[:_MOST_OUTLOOKS]:
        yield outlook(told.basis, case)


def outlook(basis: Basis, case: Case) -> Finding:
    """Return what a running event comes to in a month."""
    figures = (
        Figure("id", case.id),
        Figure("what", line_name(case.where)),
        Figure("amount", abs(case.per_month or Decimal(0)), Kind.ESTIMATE, basis.currency),
    )
    if case.rising:
        climbing = " and climbing" if case.event.kind is Shape.RAMP else ""
        words = f"If {{id}} goes on: {{amount}} a month more{climbing} ({{what}})."
    else:
        words = "If {id} stays: {amount} a month less ({what}). A saving, or did something stop?"
    return Finding(case.severity, Sentence(words, figures))


def quiet(told: Told) -> Finding:
    """Return how much was watched to find this, and what was left out."""
    when = told.when
    figures = [
        *when.figures,
        Figure("series", told.watch.series_watched, Kind.COUNT),
        Figure("small", told.small, Kind.COUNT),
        Figure("threshold", told.threshold, Kind.ESTIMATE, told.basis.currency),
        Figure("dismissed", len(told.dismissed), Kind.COUNT),
        Figure("known", told.known, Kind.COUNT),
    ]
    words = [f"{{series}} {_lines(told)} watched {when.words}"]
    if told.dismissed:
        reasons = {said_reason(c.dismissed.reason) for c in told.dismissed if c.dismissed}
        listed = " or ".join(sorted(reasons))
        words.append(f"{{dismissed}} dismissed as {listed}")
    if told.known:
        words.append("{known} shown before")
    if told.small:
        words.append("{small} below {threshold} left out")
    return Finding(Severity.INFO, Sentence(f"Quiet: {', '.join(words)}.", tuple(figures)))


def set_apart(told: Told) -> Iterator[Finding]:
    """Yield what was not judged, because its name or its day says what it is."""
    figures: list[Figure] = []
    words = []
    for at, (reason, count) in enumerate(sorted(told.watch.set_apart.items())):
        figures += [Figure(f"apart{at}", count, Kind.COUNT), Figure(f"reason{at}", reason)]
        words.append(f"{{reason{at}}} ({{apart{at}}})")
    if words:
        text = f"Known for what they are, and not counted: {', '.join(words)}."
        yield Finding(Severity.INFO, Sentence(text, tuple(figures)))


def cautions(watch: Watch) -> Iterator[Finding]:
    """Yield what could not be judged."""
    for words in watch.cautions:
        yield Finding(Severity.NOTICE, Sentence("{caution}", (Figure("caution", words),)))
