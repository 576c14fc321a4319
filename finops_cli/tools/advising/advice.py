"""What the checks found in one bill, and what of it counts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from finops_cli.analytics.savings.find import find
from finops_cli.analytics.savings.total import counted
from finops_cli.domain import query as q
from finops_cli.domain.advice import Level, Recommendation
from finops_cli.tools.advising.reading import Scope, read_bill
from finops_cli.tools.commands import command
from finops_cli.tools.naming import Names, names_of


@dataclass(frozen=True, slots=True)
class Advice:
    """Recommendations over a scope; ``counts`` is what each adds to the total, by id."""

    scope: Scope
    found: tuple[Recommendation, ...]
    counts: Mapping[str, Decimal]
    names: Names
    has_resources: bool

    @classmethod
    def over(cls, scope: Scope) -> "Advice":
        """Read the bill and run the checks."""
        bill = read_bill(scope)
        found = find(bill)
        names = names_of(scope.source)
        return cls(scope, found, counted(found), names, bill.has_resources)

    def only(self, kept: Sequence[Recommendation]) -> "Advice":
        """Return some of the recommendations, their total counted anew."""
        return replace(self, found=tuple(kept), counts=counted(kept))

    @property
    def currency(self) -> str:
        """The currency of every amount."""
        return self.scope.source.currencies()[0]

    @property
    def total(self) -> Decimal:
        """What all of it saves in a month, each line of the bill counted once."""
        return sum(self.counts.values(), Decimal(0))

    @property
    def quick(self) -> tuple[Recommendation, ...]:
        """What counts, is little work and restarts nothing, the largest first."""
        easy = [r for r in self.found if r.check.effort == "low" and not r.check.restart]
        worth = [r for r in easy if self.counts[r.id]]
        return tuple(sorted(worth, key=lambda r: -self.counts[r.id]))

    def of_effort(self, effort: Level) -> Decimal:
        """Return how much of the total asks for so much work."""
        parts = (self.counts[one.id] for one in self.found if one.check.effort == effort)
        return sum(parts, Decimal(0))

    @property
    def likely(self) -> tuple[Recommendation, ...]:
        """What the bill makes only likely, and is in no total."""
        return tuple(r for r in self.found if r.check.confidence == "low" and r.monthly_saving)

    @property
    def unknown(self) -> tuple[Recommendation, ...]:
        """What is worth a look, and whose saving the bill cannot tell."""
        return tuple(r for r in self.found if r.monthly_saving is None)

    @property
    def twice(self) -> Decimal:
        """What two checks found, and is counted once."""
        sure = [r for r in self.found if r.check.confidence != "low"]
        alone = sum((r.monthly_saving or Decimal(0) for r in sure), Decimal(0))
        return alone - self.total

    def account(self, one: Recommendation) -> str | None:
        """Return the name of a recommendation's account, its number where it has none."""
        return self.names.get(q.ACCOUNT, {}).get(one.account or "") or one.account

    def command(self, *words: str) -> str:
        """Return a command about the same scope."""
        return command(*words, filters=self.scope.filters, names=self.names)
