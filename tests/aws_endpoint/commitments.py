"""What of the bill commitments cover, by the purchase option that the source tells.

A commitment's usage costs nothing unblended, what was committed amortized, and at list price what
it would have cost on demand. A line that has a cost amortized and none at list price is the part of
a commitment that nothing used.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.bill import USAGE_QUANTITY
from tests.aws_endpoint.expressions import Rule, Values
from tests.aws_endpoint.organisation import Organisation

SAVINGS_PLANS = ("Savings Plan",)
RESERVATIONS = ("Reserved Instance", "Reserved")
_NEEDS = (
    q.CHARGE_CATEGORY,
    q.PURCHASE_OPTION,
    q.SERVICE,
    q.REGION,
    q.USAGE_TYPE,
    q.INSTANCE_TYPE,
    q.ACCOUNT,
)
_ZERO = Decimal(0)


@dataclass(slots=True)
class Use:
    """How a commitment was used over a period.

    Args:
        committed: What was committed, in dollars.
        used: The part of it that covered usage.
        on_demand: What that usage would have cost without.
        hours: The usage that was covered.
    """

    committed: Decimal = _ZERO
    used: Decimal = _ZERO
    on_demand: Decimal = _ZERO
    hours: Decimal = _ZERO

    @property
    def unused(self) -> Decimal:
        """The part that covered nothing."""
        return self.committed - self.used

    @property
    def percentage(self) -> Decimal:
        """The used part in percent."""
        return percent(self.used, self.committed)


@dataclass(slots=True)
class Coverage:
    """Usage that could be covered, by what it would cost on demand, and by hours."""

    covered: Decimal = _ZERO
    on_demand: Decimal = _ZERO
    covered_hours: Decimal = _ZERO
    on_demand_hours: Decimal = _ZERO


class Commitments:
    """Reads a bill for its commitments."""

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation

    def use(self, period: Period, kinds: tuple[str, ...], account: str, rule: Rule) -> Use:
        """Return how all commitments of a kind were used over a period."""
        amortized = self._sums("AmortizedCost", period, account, rule)
        listed = self._sums("ListCost", period, account, rule)
        hours = self._sums(USAGE_QUANTITY, period, account, rule)
        use = Use()
        for raw, cost in amortized.items():
            if raw[0] != "Usage" or raw[1] not in kinds:
                continue
            use.committed += cost
            if listed.get(raw):
                use.used += cost
                use.on_demand += listed[raw]
                use.hours += hours.get(raw, _ZERO)
        return use

    def coverage(
        self,
        period: Period,
        kinds: tuple[str, ...],
        account: str,
        rule: Rule,
        by: str | None = None,
    ) -> dict[str, Coverage]:
        """Return coverage by the values of a dimension, of services that a kind can cover."""
        listed = self._sums("ListCost", period, account, rule)
        billed = self._sums("UnblendedCost", period, account, rule)
        hours = self._sums(USAGE_QUANTITY, period, account, rule)
        coverable = {(raw[2], raw[5] is None) for raw in listed if raw[1] in kinds and listed[raw]}
        found: dict[str, Coverage] = {}
        for raw in sorted(listed, key=str):
            if raw[0] != "Usage" or (raw[2], raw[5] is None) not in coverable:
                continue
            value = raw[_NEEDS.index(by)] if by else ""
            group = found.setdefault(value or "", Coverage())
            if raw[1] in kinds:
                group.covered += listed[raw]
                group.covered_hours += hours.get(raw, _ZERO)
            elif raw[1] == "On Demand":
                group.on_demand += billed.get(raw, _ZERO)
                group.on_demand_hours += hours.get(raw, _ZERO)
        return found

    def _sums(
        self, metric: str, period: Period, account: str, rule: Rule
    ) -> dict[tuple[str | None, ...], Decimal]:
        needs = (*_NEEDS, *sorted(rule.needs - set(_NEEDS)))
        keeps = _keeping(needs, account, self._organisation.payer, rule)
        sums: dict[tuple[str | None, ...], Decimal] = {}
        days = self._organisation.bill.days(needs, metric)
        for day in period.each_day():
            for raw, amount, _ in days.get(day, ()):
                if keeps(raw):
                    key = raw[: len(_NEEDS)]
                    sums[key] = sums.get(key, _ZERO) + amount
        return sums


def _keeping(
    needs: tuple[str, ...], account: str, payer: str, rule: Rule
) -> Callable[[tuple[str | None, ...]], bool]:
    def keeps(raw: tuple[str | None, ...]) -> bool:
        values: Values = dict(zip(needs, raw, strict=True))
        own = account == payer or values[q.ACCOUNT] == account
        return own and rule.keeps(values)

    return keeps


def percent(part: Decimal, whole: Decimal) -> Decimal:
    """Return a part in percent of a whole, zero of nothing."""
    return round(100 * part / whole, 6) if whole else _ZERO


def add(coverages: Mapping[str, Coverage]) -> Coverage:
    """Return the sum of coverages."""
    whole = Coverage()
    for each in coverages.values():
        whole.covered += each.covered
        whole.on_demand += each.on_demand
        whole.covered_hours += each.covered_hours
        whole.on_demand_hours += each.on_demand_hours
    return whole
