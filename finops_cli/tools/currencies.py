"""One answer for each currency of a bill: amounts in different currencies are never added up."""

from collections.abc import Callable
from dataclasses import replace

from finops_cli.domain.answer import Answer, Figure, Sentence, Table
from finops_cli.domain.source import CostSource


def each_currency(source: CostSource, answer: Callable[[CostSource], Answer]) -> Answer:
    """Return the answer, or where a bill has several currencies, one answer showing each apart.

    Args:
        source: The source.
        answer: Answers the question from a source of one currency.
    """
    currencies = source.currencies()
    if len(currencies) < 2:
        return answer(source)
    answers = [answer(source.in_currency(currency)) for currency in currencies]
    first = answers[0]
    words = " and ".join(f"{{currency{i}}}" for i in range(len(currencies)))
    figures = tuple(Figure(f"currency{i}", name) for i, name in enumerate(currencies))
    title = Sentence(f"This bill has {len(currencies)} currencies, shown apart: {words}.", figures)
    apart = "Amounts in different currencies are never added up; --currency shows one alone."
    return replace(
        first,
        title=title,
        summary=tuple(s for a in answers for s in (a.title, *a.summary)),
        findings=tuple(f for a in answers for f in a.findings),
        tables=tuple(
            _named(table, name)
            for name, a in zip(currencies, answers, strict=True)
            for table in a.tables
        ),
        series=tuple(s for a in answers for s in a.series),
        exit=max((a.exit for a in answers), key=lambda one: one.code),
        warnings=(apart, *dict.fromkeys(w for a in answers for w in a.warnings)),
        provenance=replace(
            answers[-1].provenance, currency=" ".join(currencies), period=first.provenance.period
        ),
    )


def _named(table: Table, currency: str) -> Table:
    return replace(table, name=f"{table.name}, {currency}")
