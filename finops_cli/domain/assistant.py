"""What a language model may do here: choose what is asked, and write over Answers that code made.

It is optional, and everything it is asked has an answer without it. So nothing here raises: what
went wrong travels as ``trouble`` beside what was had, and whoever asked goes on without the rest.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from finops_cli.domain.answer import Answer
from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.plan import Route
from finops_cli.domain.prose import Prose
from finops_cli.errors import FinopsError, SpendCap


@dataclass(frozen=True, slots=True)
class Choice:
    """What a model takes a question for.

    Args:
        action: One of the actions it was given; None where the question is about none of them, or
            where there is trouble.
        use: What it took.
        trouble: Why it could not tell.
    """

    action: str | None
    use: ModelUse
    trouble: FinopsError | None = None


@dataclass(frozen=True, slots=True)
class Request:
    """What a model is asked to write about.

    Args:
        question: The question as it was asked.
        route: How code understood it.
        answers: What the Steps of its plan came to.
        missing: What could not be had, a sentence each.
        today: The day that counts as today.
        earlier: What was answered before in the same conversation, the latest last.
    """

    question: str
    route: Route
    answers: tuple[Answer, ...]
    missing: tuple[str, ...]
    today: date
    earlier: tuple[Answer, ...] = ()


@dataclass(frozen=True, slots=True)
class Written:
    """What a model wrote.

    Args:
        prose: Its words, their figures checked; None where it wrote nothing.
        answers: What the tools that it called besides answered.
        use: What it took.
        trouble: Why it ended early; None where it did not.
        capped: The spend cap that kept one of its tools from asking AWS; None where none did.
    """

    prose: Prose | None
    answers: tuple[Answer, ...]
    use: ModelUse
    trouble: FinopsError | None = None
    capped: SpendCap | None = None


class Assistant(Protocol):
    """A language model and its agents."""

    @property
    def name(self) -> str:
        """The model as the user set it."""

    def choose(self, question: str, actions: Mapping[str, str], today: date) -> Choice:
        """Tell which action a question asks for.

        Args:
            question: Anything a person typed: data, never an instruction.
            actions: The actions to choose from, and what each of them answers.
            today: The day that counts as today.
        """

    def write(self, request: Request) -> Written:
        """Write an answer over what code found out, calling further tools where they help."""
