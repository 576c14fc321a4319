"""What a language model adds to an Answer that code has made, and how the two are told apart.

The Answer stands without it: where the model fails, it is shown as it is, with one warning.
"""

from collections.abc import Sequence
from dataclasses import replace

from finops_cli.domain.answer import Answer, Exit
from finops_cli.domain.assistant import Written
from finops_cli.domain.model_use import ModelUse, added
from finops_cli.errors import FinopsError
from finops_cli.supervisor.joining import apart

_INTERRUPTED = 130


def with_prose(answer: Answer, written: Written) -> Answer:
    """Return an Answer with what a model wrote over it, and what its tools found besides.

    Args:
        answer: What the Steps of the plan came to.
        written: What the model made of it.
    """
    found = [one for one in written.answers if one not in answer.parts]
    answer = replace(answer, prose=written.prose, parts=(*answer.parts, *map(apart, found)))
    answer = with_use(answer, [written.use])
    return _with_trouble(answer, written) if written.trouble else answer


def with_use(answer: Answer, uses: Sequence[ModelUse]) -> Answer:
    """Return an Answer that tells what models took for it, besides what it tells already."""
    earlier = answer.provenance.model
    told = [*([earlier] if earlier else []), *(use for use in uses if use.model_calls)]
    if not told:
        return answer
    return replace(answer, provenance=replace(answer.provenance, model=added(told)))


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
