"""Which budgets a question means: all of them, one by its name, or those that watch something."""

from collections.abc import Iterator, Sequence

from finops_cli.domain.budget import Budget
from finops_cli.domain.query import SERVICE
from finops_cli.domain.services import same_service
from finops_cli.domain.source import CostSource
from finops_cli.errors import UnknownName, did_you_mean


def chosen(budgets: Sequence[Budget], word: str | None, source: CostSource) -> list[Budget]:
    """Return the budgets that a word means; all of them where there is no word.

    A name comes first, then a part of one, then what a budget watches.

    Raises:
        UnknownName: No budget is called so, or watches that.
    """
    if not word:
        return list(budgets)
    folded = word.strip().casefold()
    for means in (_is_called, _is_called_like, _watches):
        found = [one for one in budgets if means(one, folded, source)]
        if found:
            return found
    names = [one.name for one in budgets]
    hint = did_you_mean(word, names) or f"Budgets: {', '.join(names[:10])}."
    raise UnknownName(f"No budget is called {word!r} or watches it.", hint)


def _is_called(budget: Budget, folded: str, _source: CostSource) -> bool:
    return budget.name.casefold() == folded


def _is_called_like(budget: Budget, folded: str, _source: CostSource) -> bool:
    name = budget.name.casefold()
    return folded in name or name in folded.split()


def _watches(budget: Budget, folded: str, source: CostSource) -> bool:
    return any(folded == value.casefold() for value in _watched(budget, source))


def _watched(budget: Budget, source: CostSource) -> Iterator[str]:
    """Yield every spelling of what a budget watches."""
    for condition in budget.conditions:
        left, _, right = condition.partition("=")
        if not left.endswith("!"):
            yield from (word.strip() for word in right.split(","))
    for wanted in budget.filters:
        if wanted.exclude:
            continue
        names = source.names(wanted.dimension)
        for value in filter(None, wanted.values):
            yield value
            yield names.get(value, value)
            if wanted.dimension == SERVICE:
                yield from same_service(value)
