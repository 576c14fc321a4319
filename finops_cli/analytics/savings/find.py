"""Runs the checks over a bill, and makes recommendations of what they find."""

from collections.abc import Iterator, Sequence
from decimal import Decimal
from hashlib import blake2b

from finops_cli.analytics.savings.bill import Bill
from finops_cli.analytics.savings.registry import CHECKS
from finops_cli.domain.advice import Check, Evidence, Recommendation

_Place = tuple[str | None, ...]


def find(bill: Bill) -> tuple[Recommendation, ...]:
    """Return what is worth changing, the largest saving first; unknown savings come last."""
    found = [one for check, rule in CHECKS for one in _grouped(check, list(rule(bill)))]
    return tuple(sorted(found, key=_order))


def _order(one: Recommendation) -> tuple[bool, Decimal, str]:
    saving = one.monthly_saving
    return saving is None, -(one.cost if saving is None else saving), one.id


def _grouped(check: Check, found: Sequence[Evidence]) -> Iterator[Recommendation]:
    """Yield one recommendation for each kind of charge, in each place, of each owner.

    What has a saving and what has none are never one: their sum would be neither.
    """
    groups: dict[tuple[_Place, bool], list[Evidence]] = {}
    for one in found:
        groups.setdefault((_place(one), one.saving is None), []).append(one)
    for (place, unknown), evidence in groups.items():
        line = evidence[0].line
        rows = sorted(evidence, key=lambda e: (-(e.saving or e.line.cost), e.line.resource or ""))
        yield Recommendation(
            id=_id(check, place, unknown),
            check=check,
            service=line.service,
            account=line.account,
            region=line.region,
            usage_type=line.usage_type,
            owner=line.owner,
            evidence=tuple(rows),
            monthly_saving=None if unknown else _sum(rows),
            cost=sum((e.line.cost for e in rows), Decimal(0)),
        )


def _sum(rows: Sequence[Evidence]) -> Decimal:
    return sum((row.saving for row in rows if row.saving is not None), Decimal(0))


def _place(one: Evidence) -> _Place:
    line = one.line
    return line.service, line.account, line.region, line.usage_type, line.owner


def _id(check: Check, place: _Place, unknown: bool) -> str:
    """Return a short name that the same finding has in every run, whatever it saves."""
    text = "\x1f".join([check.name, *(part or "" for part in place), str(unknown)])
    return blake2b(text.encode(), digest_size=3).hexdigest()
