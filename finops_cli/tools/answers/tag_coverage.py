"""How much of a bill carries each tag: what nobody has put their name on."""

from collections.abc import Mapping
from decimal import Decimal

from finops_cli.analytics.breakdown import share
from finops_cli.domain import query as q
from finops_cli.domain.answer import Answer, Column, Figure, Kind, Sentence, Table
from finops_cli.tools.answers.parts import incomplete, money, narrowed, span, subject
from finops_cli.tools.view import View


def tag_coverage(view: View, total: Decimal, untagged: Mapping[str, Decimal]) -> Answer:
    """Return what of a total has no value for each tag key, the best covered key first.

    Args:
        view: What was asked.
        total: All costs in view.
        untagged: The cost without a value, by ``tag:KEY``.
    """
    who = subject(view)
    figures = (*who.figures, money("total", total, view), span("period", view.period))
    if not untagged:
        words = f"{who.words} {{total}} for {{period}}, and no charge carries a tag."
        return _answer(view, Sentence(words, figures))
    ordered = sorted(untagged.items(), key=lambda pair: (pair[1], pair[0]))
    best, least = ordered[0]
    figures = (
        *figures,
        Figure("tag", q.tag_key(best)),
        money("untagged", least, view),
        Figure("share", share(least, total), Kind.SHARE),
    )
    words = f"{who.words} {{total}} for {{period}}; {{untagged}} of it has no {{tag}} tag"
    title = Sentence(f"{words}, {{share}}." if total else f"{words}.", figures)
    columns = (
        Column("tag", Kind.TEXT),
        Column("tagged", Kind.MONEY, view.currency),
        Column("untagged", Kind.MONEY, view.currency),
        Column("share", Kind.SHARE),
    )
    rows = tuple((q.tag_key(d), total - cost, cost, share(cost, total)) for d, cost in ordered)
    command = narrowed(view, "cost", "--by", "service", "--filter", f"{best}=(none)")
    return _answer(view, title, (Table("Tag coverage", columns, rows),), (command,))


def _answer(
    view: View, title: Sentence, tables: tuple[Table, ...] = (), next_: tuple[str, ...] = ()
) -> Answer:
    return Answer(
        title=title,
        provenance=view.provenance(),
        findings=incomplete(view),
        tables=tables,
        warnings=view.warnings(),
        next=next_,
    )
