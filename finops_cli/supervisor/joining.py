"""Several Answers to one question, joined by code into a report: the executive summary first.

The headlines make the summary, the first of them leading, with the findings that cannot wait and
the first thing to do about each; below, each Answer is a part that says its own. Nothing is
reworded.
"""

from collections.abc import Sequence
from dataclasses import replace

from finops_cli.domain.answer import Answer, Exit, Finding, Severity
from finops_cli.domain.period import Period


def join(answers: Sequence[Answer]) -> Answer:
    """Return one Answer that holds all of them, led by the first; the exit is the gravest."""
    first, *others = answers
    if not others:
        return first
    return Answer(
        title=first.title,
        summary=tuple(answer.title for answer in others),
        findings=tuple(f for answer in answers for f in answer.findings if _cannot_wait(f)),
        parts=tuple(apart(answer) for answer in answers),
        warnings=tuple(dict.fromkeys(w for answer in answers for w in answer.warnings)),
        next=tuple(dict.fromkeys(n for answer in answers for n in answer.next[:1])),
        exit=max((answer.exit for answer in answers), key=lambda one: one.code),
        provenance=replace(
            first.provenance,
            period=_shared([answer.provenance.period for answer in answers]),
            queries=max(answer.provenance.queries for answer in answers),
            api_calls=max(answer.provenance.api_calls for answer in answers),
            api_cost=max(answer.provenance.api_cost for answer in answers),
        ),
    )


def apart(answer: Answer) -> Answer:
    """Return an Answer as a part of another, which says for all of them what is said once."""
    return replace(answer, warnings=(), exit=Exit(), question=None, route=None)


def _cannot_wait(finding: Finding) -> bool:
    return finding.severity in (Severity.WARNING, Severity.CRITICAL)


def _shared(periods: Sequence[Period | None]) -> Period | None:
    """Return the period of all parts; none where they differ, and each part tells its own."""
    return periods[0] if len(set(periods)) == 1 else None
