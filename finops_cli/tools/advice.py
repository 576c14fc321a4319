"""What could be saved, by checks over the bill alone: listed, added up, and one whole.

Each method is one question and one tool. Nothing here asks AWS for its advice, and nothing is ever
changed: commands are text.
"""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Literal

from finops_cli.domain.advice import Recommendation
from finops_cli.domain.answer import Answer
from finops_cli.domain.condition import Condition, parse_conditions
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.quantity import parse_amount
from finops_cli.domain.source import CostSource
from finops_cli.errors import UnknownName, UsageError
from finops_cli.tools.advising import reply
from finops_cli.tools.advising.advice import Advice
from finops_cli.tools.advising.reading import Scope, scope_of
from finops_cli.tools.currencies import each_currency
from finops_cli.tools.scope import resolve_metric

Effort = Literal["low", "medium", "high"]
Sort = Literal["saving", "cost", "effort"]
_EFFORTS = ("low", "medium", "high")
_SORTS = ("saving", "cost", "effort")


class Advisor:
    """Looks for savings.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
    """

    def __init__(self, source: CostSource, emit: Emit = ignore) -> None:
        self._source = source
        self._emit = emit

    def recommendations(
        self,
        filters: Sequence[str] = (),
        min_saving: str | float | None = None,
        effort: Effort | None = None,
        sort: Sort = "saving",
        top: int | None = None,
        fail_on: Sequence[str] = (),
        metric: str | None = None,
    ) -> Answer:
        """List what could be saved: idle resources, old generations, dearer kinds of storage.

        Args:
            filters: Conditions such as service=EC2, account=prod, region=us-east-1 or tag:team=web.
            min_saving: The smallest saving a month that is shown, such as 50.
            effort: Keep only what is this much work.
            sort: What comes first: the largest saving, the largest cost, or the least effort.
            top: How many to show; all where left out.
            fail_on: Conditions that give exit code 3, such as savings>500.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        least, conditions = _least(min_saving), _conditions(fail_on)
        _known("effort", effort, _EFFORTS)
        _known("sort", sort, _SORTS)
        _positive(top)

        def answer(advice: Advice) -> Answer:
            kept = [r for r in advice.found if effort in (None, r.check.effort)]
            if least is not None:
                kept = [r for r in kept if (r.monthly_saving or Decimal(0)) >= least]
            return reply.list_reply(advice.only(_sorted(kept, sort)), top, conditions)

        return self._over(filters, metric, answer)

    def savings(
        self,
        filters: Sequence[str] = (),
        top: int | None = None,
        fail_on: Sequence[str] = (),
        metric: str | None = None,
    ) -> Answer:
        """Tell how much can be saved in a month, nothing counted twice, by check and by owner.

        Args:
            filters: Conditions such as service=EC2, account=prod, region=us-east-1 or tag:team=web.
            top: How many quick wins to show; 5 where left out.
            fail_on: Conditions that give exit code 3, such as savings>500.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        conditions = _conditions(fail_on)
        _positive(top)
        return self._over(
            filters, metric, lambda advice: reply.savings_reply(advice, top, conditions)
        )

    def show(
        self, recommendation: str, filters: Sequence[str] = (), metric: str | None = None
    ) -> Answer:
        """Show one recommendation whole: its evidence, its steps, and commands to start from.

        Args:
            recommendation: Its id as a list shows it; its first characters are enough.
            filters: The conditions that the list was narrowed by.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        chosen = resolve_metric(metric)
        for currency in self._source.currencies():
            source = self._source
            if len(source.currencies()) > 1:
                source = source.in_currency(currency)
            scope = scope_of(source, filters, chosen)
            advice = self._advice(scope) if scope else None
            found = _named(advice.found, recommendation) if advice else None
            if advice and found:
                return reply.whole_reply(advice, found)
        raise UnknownName(
            f"No recommendation is called {recommendation!r}.",
            "finops advisor list shows them; what was done is no longer there.",
        )

    def _over(
        self, filters: Sequence[str], metric: str | None, answer: Callable[[Advice], Answer]
    ) -> Answer:
        chosen = resolve_metric(metric)

        def one(source: CostSource) -> Answer:
            scope = scope_of(source, filters, chosen)
            return reply.too_early(source, chosen) if scope is None else answer(self._advice(scope))

        return each_currency(self._source, one)

    def _advice(self, scope: Scope) -> Advice:
        self._emit(Event("progress", "Checking what the bill charges for", 20))
        return Advice.over(scope)


def _named(found: Sequence[Recommendation], word: str) -> Recommendation | None:
    """Return the recommendation of an id or of its beginning.

    Raises:
        UnknownName: Several begin so.
    """
    hits = [one for one in found if word and one.id.startswith(word.strip().lower())]
    if len(hits) > 1:
        raise UnknownName(
            f"Several recommendations begin with {word!r}.",
            f"Write more of the id: {', '.join(one.id for one in hits[:3])}.",
        )
    return hits[0] if hits else None


def _sorted(found: Sequence[Recommendation], by: str) -> list[Recommendation]:
    """Return recommendations in an order; within it, the largest saving stays first."""
    if by == "cost":
        return sorted(found, key=lambda one: -one.cost)
    if by == "effort":
        return sorted(found, key=lambda one: _EFFORTS.index(one.check.effort))
    return list(found)


def _least(word: str | float | None) -> Decimal | None:
    if word is None:
        return None
    amount = parse_amount(str(word))
    if amount is None or amount.is_ratio or amount.number < 0:
        raise UsageError(f"{word!r} is no amount.", "Write it as 50 or $1k.")
    return amount.number


def _conditions(texts: Sequence[str]) -> tuple[Condition, ...]:
    return parse_conditions(texts, ("savings",), ())


def _known(name: str, word: str | None, words: Sequence[str]) -> None:
    if word is not None and word not in words:
        raise UsageError(f"{word!r} is no {name}.", f"Write one of {', '.join(words)}.")


def _positive(top: int | None) -> None:
    if top is not None and top < 1:
        raise UsageError("--top must be at least 1.", "Leave it out to see all.")
