"""From a question to its Route: by code, by what was asked before, and only then by a model.

A question is first read without opening the source, which greetings and off-topic questions never
need; one that needs data is read again with the source's own today. A model is asked what a
question means only where code is unsure, and never about what code refuses.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date

from finops_cli.domain.assistant import Assistant
from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.period import Calendar
from finops_cli.domain.plan import Route
from finops_cli.errors import SetupError, UsageError
from finops_cli.supervisor.plugins import Plugins

Models = Callable[[], Assistant | None]
"""Makes the language model ready, or returns None where none is set."""

_UNSURE = 0.6
"""Below, the words pull apart, and code may have followed the wrong ones."""
_SCOPE_ALONE = 0.5
"""What is left to words that name a scope and no ask ("rds in frankfurt"): nearly all are right."""
_SURE_REFUSAL = 0.9
"""Below, a question is refused for what it lacks, not for what it asks for."""


@dataclass(frozen=True, slots=True)
class Understood:
    """What a question means, what finding out took, and what the asker should know of it."""

    route: Route
    uses: tuple[ModelUse, ...] = ()
    warnings: tuple[str, ...] = ()


class Understanding:
    """Reads questions.

    Args:
        today: The day that counts as today where no source is needed.
        calendar: What today means for the source. Called only when a question needs the source.
        assistant: The language model, if any.
        needs_data: Tells whether a Route is answered from the source.
        plugins: What plugins answer.
    """

    def __init__(
        self,
        today: date,
        calendar: Callable[[], Calendar],
        assistant: Models,
        needs_data: Callable[[Route], bool],
        plugins: Plugins,
    ) -> None:
        self._plugins = plugins
        self._today = today
        self._calendar = calendar
        self._assistant = assistant
        self._needs_data = needs_data

    def of(self, question: str, previous: Route | None = None) -> Understood:
        """Return what a question means, with the model's help where code is unsure.

        Args:
            question: Anything a person typed.
            previous: What the question before it meant, where there was one.

        Raises:
            UsageError: There is no question.
            SetupError: It needs a source, and none is set.
        """
        found = self.by_code(question, previous)
        assistant = self._assistant() if is_unsure(found) else None
        if assistant is None:
            return Understood(found)
        if previous is not None and found.route == "out_of_scope":
            return Understood(_carried_on(previous))
        return self._chosen(question, found, assistant)

    def by_code(self, question: str, previous: Route | None = None) -> Route:
        """Return what a question means as far as code can tell.

        Raises:
            UsageError, SetupError: As for ``of``.
        """
        if not question.strip():
            raise UsageError("There is no question.", 'Try: finops ask "what changed last week".')
        found = self._read(question, previous, Calendar.of(self._today))
        return (
            self._read(question, previous, self._calendar()) if self._needs_data(found) else found
        )

    def without_source(self, question: str, previous: Route | None = None) -> Route:
        """Return the Route as far as it can be told where no source may be set."""
        try:
            return self.by_code(question, previous)
        except SetupError:
            return self._read(question, previous, Calendar.of(self._today))

    def _read(self, question: str, previous: Route | None, day: Calendar) -> Route:
        return self._plugins.claim(question, _read(question, previous, day), day)

    def _chosen(self, question: str, found: Route, assistant: Assistant) -> Understood:
        """Return what the model takes the question for; what code found where it cannot tell."""
        from finops_cli.supervisor.router import ACTIONS, as_action

        choice = assistant.choose(question, ACTIONS, self._today)
        if choice.trouble:
            told = f"The model did not help to understand this: {choice.trouble.message}"
            return Understood(found, (choice.use,), (f"{told} {choice.trouble.hint}".strip(),))
        if choice.action is None or choice.action == found.action:
            return Understood(found, (choice.use,))
        day = self._calendar()
        route = as_action(question, choice.action, day.today, complete_until=day.complete_until)
        return Understood(route, (choice.use,))


def _carried_on(previous: Route) -> Route:
    """Return the Route of words that only make sense after the question before: "which is worst?".

    They are a model's to read, over what that question found.
    """
    return replace(previous, route="multi", why="a follow-up in words that code does not read")


def is_unsure(found: Route) -> bool:
    """Tell whether the words left it open, so that a model is worth asking what they mean."""
    if found.route == "out_of_scope":
        return found.confidence < _SURE_REFUSAL
    sure = found.confidence >= _UNSURE or found.confidence == _SCOPE_ALONE
    return found.route == "fast" and not sure


def _read(question: str, previous: Route | None, day: Calendar) -> Route:
    from finops_cli.supervisor.router import route

    if previous is not None:
        from finops_cli.supervisor.followups import follow

        followed = follow(previous, question, day.today, complete_until=day.complete_until)
        if followed is not None:
            return replace(followed, words=_words(previous, followed, question))
    return route(question, day.today, complete_until=day.complete_until)


def _words(previous: Route, followed: Route, question: str) -> str:
    """Return the words that a follow-up is planned by.

    "And september?" after "how much was untagged in october" is about what is untagged; "by
    region" after it is not, and neither is another action.
    """
    same = previous.action == followed.action
    if same and previous.slots.get("group_by") == followed.slots.get("group_by"):
        return f"{previous.words} {question}".strip()
    return question
