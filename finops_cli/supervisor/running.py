"""Steps side by side: each gets its answer or its failure, and none waits for another.

They run in threads that end with the process, so that an interrupt need not wait for a slow answer.
"""

import itertools
import threading
from collections.abc import Callable, Sequence
from dataclasses import replace

from finops_cli.domain.answer import Answer, Exit
from finops_cli.domain.plan import Step
from finops_cli.errors import FinopsError
from finops_cli.supervisor.joining import join

Outcome = Answer | BaseException
_CALLED = {"anomaly": "anomalies", "advisor": "savings", "budget": "budgets"}


def side_by_side(
    works: Sequence[Callable[[], Answer]], tell: Callable[[int], None] = lambda _: None
) -> list[Outcome]:
    """Return what each piece of work came to, in their order; one alone runs where it is.

    Args:
        works: The pieces of work; none waits for another.
        tell: Receives how many are done, each time one is.
    """
    outcomes: list[Outcome] = [FinopsError("It did not run.")] * len(works)
    done = itertools.count(1)
    telling = threading.Lock()

    def work(at: int) -> None:
        try:
            outcomes[at] = works[at]()
        except BaseException as error:  # told to whoever waits, as a thread has nobody to tell
            outcomes[at] = error
        with telling:
            tell(next(done))

    if len(works) == 1:
        work(0)
        return outcomes
    threads = [threading.Thread(target=work, args=(at,), daemon=True) for at in range(len(works))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return outcomes


def joined(steps: Sequence[Step], outcomes: Sequence[Outcome]) -> Answer:
    """Return one Answer of all that could be answered, naming what could not.

    Raises:
        FinopsError: Nothing could be answered: the first failure.
    """
    answers = answers_of(outcomes)
    failures = _failures(steps, outcomes)
    for _, error in failures:
        if not answers or not isinstance(error, Exception):
            raise error
    answer = join(answers)
    if not failures:
        return answer
    told = missing(steps, outcomes)
    exits = (answer.exit, Exit(5, "a part could not be answered"))
    return replace(
        answer,
        warnings=(*told, *answer.warnings),
        exit=max(exits, key=lambda one: one.code),
    )


def answers_of(outcomes: Sequence[Outcome]) -> tuple[Answer, ...]:
    """Return the Answers among what Steps came to."""
    return tuple(outcome for outcome in outcomes if isinstance(outcome, Answer))


def missing(steps: Sequence[Step], outcomes: Sequence[Outcome]) -> tuple[str, ...]:
    """Return what could not be answered, a sentence each."""
    return tuple(_told(step, error) for step, error in _failures(steps, outcomes))


def _failures(
    steps: Sequence[Step], outcomes: Sequence[Outcome]
) -> list[tuple[Step, BaseException]]:
    both = zip(steps, outcomes, strict=True)
    return [(step, outcome) for step, outcome in both if not isinstance(outcome, Answer)]


def _told(step: Step, error: BaseException) -> str:
    domain = step.tool.split(".")[0]
    about = f"The part about {_CALLED.get(domain, f'{domain}s')} is missing"
    if isinstance(error, FinopsError):
        return f"{about}: {error} {error.hint}".strip()
    fault = f"something went wrong inside finops, {type(error).__name__}: {error}"
    return f"{about}: {fault}. Ask for it alone with --debug, and report what it prints."
