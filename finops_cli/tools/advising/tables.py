"""Recommendations as rows: what a person reads, and beside it everything that a script needs."""

from collections.abc import Callable, Sequence
from decimal import Decimal

from finops_cli.domain.advice import Recommendation
from finops_cli.domain.answer import Column, Kind, Table, Value
from finops_cli.tools.advising.advice import Advice

NOBODY = "(no owner tag)"
_Row = dict[str, Value]


def list_table(advice: Advice, name: str, shown: Sequence[Recommendation]) -> Table:
    """Return one row a recommendation, with its saving alone and what of it is in the total."""
    money = advice.currency
    columns = (
        Column("id", Kind.TEXT),
        Column("what", Kind.TEXT),
        Column("where", Kind.TEXT),
        Column("effort", Kind.TEXT),
        Column("cost", Kind.ESTIMATE, money, heading="cost now"),
        Column("saving", Kind.ESTIMATE, money, heading="saving/mo"),
        *(Column(one, Kind.TEXT, detail=True) for one in _TEXTS),
        Column("counted", Kind.ESTIMATE, money, detail=True),
        Column("resources", Kind.COUNT, detail=True),
    )
    rows = [_values(advice, one) for one in shown]
    return Table(name, columns, tuple(tuple(row[c.name] for c in columns) for row in rows))


_TEXTS = (
    *("check", "service", "account", "account_name", "region", "usage_type", "owner"),
    *("risk", "restart", "confidence", "origin", "page", "unknown_why"),
)


def _values(advice: Advice, one: Recommendation) -> _Row:
    check = one.check
    unknown = check.formula if one.monthly_saving is None else None
    return {
        "id": one.id,
        "what": f"{check.title}: {what_of(one)}",
        "where": where_of(advice, one),
        "effort": check.effort,
        "cost": one.cost,
        "saving": one.monthly_saving,
        "check": check.name,
        "service": one.service,
        "account": one.account,
        "account_name": advice.account(one),
        "region": one.region,
        "usage_type": one.usage_type,
        "owner": one.owner,
        "risk": check.risk,
        "restart": "yes" if check.restart else "no",
        "confidence": check.confidence,
        "origin": ", ".join(one.origins),
        "page": check.page,
        "unknown_why": unknown,
        "counted": advice.counts[one.id],
        "resources": len(one.resources),
    }


def what_of(one: Recommendation) -> str:
    """Return what a recommendation is about: how many of which kind, or the one resource."""
    if len(one.resources) == 1:
        return one.resources[0].rpartition(":")[2]
    kind = one.evidence[0].line.kind.rpartition(":")[2]
    return f"{len(one.resources)} × {kind}" if one.resources else kind


def where_of(advice: Advice, one: Recommendation) -> str | None:
    """Return the account, region and owner of a recommendation, as far as the bill tells."""
    return ", ".join(p for p in (advice.account(one), one.region, one.owner) if p) or None


def by_check(advice: Advice) -> Table:
    """Return what each check adds to the total, quick wins first."""
    money = advice.currency
    columns = (
        Column("check", Kind.TEXT, detail=True),
        Column("what", Kind.TEXT),
        Column("effort", Kind.TEXT),
        Column("restart", Kind.TEXT),
        Column("found", Kind.COUNT),
        Column("saving", Kind.ESTIMATE, money, heading="saving/mo"),
    )
    groups = _sums(advice, lambda one: one.check.name)
    checks = {one.check.name: one.check for one in advice.found}
    efforts = ("low", "medium", "high")

    def order(name: str | None) -> tuple[bool, int, Decimal]:
        check = checks[name or ""]
        return check.restart, efforts.index(check.effort), -groups[name][1]

    rows = tuple(
        (name, c.title, c.effort, "yes" if c.restart else "no", *groups[name])
        for name in sorted(groups, key=order)
        for c in (checks[name or ""],)
    )
    whole = (None, None, None, None, sum(count for count, _ in groups.values()), advice.total)
    return Table("By check", columns, rows, whole)


def by_owner(advice: Advice, tag: str) -> Table:
    """Return what each owner's part of the total is."""
    columns = (
        Column("owner", Kind.TEXT, heading=tag),
        Column("found", Kind.COUNT),
        Column("saving", Kind.ESTIMATE, advice.currency, heading="saving/mo"),
    )
    groups = _sums(advice, lambda one: one.owner)
    rows = tuple(
        (owner or NOBODY, *groups[owner])
        for owner in sorted(groups, key=lambda o: (-groups[o][1], o or ""))
    )
    whole = (None, sum(count for count, _ in groups.values()), advice.total)
    return Table("By owner", columns, rows, whole)


def _sums(
    advice: Advice, name: Callable[[Recommendation], str | None]
) -> dict[str | None, tuple[int, Decimal]]:
    """Return how many recommendations count for each name, and what they add to the total."""
    sums: dict[str | None, tuple[int, Decimal]] = {}
    for one in advice.found:
        added = advice.counts[one.id]
        if added:
            count, saving = sums.get(name(one), (0, Decimal(0)))
            sums[name(one)] = (count + 1, saving + added)
    return sums


def evidence_table(advice: Advice, one: Recommendation) -> Table:
    """Return the lines of the bill that a recommendation rests on."""
    money = advice.currency
    columns = (
        Column("resource", Kind.TEXT),
        Column("usage_type", Kind.TEXT),
        Column("usage", Kind.QUANTITY),
        Column("unit", Kind.TEXT),
        Column("note", Kind.TEXT),
        Column("cost", Kind.MONEY, money),
        Column("saving", Kind.ESTIMATE, money, heading="saving/mo"),
    )
    rows = tuple(
        (
            e.line.resource or "(all together)",
            *(e.line.usage_type, e.line.usage, e.line.unit, e.note or None),
            *(e.line.cost, e.saving),
        )
        for e in one.evidence
    )
    whole = (None, None, None, None, None, one.cost, one.monthly_saving)
    return Table("Evidence", columns, rows, whole)


def words_table(name: str, heading: str, lines: Sequence[str]) -> Table:
    """Return sentences or commands, a row each, that are broken and never cropped."""
    columns = (
        Column("nr", Kind.COUNT, heading="#"),
        Column(heading, Kind.TEXT, prose=True),
    )
    return Table(name, columns, tuple((at, line) for at, line in enumerate(lines, 1)))
