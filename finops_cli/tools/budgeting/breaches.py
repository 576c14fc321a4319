"""When a scheduled job shall fail: ``over``, ``forecast-over``, ``any:90%``."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from finops_cli.analytics.budgets import used
from finops_cli.domain.answer import Column, Figure, Finding, Kind, Sentence, Severity, Table
from finops_cli.errors import UsageError, did_you_mean
from finops_cli.tools.budgeting.standing import Standing

_SHARE = re.compile(r"any\s*:\s*(\d+(?:\.\d+)?)\s*%")
_WORDS = ("over", "forecast-over")
_HINT = "Conditions: over, forecast-over, any:90%."


@dataclass(frozen=True, slots=True)
class Limit:
    """A condition: which amount of a budget is looked at, and the share that it may use."""

    text: str
    is_forecast: bool
    share: Decimal = Decimal(1)

    def holds(self, one: Standing) -> bool:
        """Tell whether a budget is past the share; one that is not known is not."""
        amount = self.amount(one)
        if amount is None or one.state is None:
            return False
        reached = used(amount, one.budget.limit)
        if reached is None:
            return amount > 0
        return reached > self.share if self.text in _WORDS else reached >= self.share

    def amount(self, one: Standing) -> Decimal | None:
        """Return the amount that is looked at."""
        if self.is_forecast and one.ahead:
            return one.ahead.mean
        return one.actual


@dataclass(frozen=True, slots=True)
class Breach:
    """A budget that is past what a condition allows."""

    limit: Limit
    one: Standing


def limits_of(texts: Sequence[str]) -> tuple[Limit, ...]:
    """Return the conditions that texts mean, several in one split by commas.

    Raises:
        UsageError: One is no condition.
    """
    words = [word.strip() for text in texts for word in text.split(",") if word.strip()]
    return tuple(_limit(word.lower()) for word in dict.fromkeys(words))


def _limit(word: str) -> Limit:
    if word in _WORDS:
        return Limit(word, is_forecast=word == "forecast-over")
    if match := _SHARE.fullmatch(word):
        return Limit(word, is_forecast=False, share=Decimal(match[1]) / 100)
    raise UsageError(f"{word!r} is no condition.", did_you_mean(word, _WORDS) or _HINT)


def breaches_of(limits: Sequence[Limit], standings: Sequence[Standing]) -> list[Breach]:
    """Return each budget that is past a condition, once: the first that holds is told."""
    found = []
    for one in standings:
        held = next((limit for limit in limits if limit.holds(one)), None)
        if held:
            found.append(Breach(held, one))
    return found


def lines(breaches: Sequence[Breach]) -> Iterator[Finding]:
    """Yield one line a breach, as a log is searched for it."""
    for breach in breaches:
        one, what = breach.one, "forecast" if breach.limit.is_forecast else "actual"
        kind = (Kind.ESTIMATE if breach.limit.is_forecast else Kind.MONEY, one.currency)
        amounts = kind if one.is_cost else (Kind.QUANTITY, one.currency)
        limit = (Kind.MONEY, one.currency) if one.is_cost else (Kind.QUANTITY, one.currency)
        figures = (
            Figure("condition", "over" if breach.limit.text in _WORDS else breach.limit.text),
            Figure("name", one.budget.name),
            Figure("amount", breach.limit.amount(one), *amounts),
            Figure("limit", one.budget.limit, *limit),
            Figure("period", one.period, Kind.PERIOD),
        )
        words = f"{{condition}} {{name}} {what} {{amount}} limit {{limit}} {{period}}"
        yield Finding(Severity.CRITICAL, Sentence(words, figures))


def table(breaches: Sequence[Breach]) -> Table:
    """Return the breaches for machines."""
    columns = (
        Column("condition", Kind.TEXT),
        Column("budget", Kind.TEXT),
        Column("looked_at", Kind.TEXT),
        Column("amount", Kind.QUANTITY),
        Column("limit", Kind.QUANTITY),
        Column("unit", Kind.TEXT),
        Column("period", Kind.PERIOD),
    )
    rows = tuple(
        (
            breach.limit.text,
            breach.one.budget.name,
            "forecast" if breach.limit.is_forecast else "actual",
            breach.limit.amount(breach.one),
            breach.one.budget.limit,
            breach.one.currency,
            breach.one.period,
        )
        for breach in breaches
    )
    return Table("Breaches", columns, rows, detail=True)
