"""How budgets stand, how they went, and whether a scheduled job shall fail for them.

Each method is one question and one tool. Budgets come from a store; what was spent on them and what
is expected is read in the bill, as any other question is.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from finops_cli.domain.answer import Answer
from finops_cli.domain.budget import Budget, BudgetStore
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.period import parse_period
from finops_cli.domain.source import CostSource
from finops_cli.errors import SetupError, UsageError
from finops_cli.tools.budgeting import reply
from finops_cli.tools.budgeting.breaches import breaches_of, limits_of
from finops_cli.tools.budgeting.choosing import chosen
from finops_cli.tools.budgeting.past import past_of
from finops_cli.tools.budgeting.standing import Standing, standing_of
from finops_cli.tools.budgeting.tables import by_urgency
from finops_cli.tools.budgeting.watching import unwatched_share


class Budgets:
    """Looks after budgets.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
        store: Opens the store of the budgets; None where there is none.
    """

    def __init__(
        self,
        source: CostSource,
        emit: Emit = ignore,
        store: Callable[[], BudgetStore] | None = None,
    ) -> None:
        self._source = source
        self._emit = emit
        self._open = store

    def status(self, name: str | None = None, metric: str | None = None) -> Answer:
        """Tell how budgets stand: spent, limit, forecast at the period's end, when they are passed.

        Args:
            name: A budget's name, a part of it, or what it watches, such as an account; all where
                left out.
            metric: Not needed: each budget says which cost it counts.
        """
        store = self._store()
        budgets = store.budgets()
        if not budgets:
            return reply.no_budgets(self._source, store)
        standings = self._standings(chosen(budgets, name, self._source))
        watched = unwatched_share(self._source, standings) if name is None else None
        return reply.status_reply(self._source, store, standings, watched)

    def history(
        self, name: str | None = None, period: str | None = None, metric: str | None = None
    ) -> Answer:
        """Tell how budgets went: budgeted and actual, how often they held, the worst period.

        Args:
            name: A budget's name, a part of it, or what it watches, such as an account; all where
                left out.
            period: Only the periods that share a day with this one, such as 2026-Q3 or last-year.
            metric: Not needed: each budget says which cost it counts.
        """
        store, source = self._store(), self._source
        budgets = store.budgets()
        if not budgets:
            return reply.no_budgets(source, store)
        within = parse_period(period, source.calendar(), source.coverage()) if period else None
        self._emit(Event("progress", "Reading past periods", 5))
        past, unread = [], []
        for one in chosen(budgets, name, source):
            try:
                past.append((one, past_of(source, store, one, within)))
            except UsageError as error:  # its words are off: the others are told all the same
                unread.append(f"{one.name} is left out: {error.message} {error.hint}".strip())
        return reply.history_reply(source, store, past, tuple(unread))

    def check(
        self, fail_on: Sequence[str] = (), name: str | None = None, metric: str | None = None
    ) -> Answer:
        """Tell which budgets are past a condition, for scheduled jobs: exit code 3 where one is.

        Args:
            fail_on: over, forecast-over, or any:90% (any budget that has used so much of its
                limit); over where left out.
            name: A budget's name, a part of it, or what it watches; all where left out.
            metric: Not needed: each budget says which cost it counts.
        """
        limits = limits_of(fail_on or ("over",))
        store = self._store()
        budgets = store.budgets()
        if not budgets:  # a job that watches nothing must not say that all is well
            raise SetupError(f"There is no budget in {store.label} to check.", store.hint)
        standings = self._standings(chosen(budgets, name, self._source))
        return reply.check_reply(
            self._source, store, standings, limits, breaches_of(limits, standings)
        )

    def _standings(self, budgets: Sequence[Budget]) -> list[Standing]:
        found = []
        for at, budget in enumerate(budgets):
            said = f"Looking at budget {budget.name}"
            self._emit(Event("progress", said, 30 + 60 * at // len(budgets)))
            one = standing_of(self._source, budget)
            found.append(one if one.currency else replace(one, currency=self._currency))
        return by_urgency(found)

    @property
    def _currency(self) -> str:
        return self._source.currencies()[0]

    def _store(self) -> BudgetStore:
        if self._open is None:
            raise SetupError("No store of budgets is set.", "See docs/budgets.md.")
        return self._open()
