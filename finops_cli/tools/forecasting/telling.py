"""A forecast in words: the answer first, then how far off it may be and what it rests on."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.analytics.adjust import Adjusted
from finops_cli.analytics.outlook import Known as KnownAmount
from finops_cli.analytics.outlook import Signal
from finops_cli.domain.answer import Figure, Finding, Kind, Sentence, Severity
from finops_cli.domain.period import Period, month_of
from finops_cli.tools.estimates import A_MONTH, estimate
from finops_cli.tools.forecasting.basis import Basis
from finops_cli.tools.forecasting.knowns import Known
from finops_cli.tools.forecasting.months import Month
from finops_cli.tools.forecasting.record import Record
from finops_cli.tools.forecasting.window import Sum
from finops_cli.tools.naming import Subject, label, subject

_DAY = timedelta(days=1)
_MOST_SIGNALS = 3
_FLAT = "flat rate"


@dataclass(frozen=True, slots=True)
class Told:
    """Everything that a forecast's words may name."""

    basis: Basis
    found: Adjusted
    ahead: Sequence[Month]
    level: int
    knowns: Sequence[Known]
    record: Record | None


def title(told: Told) -> Sentence:
    """Return the forecast in one sentence."""
    outlook, money = told.found.outlook, told.basis.currency
    whole = told.ahead[int(outlook.running) :]
    if not whole:
        return _month_title(told, told.ahead[0])
    if len(whole) == 1:
        return _month_title(told, whole[0])
    total, low, high = (estimate(value) for value in outlook.horizon_total)
    who = _who(told.basis)
    figures = (
        *who.figures,
        Figure("months", len(whole), Kind.COUNT),
        Figure("total", total, Kind.ESTIMATE, money),
        Figure("total_low", low, Kind.ESTIMATE, money),
        Figure("total_high", high, Kind.ESTIMATE, money),
        Figure("level", Decimal(told.level) / 100, Kind.SHARE),
    )
    words = f"{who.words}Next {{months}} months: {{total}}, likely {{total_low}} to {{total_high}}"
    return Sentence(f"{words} ({{level}}).", figures)


def _month_title(told: Told, month: Month) -> Sentence:
    who = _who(told.basis)
    figures = (*who.figures, *_named("", month, told), Figure("level", _level(told), Kind.SHARE))
    words = f"{who.words}{{month}} will come to about {{mean}}, likely {{low}} to {{high}}"
    return Sentence(f"{words} ({{level}}).", figures)


def _who(basis: Basis) -> Subject:
    if not basis.filters:
        return Subject("", ())
    found = subject(basis.filters, basis.names, "")
    return Subject(f"{found.words.strip()}: ", found.figures)


def _level(told: Told) -> Decimal:
    return Decimal(told.level) / 100


def _named(prefix: str, month: Month, told: Told) -> tuple[Figure, ...]:
    money = told.basis.currency
    return (
        Figure(f"{prefix}month", month.month, Kind.MONTH),
        Figure(f"{prefix}mean", month.mean, Kind.ESTIMATE, money),
        Figure(f"{prefix}low", month.low, Kind.ESTIMATE, money),
        Figure(f"{prefix}high", month.high, Kind.ESTIMATE, money),
    )


def window_title(told: Told, period: Period, whole: Sum) -> Sentence:
    """Return what the days asked about come to."""
    who, money = _who(told.basis), told.basis.currency
    figures = (
        *who.figures,
        Figure("period", period, Kind.PERIOD),
        Figure("mean", whole.mean, Kind.ESTIMATE, money),
        Figure("low", whole.low, Kind.ESTIMATE, money),
        Figure("high", whole.high, Kind.ESTIMATE, money),
        Figure("level", _level(told), Kind.SHARE),
    )
    words = f"{who.words}{{period}} will come to about {{mean}}, likely {{low}} to {{high}}"
    return Sentence(f"{words} ({{level}}).", figures)


def billed(told: Told, whole: Sum) -> Iterator[Sentence]:
    """Yield how much of a window is billed already."""
    if whole.billed:
        figures = (
            Figure("billed", whole.billed, Kind.MONEY, told.basis.currency),
            Figure("last_day", told.basis.period.last_day, Kind.DATE),
        )
        yield Sentence("{billed} of it is billed, up to {last_day}.", figures)


def days_of(month: date) -> int:
    """Return the days of the month that begins on a day."""
    return month_of(month).days


def summary(told: Told) -> Iterator[Sentence]:
    """Yield the month under way, the next one, and how far off forecasts were."""
    outlook, money = told.found.outlook, told.basis.currency
    if outlook.running:
        now = told.ahead[0]
        figures = (
            *_named("running_", now, told),
            Figure("so_far", estimate(outlook.so_far), Kind.MONEY, money),
            Figure("last_day", told.basis.period.last_day, Kind.DATE),
        )
        words = (
            "{running_month} will end near {running_mean} ({running_low} to {running_high}): "
            "{so_far} up to {last_day}."
        )
        yield Sentence(words, figures)
    whole = told.ahead[int(outlook.running) :]
    if len(whole) > 1:
        words = "{next_month}: {next_mean}, likely {next_low} to {next_high}."
        yield Sentence(words, _named("next_", whole[0], told))
    if told.record:
        yield told.record.sentence()


def findings(told: Told) -> Iterator[Finding]:
    """Yield what is known ahead, what was recognised in the past, and what to be careful about."""
    for known, effect in zip(told.knowns, told.found.effects, strict=True):
        yield _known(told, known, effect)
    fees = list(told.found.outlook.known)
    if fees:
        yield _fees(told, fees)
    signals = sorted(told.found.outlook.signals, key=lambda one: -abs(one.per_month))
    for signal in signals[:_MOST_SIGNALS]:
        yield _signal(told, signal)
    for words in told.found.outlook.cautions:
        yield Finding(Severity.NOTICE, _plain(words))
    yield Finding(Severity.INFO, _plain(told.found.outlook.method))


def _plain(words: str) -> Sentence:
    return Sentence("{words}", (Figure("words", words),))


def _known(told: Told, known: Known, effect: Sequence[float]) -> Finding:
    money = told.basis.currency
    ahead = effect[int(told.found.outlook.running) :]
    change = Figure("effect", estimate(sum(ahead)), Kind.CHANGE, money)
    if known.ending is None:
        text = "Known ahead, as you said ({said}): {effect} over these months."
        return Finding(Severity.INFO, Sentence(text, (Figure("said", known.said), change)))
    ending = known.ending
    figures = (
        Figure("commitment", ending.name),
        Figure("fee", ending.fee * A_MONTH, Kind.ESTIMATE, money),
        Figure("day", ending.day, Kind.DATE),
        Figure("rise", ending.rise * A_MONTH, Kind.CHANGE, money),
        change,
    )
    text = (
        "Known ahead: {commitment} of {fee} a month ends on {day}: {rise} a month unless renewed, "
        "{effect} over these months."
    )
    return Finding(Severity.NOTICE, Sentence(text, figures))


def _fees(told: Told, known: Sequence[KnownAmount]) -> Finding:
    """Return what is counted as known: fees and commitments, and lines that cost the same daily."""
    flat = [one for one in known if one.kind == _FLAT]
    fees = [one for one in known if one.kind != _FLAT]
    parts = [
        (f"{{{name}}} {words} ({{{name}_amount}} a month)", name, ones)
        for name, words, ones in (
            ("fees", "fees and commitments", fees),
            ("flat", "lines at a flat rate", flat),
        )
        if ones
    ]
    figures = tuple(figure for _, name, ones in parts for figure in _counted(told, name, ones))
    text = f"Counted as known amounts: {' and '.join(words for words, _, _ in parts)}."
    return Finding(Severity.INFO, Sentence(text, figures))


def _counted(told: Told, name: str, known: Sequence[KnownAmount]) -> Iterator[Figure]:
    whole = slice(int(told.found.outlook.running), None)
    total = sum(float(sum(one.amounts[whole])) for one in known)
    months = len(told.found.outlook.months) - int(told.found.outlook.running) or 1
    yield Figure(name, len({one.series for one in known}), Kind.COUNT)
    amount = estimate(total / months)
    yield Figure(f"{name}_amount", amount, Kind.ESTIMATE, told.basis.currency)


_BELIEVED = "the longer it lasts, the more of it is carried on."
_WORDS = {
    "spike set apart": "A spike of {line} ({days}) is not carried on: {change} while it lasted.",
    "new level": "{line} is on a new level since {day}, {change} a month: " + _BELIEVED,
    "new": "{line} is new since {day}, {change} a month: " + _BELIEVED,
    "ended": "{line} ended on {day} and is not carried on: {change} a month.",
}


def _signal(told: Told, signal: Signal) -> Finding:
    change = estimate(signal.per_month)
    end = signal.last or told.basis.period.last_day
    days = Period(signal.first, max(end, signal.first) + _DAY)
    figures = (
        Figure("line", line_name(told.basis, signal.series)),
        Figure("day", signal.first, Kind.DATE),
        Figure("days", days, Kind.PERIOD),
        Figure("change", change, Kind.CHANGE, told.basis.currency),
    )
    return Finding(Severity.INFO, Sentence(_WORDS[signal.kind], figures))


def line_name(basis: Basis, at: int) -> str:
    """Return what a series of the panel is called: its service, usage type, region, account."""
    named = dict(zip(basis.panel.dimensions, basis.panel.keys[at], strict=True))
    order = ("service", "usage_type", "region", "account")
    words = [label(d, named[d], basis.names) for d in order if named.get(d)]
    rest = [value for d, value in named.items() if d not in (*order, "charge_category") and value]
    return " · ".join(str(word) for word in [*words, *rest]) or "the bill"
