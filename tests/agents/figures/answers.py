"""Small Answers with figures of every kind, for the tests of what checks a prose."""

from datetime import date
from decimal import Decimal

from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Provenance,
    Sentence,
    Series,
    Severity,
    Table,
    Value,
)
from finops_cli.domain.period import Period

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))


def said(*figures: tuple[Value, Kind, str | None], currency: str | None = "USD") -> Answer:
    """Return an Answer whose headline has these figures and nothing else."""
    named = tuple(
        Figure(f"f{at}", value, kind, unit) for at, (value, kind, unit) in enumerate(figures)
    )
    words = " ".join(f"{{{figure.name}}}" for figure in named)
    return Answer(Sentence(f"Told: {words}", named), Provenance("test", currency=currency))


def money(*values: str, currency: str = "USD") -> Answer:
    return said(*((Decimal(value), Kind.MONEY, currency) for value in values), currency=currency)


def share(value: str) -> Answer:
    return said((Decimal(value), Kind.SHARE, None))


def growth(value: str) -> Answer:
    return said((Decimal(value), Kind.GROWTH, None))


def count(value: int) -> Answer:
    return said((value, Kind.COUNT, None))


def usage(value: str, unit: str) -> Answer:
    return said((Decimal(value), Kind.QUANTITY, unit))


def day(iso: str) -> Answer:
    return said((date.fromisoformat(iso), Kind.DATE, None))


def period(start: str, end: str) -> Answer:
    """Return an Answer that names the days from one to the other, which is not among them."""
    return said((Period(date.fromisoformat(start), date.fromisoformat(end)), Kind.PERIOD, None))


def everything() -> Answer:
    """Return an Answer with a different amount in each place that can hold one."""
    cost = (Column("service", Kind.TEXT), Column("cost", Kind.MONEY, "USD"))
    amount = [Decimal(n * 1111) for n in range(20)]
    points = ((date(2026, 10, 5), amount[5]), (date(2026, 10, 6), amount[6]))
    return Answer(
        Sentence("T {a} and 1234 %", (Figure("a", amount[1], Kind.MONEY, "USD"),)),
        Provenance(
            "test", OCTOBER, date(2026, 11, 15), date(2026, 11, 14), None, "USD", 17, 19, amount[11]
        ),
        summary=(Sentence("S {a}", (Figure("a", amount[2], Kind.CHANGE, "USD"),)),),
        findings=(
            Finding(
                Severity.INFO, Sentence("{a}", (Figure("a", amount[3], Kind.ESTIMATE, "USD"),))
            ),
        ),
        tables=(
            Table("shown", cost, (("EC2", amount[4]),), (None, amount[12])),
            Table("detail", cost, (("team 15 % off", amount[13]),), detail=True),
        ),
        series=(
            Series(
                "cost",
                Kind.MONEY,
                "USD",
                points,
                (amount[7], amount[7]),
                (amount[8], amount[8]),
                (Figure("usual", amount[9], Kind.MONEY, "USD"),),
            ),
        ),
        warnings=("A file lacks $11,110.",),
        question="Is it under $15,554?",
        parts=(money("16665"),),
    )
