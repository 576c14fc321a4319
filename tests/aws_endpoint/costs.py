"""Sums of the bill: which charges a request keeps, in which groups and buckets they fall."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from tests.aws_endpoint.bill import (
    METRICS,
    NO_UNIT,
    NORMALIZED_USAGE,
    USAGE_QUANTITY,
    Days,
    Raw,
)
from tests.aws_endpoint.dimensions import Attribute
from tests.aws_endpoint.expressions import Rule
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import invalid

Group = tuple[str, ...]
SPENT = "UnblendedCost"


@dataclass(slots=True)
class Amount:
    """A sum that grows, and the unit of what went into it, as long as there is one alone."""

    number: Decimal = Decimal(0)
    unit: str | None = None
    mixed: bool = False

    def add(self, number: Decimal, unit: str | None) -> None:
        """Add a number."""
        self.number += number
        if unit != self.unit and unit is not None:
            self.mixed = self.unit is not None
            self.unit = unit

    def written(self) -> dict[str, str]:
        """Return it as AWS writes it: every digit, no exponent, no trailing zeros."""
        unit = NO_UNIT if self.mixed or self.unit is None else self.unit
        return {"Amount": plain(self.number), "Unit": unit}


Sums = dict[Group, dict[str, Amount]]
"""The amounts of each group by metric."""


@dataclass(frozen=True, slots=True)
class Question:
    """Which charges are added up, and into what.

    Args:
        metrics: The names of the metrics.
        groups: What groups are told apart by.
        rule: Which charges are kept.
        account: The account that asks; a member sees its own charges.
    """

    metrics: tuple[str, ...]
    groups: tuple[Attribute, ...]
    rule: Rule
    account: str


def plain(number: Decimal) -> str:
    """Return a number in full, as AWS writes amounts."""
    text = format(number, "f")
    if "." in text:
        text = text.rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def check_metrics(metrics: Sequence[str]) -> tuple[str, ...]:
    """Return the metrics, each once.

    Raises:
        AwsError: There is none, or one that does not exist.
    """
    known = (*METRICS, USAGE_QUANTITY, NORMALIZED_USAGE)
    if not metrics:
        raise invalid("Metrics must not be empty")
    for metric in metrics:
        if metric not in known:
            raise invalid(f"Metric {metric} is invalid. Valid metrics are: {', '.join(known)}")
    return tuple(dict.fromkeys(metrics))


def add_up(organisation: Organisation, question: Question, buckets: Sequence[Period]) -> list[Sums]:
    """Return the sums of each bucket, groups in the order of their keys."""
    needs = _needs(organisation, question)
    sums: list[Sums] = [{} for _ in buckets]
    for metric in question.metrics:
        days = organisation.bill.days(needs, metric)
        place = _placing(needs, question, organisation.payer)
        for bucket, into in zip(buckets, sums, strict=True):
            _add_bucket(organisation, days, bucket, metric, place, into)
    return [{key: into[key] for key in sorted(into)} for into in sums]


def _needs(organisation: Organisation, question: Question) -> tuple[str, ...]:
    needs = {name for group in question.groups for name in group.needs} | question.rule.needs
    if question.account != organisation.payer:
        needs.add(q.ACCOUNT)
    return tuple(sorted(needs))


def _placing(
    needs: tuple[str, ...], question: Question, payer: str
) -> Callable[[Raw], Group | None]:
    """Return what tells the group of a charge, None where it is not kept."""
    known: dict[Raw, Group | None] = {}

    def place(raw: Raw) -> Group | None:
        if raw not in known:
            values = dict(zip(needs, raw, strict=True))
            known[raw] = _place(values, question, payer)
        return known[raw]

    return place


def _place(values: Mapping[str, str | None], question: Question, payer: str) -> Group | None:
    own = question.account == payer or values[q.ACCOUNT] == question.account
    if not own or not question.rule.keeps(values):
        return None
    return tuple(
        group.key(tuple(values[name] for name in group.needs)) for group in question.groups
    )


def _add_bucket(
    organisation: Organisation,
    days: Days,
    bucket: Period,
    metric: str,
    place: Callable[[Raw], Group | None],
    into: Sums,
) -> None:
    for day in bucket.each_day():
        if day > organisation.today or day not in days:
            continue
        factor = organisation.faults.factor(day)
        for raw, number, unit in days[day]:
            group = place(raw)
            if group is None:
                continue
            amount = into.setdefault(group, {}).get(metric)
            if amount is None:
                amount = into[group][metric] = Amount()
            amount.add(number if factor is None else number * factor, unit)


def total(organisation: Organisation, day_range: Period, rule: Rule, account: str) -> Decimal:
    """Return the unblended cost of a period."""
    question = Question((SPENT,), (), rule, account)
    (sums,) = add_up(organisation, question, [day_range])
    return sums[()][SPENT].number if sums else Decimal(0)


def by_day(
    days: Sequence[date], organisation: Organisation, rule: Rule, account: str
) -> list[Decimal]:
    """Return the unblended cost of each day."""
    buckets = [Period(day, day + timedelta(days=1)) for day in days]
    question = Question((SPENT,), (), rule, account)
    return [
        sums[()][SPENT].number if sums else Decimal(0)
        for sums in add_up(organisation, question, buckets)
    ]
