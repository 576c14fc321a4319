"""What a language model adds to an Answer that code has made, and how the two are told apart.

The Answer stands without it: where the model fails, it is shown as it is, with one warning.
"""

from collections.abc import Sequence
from dataclasses import replace

from finops_cli.domain.answer import Answer, Exit
from finops_cli.domain.assistant import Written
from finops_cli.domain.model_use import ModelUse, added
from finops_cli.errors import FinopsError, SpendCap
from finops_cli.supervisor.joining import apart

_INTERRUPTED = 130


def with_prose(answer: Answer, written: Written) -> Answer:
    """Return an Answer with what a model wrote over it, and what its tools found besides.

    Args:
        answer: What the Steps of the plan came to.
        written: What the model made of it.
    """
    found = _found_besides(answer, written.answers)
    answer = replace(_with_what_lacks(answer, found, written.capped), prose=written.prose)
    answer = with_use(replace(answer, parts=(*answer.parts, *map(apart, found))), [written.use])
    return _with_trouble(answer, written) if written.trouble else answer


def with_use(answer: Answer, uses: Sequence[ModelUse]) -> Answer:
    """Return an Answer that tells what models took for it, besides what it tells already."""
    earlier = answer.provenance.model
    told = [*([earlier] if earlier else []), *(use for use in uses if use.model_calls)]
    if not told:
        return answer
    return replace(answer, provenance=replace(answer.provenance, model=added(told)))


def _found_besides(answer: Answer, found: Sequence[Answer]) -> list[Answer]:
    """Return the answers that say something new, each once, however often it was asked for."""
    known = [apart(answer), *answer.parts]
    new: list[Answer] = []
    for one in found:
        if not any(_says_the_same(one, other) for other in (*known, *new)):
            new.append(one)
    return new


def _says_the_same(one: Answer, other: Answer) -> bool:
    """Tell whether two answers differ in nothing but what they took, lack and suggest."""
    plain = replace(apart(one), provenance=other.provenance, next=())
    return plain == replace(apart(other), next=())


def _with_what_lacks(answer: Answer, found: Sequence[Answer], capped: SpendCap | None) -> Answer:
    """Return an Answer that tells what all of them took, and what those found besides lack."""
    told = [answer, *found]
    warnings = [warning for one in told for warning in one.warnings]
    exits = [one.exit for one in told]
    if capped is not None:
        warnings.append(_told("The model could not look at all that it wanted to", capped))
        exits.append(Exit(capped.exit_code, "spend cap reached"))
    return replace(
        answer,
        warnings=tuple(dict.fromkeys(warnings)),
        exit=max(exits, key=lambda one: one.code),
        provenance=replace(
            answer.provenance,
            queries=max(one.provenance.queries for one in told),
            api_calls=max(one.provenance.api_calls for one in told),
            api_cost=max(one.provenance.api_cost for one in told),
        ),
    )


def _with_trouble(answer: Answer, written: Written) -> Answer:
    trouble = written.trouble
    assert trouble is not None
    what = "The model's text ends early" if written.prose else "Answered without the model"
    warned = replace(answer, warnings=(_told(what, trouble), *answer.warnings))
    if trouble.exit_code != _INTERRUPTED:
        return warned
    return replace(warned, exit=Exit(_INTERRUPTED, trouble.code))


def _told(what: str, trouble: FinopsError) -> str:
    return f"{what}: {trouble.message} {trouble.hint}".strip()
