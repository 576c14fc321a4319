"""How budgets stand, in words: the headline, what each that asks for attention is about."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from finops_cli.domain.answer import Figure, Finding, Kind, Sentence, Severity
from finops_cli.domain.budget import BudgetStore
from finops_cli.tools.budgeting.standing import LEVEL, Standing
from finops_cli.tools.budgeting.watching import Unwatched

_MOST_NAMED = 3


def title(standings: Sequence[Standing], store: BudgetStore) -> Sentence:
    """Return how the budgets stand in one sentence."""
    if not standings:
        return Sentence("There is no budget in {store}.", (Figure("store", store.label),))
    over = [one for one in standings if one.state == "over"]
    ahead = [one for one in standings if one.state == "will be over"]
    count = Figure("budgets", len(standings), Kind.COUNT)
    if not over and not ahead:
        return _calm(standings, count)
    if len(standings) == 1:
        words = "{name} is over its limit." if over else "{name} is forecast to be over its limit."
        return Sentence(words, (Figure("name", standings[0].budget.name),))
    figures = [count]
    parts = []
    for name, some, verbs in (
        ("over", over, ("is over its limit", "are over their limits")),
        ("ahead", ahead, ("is forecast to be over", "are forecast to be over")),
    ):
        if some:
            figures.append(Figure(name, len(some), Kind.COUNT))
            listed, more = _names(name, some)
            figures += more
            parts.append(f"{{{name}}} {verbs[len(some) > 1]} ({listed})")
    return Sentence(f"Of {{budgets}} budgets {', '.join(parts)}.", tuple(figures))


def _names(prefix: str, some: Sequence[Standing]) -> tuple[str, list[Figure]]:
    figures = [
        Figure(f"{prefix}{at}", one.budget.name) for at, one in enumerate(some[:_MOST_NAMED])
    ]
    rest = ", ..." if len(some) > _MOST_NAMED else ""
    return ", ".join(f"{{{figure.name}}}" for figure in figures) + rest, figures


def _calm(standings: Sequence[Standing], count: Figure) -> Sentence:
    unknown = sum(one.is_unknown for one in standings)
    close = [one for one in standings if one.state == "may be over"]
    if unknown:
        words = "Of {budgets} budgets none is known to be over; {unknown} cannot be read."
        return Sentence(words, (count, Figure("unknown", unknown, Kind.COUNT)))
    if close:
        listed, figures = _names("close", close)
        words = f"No budget is forecast to be over, but one may be ({listed})."
        if len(close) > 1:
            words = f"No budget is forecast to be over, but some may be ({listed})."
        return Sentence(words, tuple(figures))
    if len(standings) == 1:
        return Sentence("{name} is on track.", (Figure("name", standings[0].budget.name),))
    return Sentence("All {budgets} budgets are on track.", (count,))


def remaining(standings: Sequence[Standing]) -> Iterator[Sentence]:
    """Yield how many days are left of each period that is under way."""
    periods = {one.period: one.days_left for one in standings}
    figures: list[Figure] = []
    for at, (period, days) in enumerate(
        sorted(periods.items(), key=lambda pair: pair[0].end)[:_MOST_NAMED]
    ):
        figures.append(Figure(f"days{at}", days, Kind.COUNT))
        figures.append(Figure(f"period{at}", period, Kind.PERIOD))
    pairs = [f"{{days{at}}} of {{period{at}}}" for at in range(len(figures) // 2)]
    if len(standings) == 1 and standings[0].rate is not None:
        rate = Figure("rate", standings[0].rate, Kind.MONEY, standings[0].currency)
        yield Sentence("The last seven full days cost {rate} a day.", (rate,))
    if pairs:
        yield Sentence(f"Days left, today among them: {', '.join(pairs)}.", tuple(figures))


def watched(found: Unwatched | None) -> Iterator[Sentence]:
    """Yield how much of the bill no budget watches."""
    if found is None:
        return
    figures = [
        Figure("unwatched", found.share, Kind.SHARE),
        Figure("period", found.period, Kind.PERIOD),
    ]
    words = "{unwatched} of what was spent {period} is watched by no budget."
    if found.whole:
        figures.append(Figure("whole", found.whole))
        words = "{unwatched} of what was spent {period} is watched by no budget but {whole}."
    yield Sentence(words, tuple(figures))


def findings(standings: Sequence[Standing]) -> Iterator[Finding]:
    """Yield a finding for each budget that asks for attention, or cannot be read."""
    for one in standings:
        if one.is_unknown:
            figures = (Figure("name", one.budget.name), Figure("why", one.why))
            yield Finding(Severity.NOTICE, Sentence("{name} cannot be told: {why}", figures))
        elif one.is_cost and one.state in _WORDS:
            severity, words = _WORDS[one.state]
            yield Finding(severity, Sentence(_with_day(words, one), _figures(one)))
        if one.is_cost and one.is_reported:
            name = Figure("name", one.budget.name)
            why = Figure("why", one.why)
            text = (
                "{name} stands in its keeper's own figures: what it watches cannot be read ({why})."
            )
            yield Finding(Severity.INFO, Sentence(text, (name, why)))


_AHEAD = "{name} is forecast to end at {mean} ({low} to {high}, {level}) of {limit}"
_WORDS = {
    "over": (Severity.CRITICAL, "{name} is over: {actual} of {limit}"),
    "will be over": (Severity.WARNING, _AHEAD),
    "may be over": (Severity.NOTICE, _AHEAD),
}
_DAYS = {"over": "it was passed on {day}", "will be over": "expected to be passed on {day}"}


def _with_day(words: str, one: Standing) -> str:
    tail = _DAYS.get(one.state or "")
    return f"{words}, {tail}." if tail and one.day else f"{words}."


def _figures(one: Standing) -> tuple[Figure, ...]:
    money = one.currency
    figures = [
        Figure("name", one.budget.name),
        Figure("limit", one.budget.limit, Kind.MONEY, money),
        Figure("actual", one.actual, Kind.MONEY, money),
    ]
    if one.ahead:
        figures += [
            Figure("mean", one.ahead.mean, Kind.ESTIMATE, money),
            Figure("low", one.ahead.low, Kind.ESTIMATE, money),
            Figure("high", one.ahead.high, Kind.ESTIMATE, money),
            Figure("level", _level(), Kind.SHARE),
        ]
    return (*figures, *([Figure("day", one.day, Kind.DATE)] if one.day else []))


def _level() -> Decimal:
    return Decimal(LEVEL) / 100
