"""The supervisor: from a question to a Route, a Plan, and the Answer of its Steps.

A command with flags builds its Step itself and enters at ``run``; a question enters at ``ask``.
Both leave as the same Answer.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from finops_cli.domain.answer import Answer
from finops_cli.domain.period import Calendar
from finops_cli.domain.plan import Plan, Price, Route, Step
from finops_cli.errors import FinopsError, SetupError, UsageError
from finops_cli.supervisor.planning import BUILT, plan
from finops_cli.supervisor.running import joined, side_by_side

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
    """

    def __init__(
        self,
        tools: Callable[[], Mapping[str, Tool]],
        calendar: Callable[[], Calendar],
        today: date,
        defaults: Mapping[str, Any] | None = None,
        price: Callable[[Step], Price | None] = lambda _: None,
    ) -> None:
        self._price = price
        self._defaults = dict(defaults or {})
        self._tools = tools
        self._calendar = calendar
        self._today = today

    def ask(self, question: str) -> Answer:
        """Answer a question in a person's words.

        Raises:
            FinopsError: No source, or one that cannot answer this.
        """
        found = self._route(question)
        needs_data = bool(set(found.domains) & set(BUILT)) and found.action != "help"
        answer = (
            self.run(plan(found, question)) if needs_data else _without_data(found, self._today)
        )
        return replace(answer, question=question, route=found.to_dict())

    def explain_plan(self, question: str) -> Answer:
        """Tell what would be done about a question and what it would cost, and do nothing."""
        from finops_cli.supervisor.replies import plan_reply

        found = self._route_without_source(question)
        steps = plan(found, question)
        answer = plan_reply(steps, self._today, [self._priced(step) for step in steps.steps])
        return replace(answer, question=question, route=found.to_dict())

    def _priced(self, step: Step) -> Price | None:
        try:
            return self._price(step)
        except FinopsError:  # no source: then the plan is all that can be told
            return None

    def run(self, steps: Plan) -> Answer:
        """Run the Steps of a plan side by side and return their Answer.

        A Step that fails does not sink the others: it is named, and the exit code is 5.

        Raises:
            FinopsError: Every Step failed.
        """
        began = time.monotonic()
        tools = self._tools()
        works = [partial(self._run_step, tools, step) for step in steps.steps]
        answer = joined(steps.steps, side_by_side(works))
        seconds = time.monotonic() - began
        left_out = sorted(set(steps.route.domains) - set(BUILT)) if steps.route else []
        notes = tuple(
            f"The {name} part of the question is not in this version." for name in left_out
        )
        return replace(
            answer,
            provenance=replace(answer.provenance, seconds=seconds),
            warnings=(*answer.warnings, *notes),
        )

    def _run_step(self, tools: Mapping[str, Tool], step: Step) -> Answer:
        arguments: dict[str, Any] = {**self._defaults, **step.arguments}
        return tools[step.tool](**arguments)

    def _route(self, question: str) -> Route:
        """Return the Route, its periods counted from the source's own today.

        Routing takes microseconds: a question is first routed without opening the source, which
        greetings and off-topic questions never need.
        """
        if not question.strip():
            raise UsageError("There is no question.", 'Try: finops ask "what changed last week".')
        found = route(question, self._today)
        if found.action == "help" or not set(found.domains) & set(BUILT):
            return found
        calendar = self._calendar()
        return route(question, calendar.today, complete_until=calendar.complete_until)

    def _route_without_source(self, question: str) -> Route:
        """Return the Route as far as it can be told where no source is set."""
        try:
            return self._route(question)
        except SetupError:
            return route(question, self._today)


def _without_data(found: Route, today: date) -> Answer:
    from finops_cli.supervisor.replies import help_reply, not_built_reply, off_topic_reply

    if found.route == "out_of_scope":
        return off_topic_reply(today)
    return help_reply(today) if found.action == "help" else not_built_reply(found, today)
