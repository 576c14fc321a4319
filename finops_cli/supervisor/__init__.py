"""The supervisor: from a question to a Route, a Plan, and the Answer of its Steps.

A command with flags builds its Step itself and enters at ``run``; a question enters at ``ask``.
Both leave as the same Answer. Code finds every figure; a language model, where one is set, is asked
what an unclear question means, and to write over the Answers of an open-ended one.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from finops_cli.domain.answer import Answer, Sentence
from finops_cli.domain.assistant import Request
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.period import Calendar
from finops_cli.domain.plan import Plan, Price, Route, Step
from finops_cli.errors import FinopsError, SetupError
from finops_cli.supervisor.planning import known, plan
from finops_cli.supervisor.plugins import Plugins
from finops_cli.supervisor.running import Outcome, answers_of, joined, missing, side_by_side
from finops_cli.supervisor.understanding import Models, Understanding, is_unsure

__all__ = ["Supervisor", "Tool", "plan", "route"]

Tool = Callable[..., Answer]
"""A tool: typed keyword arguments in, an Answer out."""


def route(text: str, today: date, *, complete_until: date | None = None) -> Route:
    """Return what a question means; see ``supervisor.router``, which is loaded on the first one.

    Args:
        text: Anything a person typed.
        today: The day that relative periods count from.
        complete_until: The end, exclusive, of "the last 30 days"; by default today.
    """
    from finops_cli.supervisor.router import route as read

    return read(text, today, complete_until=complete_until)


class Supervisor:
    """Routes questions and runs Steps.

    Args:
        tools: Opens the toolbox: tools by name. Called only when a Step is run.
        calendar: What today means for the source. Called only when a question needs the source.
        today: The day that counts as today where no source is needed.
        defaults: Arguments that every Step gets unless it has its own, such as the metric.
        price: Tells what a Step would cost, None for nothing.
        assistant: Makes the language model ready. Called only when a question calls for it.
        emit: Receives progress.
        plugins: What plugins answer.
    """

    def __init__(
        self,
        tools: Callable[[], Mapping[str, Tool]],
        calendar: Callable[[], Calendar],
        today: date,
        defaults: Mapping[str, Any] | None = None,
        price: Callable[[Step], Price | None] = lambda _: None,
        assistant: Models = lambda: None,
        emit: Emit = ignore,
        plugins: Plugins | None = None,
    ) -> None:
        self._plugins = plugins or Plugins()
        self._price = price
        self._defaults = dict(defaults or {})
        self._tools = tools
        self._calendar = calendar
        self._today = today
        self._assistant = assistant
        self._emit = emit
        self._understanding = Understanding(
            today, calendar, assistant, self._needs_data, self._plugins
        )

    def ask(
        self, question: str, previous: Route | None = None, earlier: Sequence[Answer] = ()
    ) -> Answer:
        """Answer a question in a person's words.

        Args:
            question: The words.
            previous: What the question before meant, where this one may follow up on it.
            earlier: What was answered before in the same conversation, the latest last.

        Raises:
            FinopsError: No source, or one that cannot answer this.
        """
        from finops_cli.supervisor.writing import with_use

        began = time.monotonic()
        understood = self._understanding.of(question, previous)
        found = understood.route
        self._emit(Event("progress", f"Understood as {found.action}", 5))
        answer = self._done(self._answered(found, question, earlier), began)
        answer = with_use(answer, understood.uses)
        return replace(
            answer,
            question=question,
            route=found.to_dict(),
            warnings=(*understood.warnings, *answer.warnings, *self._plugins.warnings()),
        )

    def explain_plan(self, question: str, previous: Route | None = None) -> Answer:
        """Tell what would be done about a question and what it would cost, and do nothing.

        Args:
            question: The words.
            previous: What the question before meant, as for ``ask``.
        """
        from finops_cli.supervisor.replies import plan_reply

        found = self._understanding.without_source(question, previous)
        steps = self._plan(found, question)
        prices = [self._priced(step) for step in steps.steps]
        answer = plan_reply(steps, self._today, prices, self._model_part(found))
        return replace(answer, question=question, route=found.to_dict())

    def run(self, steps: Plan) -> Answer:
        """Run the Steps of a plan side by side and return their Answer.

        A Step that fails does not sink the others: it is named, and the exit code is 5.

        Raises:
            FinopsError: Every Step failed.
        """
        began = time.monotonic()
        return self._done(joined(steps.steps, self._outcomes(steps)), began)

    def run_step(self, step: Step) -> Answer:
        """Run one Step as every face and every agent does, with the defaults of this run.

        Raises:
            FinopsError: The tool's.
        """
        return self._run_step(self._tools(), step)

    def _answered(self, found: Route, question: str, earlier: Sequence[Answer]) -> Answer:
        """Return the Answer of code, with a model's words over it where they are worth asking."""
        asked = Request(question, found, (), (), self._today, tuple(earlier))
        if not self._needs_data(found):
            return self._written(_without_data(found, self._today), asked)
        steps = self._plan(found, question)
        outcomes = self._outcomes(steps)
        answer, left_out = joined(steps.steps, outcomes), self._left_out(found)
        answer = replace(answer, warnings=(*answer.warnings, *left_out))
        lacking = (*missing(steps.steps, outcomes), *left_out)
        request = replace(asked, answers=answers_of(outcomes), missing=lacking)
        return self._written(answer, request)

    def _done(self, answer: Answer, began: float) -> Answer:
        self._emit(Event("progress", "Done", 100))
        seconds = time.monotonic() - began
        return replace(answer, provenance=replace(answer.provenance, seconds=seconds))

    def _written(self, answer: Answer, request: Request) -> Answer:
        """Return the Answer with what a model writes over it; itself where none is to be asked."""
        assistant = self._assistant() if request.route.route == "multi" else None
        if assistant is None:
            return answer
        from finops_cli.supervisor.writing import with_prose

        self._emit(Event("progress", f"Asking {assistant.name}"))
        return with_prose(answer, assistant.write(request))

    def _outcomes(self, steps: Plan) -> list[Outcome]:
        """Return what each Step came to, telling on the way how much is done."""
        tools = self._tools()
        self._emit(Event("progress", _named(steps.steps), 30))
        works = [partial(self._run_step, tools, step) for step in steps.steps]

        def tell(done: int) -> None:
            self._emit(Event("progress", _named(steps.steps), 30 + 60 * done // len(works)))

        return side_by_side(works, tell)

    def _model_part(self, found: Route) -> Sentence | None:
        """Return what a language model would be asked; None where none would be."""
        from finops_cli.supervisor.replies import would_choose, would_write

        if found.route != "multi" and not is_unsure(found):
            return None
        assistant = self._assistant()
        if assistant is None:
            return None
        return (would_write if found.route == "multi" else would_choose)(assistant.name)

    def _plan(self, found: Route, question: str) -> Plan:
        own = self._plugins.own(found)
        words = found.words or question
        return self._plugins.plan(found, words) if own else plan(found, words, self._day(found))

    def _day(self, found: Route) -> date:
        """Return what today is for the source, or the clock's day where none is set."""
        try:
            return self._calendar().today if self._needs_data(found) else self._today
        except SetupError:
            return self._today

    def _needs_data(self, found: Route) -> bool:
        built = known(found) or self._plugins.own(found)
        return bool(built) and found.action != "help"

    def _left_out(self, found: Route) -> tuple[str, ...]:
        """Return what of a question cannot be answered, a sentence each."""
        if self._plugins.own(found):
            return self._plugins.unheard(found)
        lacking = [name for name in found.domains if name not in known(found)]
        # Of advice, only commitments can be lacking: the rest is answered.
        parts = ["commitments" if name == "advisor" else name for name in lacking]
        return tuple(f"The {name} part of the question is not in this version." for name in parts)

    def _priced(self, step: Step) -> Price | None:
        try:
            return self._price(step)
        except FinopsError:  # no source: then the plan is all that can be told
            return None

    def _run_step(self, tools: Mapping[str, Tool], step: Step) -> Answer:
        arguments: dict[str, Any] = {**self._defaults, **step.arguments}
        return tools[step.tool](**arguments)


def _named(steps: Sequence[Step]) -> str:
    return f"Looking at {', '.join(step.tool for step in steps)}"


def _without_data(found: Route, today: date) -> Answer:
    from finops_cli.supervisor import replies

    if found.route == "out_of_scope":
        return replies.off_topic_reply(today)
    if found.action != "help":
        return replies.not_built_reply(found, today)
    is_concept = found.route == "multi"
    return replies.concept_reply(today) if is_concept else replies.help_reply(today)
