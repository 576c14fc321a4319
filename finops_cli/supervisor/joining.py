"""Several Answers to one question, joined by code: each says its own, none is reworded."""

from collections.abc import Sequence
from dataclasses import replace

from finops_cli.domain.answer import Answer, Sentence


def join(answers: Sequence[Answer]) -> Answer:
    """Return one Answer that holds all of them, led by the first.

    The others' headlines become sentences of the summary; a figure whose name an earlier sentence
    uses keeps it, since every sentence carries its own figures. The exit is the gravest.
    """
    first, *others = answers
    if not others:
        return first
    origin = first.provenance
    return replace(
        first,
        summary=(*first.summary, *(s for other in others for s in _told(other))),
        findings=tuple(f for answer in answers for f in answer.findings),
        tables=tuple(t for answer in answers for t in answer.tables),
        series=tuple(s for answer in answers for s in answer.series),
        warnings=tuple(dict.fromkeys(w for answer in answers for w in answer.warnings)),
        next=tuple(dict.fromkeys(n for answer in answers for n in answer.next)),
        exit=max((answer.exit for answer in answers), key=lambda one: one.code),
        provenance=replace(
            origin,
            queries=max(answer.provenance.queries for answer in answers),
            api_calls=max(answer.provenance.api_calls for answer in answers),
            api_cost=max(answer.provenance.api_cost for answer in answers),
        ),
    )


def _told(answer: Answer) -> tuple[Sentence, ...]:
    return (answer.title, *answer.summary)
