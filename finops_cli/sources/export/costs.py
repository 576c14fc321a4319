"""What each metric is in each format, in SQL: a column of FOCUS, a rule by line item of a CUR.

Amortized cost follows "Understanding your amortized reservation data" and "Understanding Savings
Plans" in AWS's CUR user guide. A rule whose columns an export lacks cannot be applied; then the
billed cost stands and the lines concerned are named, so that a warning can count them.
"""

from dataclasses import dataclass

from finops_cli.domain.query import Metric
from finops_cli.errors import MissingColumn
from finops_cli.sources.export.dialect import Reading
from finops_cli.sources.export.focus import CUR, CUR2
from finops_cli.sources.export.quoting import quote_text

_NET = (Metric.NET_UNBLENDED, Metric.NET_AMORTIZED)
_EFFECTIVE = (Metric.AMORTIZED, Metric.NET_AMORTIZED)
_USED = "('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage')"
_FEES = "('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', 'SavingsPlanNegation')"


def cost(reading: Reading, metric: Metric) -> str:
    """Return the SQL of a metric, NULL on rows where it cannot be read.

    Raises:
        MissingColumn: The files lack the columns of this metric.
    """
    found = _cost(reading, metric)
    if found is None:
        raise MissingColumn(
            f"This {reading.format} has no column for {metric.value} cost.",
            "Use another --metric, or add the column to the export.",
        )
    return found


def metrics(reading: Reading) -> tuple[Metric, ...]:
    """Return the metrics that these files can give."""
    return tuple(metric for metric in Metric if _cost(reading, metric) is not None)


def is_line_items(reading: Reading) -> bool:
    """Tell whether costs follow rules by line item type: a CUR."""
    return reading.dialect in (CUR, CUR2)


def unamortized(reading: Reading, metric: Metric) -> tuple[str, ...]:
    """Return the line item types whose amortized cost these files cannot give."""
    if not is_line_items(reading) or metric not in _EFFECTIVE or _kind(reading) is None:
        return ()
    rules = _rules(reading, metric in _NET)
    return tuple(rule.kind for rule in rules if rule.cost is None and rule.needed)


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a line item type amortizes to; no cost where its columns are not there."""

    kind: str
    cost: str | None
    condition: str = ""
    needed: bool = True


def _cost(reading: Reading, metric: Metric) -> str | None:
    if not is_line_items(reading):
        return reading.number(*reading.dialect.costs.get(metric, ()))
    if metric is Metric.BLENDED:
        return reading.number("line_item_blended_cost")
    net = metric in _NET
    billed = reading.number("line_item_net_unblended_cost") if net else None
    # Accounts without negotiated discounts get no net columns: there, net is the plain cost.
    billed = billed or reading.number("line_item_unblended_cost", "line_item_blended_cost")
    if billed is None or metric in (Metric.UNBLENDED, Metric.NET_UNBLENDED):
        return billed
    if metric is Metric.LIST:
        return _list_cost(reading, billed)
    return _amortized_cost(reading, billed, net)


def _kind(reading: Reading) -> str | None:
    return reading.raw("line_item_line_item_type")


def _list_cost(reading: Reading, billed: str) -> str | None:
    """Return list cost: public on-demand cost of usage; commitments' own fees have none."""
    public = reading.number("pricing_public_on_demand_cost")
    kind = _kind(reading)
    if public is None or kind is None:
        return public
    return (
        f"CASE WHEN {kind} IN {_USED} THEN coalesce({public}, {billed}) "
        f"WHEN {kind} IN {_FEES} THEN 0 ELSE {billed} END"
    )


def _amortized_cost(reading: Reading, billed: str, net: bool) -> str:
    kind = _kind(reading)
    rules = [] if kind is None else [r for r in _rules(reading, net) if r.cost is not None]
    if not rules:
        return billed
    whens = " ".join(
        f"WHEN {kind} = {quote_text(rule.kind)}{rule.condition} "
        f"THEN coalesce({rule.cost}, {billed})"
        for rule in rules
    )
    return f"CASE {whens} ELSE {billed} END"


def _rules(reading: Reading, net: bool) -> list[_Rule]:
    def number(name: str) -> str | None:
        return reading.number(*(_net_name(name) for _ in range(net)), name)

    covered = number("savings_plan_savings_plan_effective_cost")
    spread = "0" if covered else None  # the effective costs of what it covers hold it already
    arn = reading.raw("reservation_reservation_arn")
    return [
        _Rule("SavingsPlanCoveredUsage", covered),
        _Rule("SavingsPlanNegation", spread),
        _Rule("SavingsPlanUpfrontFee", spread),
        _Rule(
            "SavingsPlanRecurringFee",
            _combined(
                number("savings_plan_total_commitment_to_date"),
                "-",
                number("savings_plan_used_commitment"),
            ),
        ),
        _Rule("DiscountedUsage", number("reservation_effective_cost")),
        _Rule(
            "RIFee",
            _combined(
                number("reservation_unused_amortized_upfront_fee_for_billing_period"),
                "+",
                number("reservation_unused_recurring_fee"),
            ),
        ),
        # Other fees have no reservation: where no column says so, a fee stays what was billed.
        _Rule("Fee", "0" if arn else None, f" AND coalesce({arn}, '') <> ''", needed=False),
    ]


def _combined(left: str | None, sign: str, right: str | None) -> str | None:
    """Return left plus or minus right, an empty side as zero; NULL where both are empty."""
    if left is None or right is None:
        return None
    both_empty = f"{left} IS NULL AND {right} IS NULL"
    return (
        f"CASE WHEN {both_empty} THEN NULL ELSE coalesce({left}, 0) {sign} coalesce({right}, 0) END"
    )


def _net_name(name: str) -> str:
    """Return the column that holds the same figure after negotiated discounts."""
    prefix = "savings_plan_" if name.startswith("savings_plan_") else "reservation_"
    return f"{prefix}net_{name.removeprefix(prefix)}"
