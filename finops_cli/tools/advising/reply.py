"""Recommendations as Answers: listed, added up, and one whole."""

from collections.abc import Iterator, Sequence
from decimal import Decimal

from finops_cli.analytics.savings.public_prices import PRICES_OF
from finops_cli.domain.advice import Recommendation
from finops_cli.domain.answer import (
    Answer,
    Exit,
    Figure,
    Finding,
    Kind,
    Sentence,
    Severity,
    Table,
)
from finops_cli.domain.condition import Condition
from finops_cli.domain.query import Metric
from finops_cli.domain.source import CostSource
from finops_cli.tools.advising.advice import Advice
from finops_cli.tools.advising.tables import (
    by_check,
    by_owner,
    evidence_table,
    list_table,
    what_of,
    where_of,
    words_table,
)
from finops_cli.tools.scope import provenance

FAILED = 3
_QUICK_WINS = 5
_COARSE = (
    "Resources are not told apart here: idle load balancers, snapshots, buckets and unused "
    "databases were not looked for, and volumes above 1,000 GB may need IOPS that gp3 sells apart."
)


def too_early(source: CostSource, metric: Metric) -> Answer:
    """Return that no day is complete yet."""
    held = source.coverage()
    words = "Nothing to advise on yet: no day of the bill is complete. It begins on {start}."
    return Answer(
        title=Sentence(words, (Figure("start", held.start, Kind.DATE),)),
        provenance=provenance(source, held, metric),
        warnings=source.warnings(),
    )


def list_reply(advice: Advice, top: int | None, conditions: Sequence[Condition]) -> Answer:
    """Return recommendations, one a row, in their order."""
    tables = (list_table(advice, "Recommendations", advice.found[:top]),)
    return _reply(advice, tables, conditions)


def savings_reply(advice: Advice, top: int | None, conditions: Sequence[Condition]) -> Answer:
    """Return what all of it saves: by check, by owner, and what to begin with."""
    quick = list_table(advice, "Quick wins", advice.quick[: top or _QUICK_WINS])
    tables = [by_check(advice)] if advice.total else []
    tables += [quick] if quick.rows else []
    owner = advice.scope.owner
    tables += [by_owner(advice, owner)] if owner and advice.total else []
    return _reply(advice, tuple(tables), conditions)


def _reply(advice: Advice, tables: tuple[Table, ...], conditions: Sequence[Condition]) -> Answer:
    met = tuple(_met(advice, conditions))
    scope = advice.scope
    coarse = () if advice.has_resources else (_COARSE,)
    return Answer(
        title=_title(advice),
        summary=tuple(_summary(advice)),
        provenance=provenance(scope.source, scope.period, scope.metric),
        findings=(*met, *_apart(advice)),
        tables=tables,
        warnings=(*scope.source.warnings(), *coarse),
        next=tuple(_next(advice)),
        exit=Exit(FAILED, "condition_met") if met else Exit(),
    )


def _title(advice: Advice) -> Sentence:
    if not advice.total:
        return Sentence("No saving was found that the bill alone can put a figure on.")
    total = _money("total", advice.total, advice)
    quick = sum((advice.counts[one.id] for one in advice.quick), Decimal(0))
    if not quick:
        return Sentence("{total} a month can be saved.", (total,))
    part = "all" if quick == advice.total else "{quick}"
    hard = advice.of_effort("high")
    much = ", {hard} with much work" if hard else ""
    words = f"{{total}} a month can be saved, {part} of it with little work and no restart{much}."
    return Sentence(words, (total, _money("quick", quick, advice), _money("hard", hard, advice)))


def _summary(advice: Advice) -> Iterator[Sentence]:
    days = Figure("days", advice.scope.period.days, Kind.COUNT)
    words = (
        "Computed from what was billed on demand in the last {days} full days and from ratios of "
        f"public prices as of {PRICES_OF}; a month is 30 days."
    )
    yield Sentence(words, (days,))
    if advice.of_effort("high"):
        yield Sentence("What is much work is worth measuring first.")
    if advice.twice:
        twice = _money("twice", advice.twice, advice)
        yield Sentence("Counted once although two checks found it: {twice}.", (twice,))


def _apart(advice: Advice) -> Iterator[Finding]:
    """Yield what is worth a look, and is in no total."""
    if advice.likely:
        amount = sum((one.monthly_saving or Decimal(0) for one in advice.likely), Decimal(0))
        first = Figure("what", what_of(advice.likely[0]))
        words = "Not counted, low confidence: {likely} a month if nobody uses {what}{more}."
        more = len(advice.likely) - 1
        rest = Figure("more", f" and {more} more" if more else "")
        yield _finding(words, _money("likely", amount, advice), first, rest)
    if advice.unknown:
        cost = sum((one.cost for one in advice.unknown), Decimal(0))
        count = Figure("count", len(advice.unknown), Kind.COUNT)
        noun = "finding" if len(advice.unknown) == 1 else "findings"
        words = f"The bill cannot tell what {{count}} more {noun} would save; they cost {{cost}}."
        yield _finding(words, count, _money("cost", cost, advice))


def _met(advice: Advice, conditions: Sequence[Condition]) -> Iterator[Finding]:
    for condition in conditions:
        if condition.holds(advice.total):
            said = Figure("condition", condition.text)
            total = _money("total", advice.total, advice)
            words = "{condition} holds: {total} a month can be saved."
            yield Finding(Severity.CRITICAL, Sentence(words, (said, total)))


def _next(advice: Advice) -> Iterator[str]:
    if advice.found:
        first = (*advice.quick, *advice.found)[0]
        yield advice.command("advisor", "show", first.id)
        yield advice.command("advisor", "list")


def whole_reply(advice: Advice, one: Recommendation) -> Answer:
    """Return one recommendation with its evidence, its steps and where to begin."""
    check, scope = one.check, advice.scope
    figures: tuple[Figure, ...] = (
        Figure("what", what_of(one)),
        Figure("where", where_of(advice, one) or "all accounts"),
        _money("cost", one.cost, advice),
        Figure("days", scope.period.days, Kind.COUNT),
    )
    saves = "the bill cannot tell what it saves"
    if one.monthly_saving is not None:
        saves = "it saves {saving} a month"
        figures = (*figures, _money("saving", one.monthly_saving, advice))
    restart = "with a restart" if check.restart else "without a restart"
    text = Figure("text", check.formula), Figure("risk", check.risk), Figure("rule", check.rule)
    said = (
        Sentence("They cost {cost} in the last {days} full days.", figures),
        Sentence("Why: {rule}", text),
        Sentence("Saving: {text}.", text),
        Sentence(f"Effort {check.effort}, {restart}; confidence {check.confidence}."),
        Sentence("Risk: {risk}.", text),
        Sentence("Origin: {origin}; {page}", _sources(one)),
    )
    return Answer(
        title=Sentence(f"{check.title}: {{what}} in {{where}}; {saves}.", figures),
        summary=said,
        provenance=provenance(scope.source, scope.period, scope.metric),
        tables=(
            evidence_table(advice, one),
            words_table("Steps", "step", check.steps),
            words_table("Commands to start from, not run", "command", check.commands),
        ),
        warnings=scope.source.warnings(),
        next=(advice.command("advisor", "list"),),
    )


def _sources(one: Recommendation) -> tuple[Figure, ...]:
    return Figure("origin", ", ".join(one.origins)), Figure("page", one.check.page)


def _money(name: str, value: Decimal, advice: Advice) -> Figure:
    return Figure(name, value, Kind.ESTIMATE, advice.currency)


def _finding(words: str, *figures: Figure) -> Finding:
    return Finding(Severity.NOTICE, Sentence(words, figures))
