"""The language model at work: it writes over Answers, or chooses an action, and never raises.

All of it happens in a thread of its own, so that the caller can be interrupted and no model can
hold it longer than the user allows. What was written until then is kept up to its last whole
sentence, checked like all of it, and what ended it travels beside it.
"""

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from finops_cli.agents.loop.briefing import briefing
from finops_cli.agents.loop.choosing import chosen
from finops_cli.agents.loop.desk import Desk, TimeIsUp
from finops_cli.agents.loop.limits import Allowance, Limits, Price
from finops_cli.agents.loop.quiet import quieten
from finops_cli.agents.loop.rows import sums_left_out
from finops_cli.agents.loop.script import Script, whole_sentences
from finops_cli.agents.loop.team import Team, listen, original
from finops_cli.agents.loop.toolbox import Run
from finops_cli.agents.loop.turn import Confirm, Turn
from finops_cli.agents.loop.worker import Work, Worker
from finops_cli.domain.agent import AgentSpec, Tool
from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.domain.assistant import Choice, Request, Written
from finops_cli.domain.events import Emit, ignore
from finops_cli.domain.prose import Prose
from finops_cli.errors import FinopsError, Interrupted, NoReply

Check = Callable[[str, Sequence[Answer], str], Prose]
"""Matches the figures of a text against those of Answers and of the question."""

Unusable = Callable[[str, str], FinopsError | None]
"""Says what is wrong with a reply that came without an error, None where nothing is."""

Servers = Callable[[], AbstractContextManager[Mapping[str, Sequence[Any]]]]
"""Connects further Strands tools, by the name of the agent that may use them."""


def _no_servers() -> AbstractContextManager[Mapping[str, Sequence[Any]]]:
    return nullcontext({})


def _nothing_wrong(_stop: str, _text: str) -> FinopsError | None:
    return None


def _unpriced(_usage: Mapping[str, int]) -> Decimal | None:
    return None


@dataclass(frozen=True, slots=True)
class StrandsAssistant:
    """A language model with its agents.

    Args:
        name: The model as the user set it.
        model: Makes the Strands model.
        told: Says an error of the model's in a sentence.
        limits: What one question may take.
        specs: The agents.
        tools: Opens the catalogue.
        run: Runs a Step as every command does.
        check: Checks the figures of a text.
        price: Tells what a request cost.
        unusable: Tells what is wrong with a reply, from why it ended and what was said.
        emit: Receives progress and tokens.
        confirm: Asks a person about a Step that changes something; None where nobody can be asked.
        session: The folder that keeps the supervisor agent's conversation, if it is to be kept.
        servers: Connects further tools.
        clock: Seconds that only grow.
        pause: Seconds before a request that was throttled is sent again.
    """

    name: str
    model: Callable[[], Any]
    told: Callable[[BaseException], FinopsError]
    limits: Limits
    specs: Sequence[AgentSpec]
    tools: Callable[[], Mapping[str, Tool]]
    run: Run
    check: Check
    price: Price = _unpriced
    unusable: Unusable = _nothing_wrong
    emit: Emit = ignore
    confirm: Confirm | None = None
    session: Path | None = None
    servers: Servers = _no_servers
    clock: Callable[[], float] = time.monotonic
    pause: int = 1

    def choose(self, question: str, actions: Mapping[str, str], today: date) -> Choice:
        """Tell which action a question asks for; see ``domain.assistant``."""
        turn, desk = self._turn()
        found: list[str | None] = []

        async def work() -> None:
            found.append(await chosen(self.model(), question, actions, today, turn))

        trouble = self._done(work, turn, desk)
        if not found and trouble is None:
            trouble = NoReply("The model did not say which action is meant.", "Ask again.")
        action = found[0] if found and trouble is None else None
        return Choice(action, turn.allowance.use(self.name), trouble)

    def write(self, request: Request) -> Written:
        """Write an answer over what code found out; see ``domain.assistant``."""
        turn, desk = self._turn()
        script = Script(turn, aloud=True)

        async def work() -> None:
            await self._write(request, turn, script)

        ended = self._done(work, turn, desk)
        trouble = ended or turn.trouble or self._lacking(script)
        answers = tuple(turn.answers)
        text = script.text if script.unfinished() is None else whole_sentences(script.text)
        prose, unchecked = self._checked(text, request, answers)
        use = turn.allowance.use(self.name)
        return Written(prose, answers, use, trouble or unchecked, turn.capped)

    def _lacking(self, script: Script) -> FinopsError | None:
        """Return what is wrong with a text that came without an error."""
        said = self.unusable(script.stop_reason or "", script.text)
        return said or script.unfinished()

    async def _write(self, request: Request, turn: Turn, script: Script) -> None:
        with self.servers() as more:
            team = Team(
                self.model(),
                self.specs,
                self.tools(),
                self.run,
                self.told,
                request.today,
                more,
                self.pause,
            )
            agent = team.supervisor(turn, self.session)
            await listen(agent, briefing(request, turn.fence), turn, script)

    def _turn(self) -> tuple[Turn, Desk]:
        desk, allowance = Desk(), Allowance(self.limits, self.price, self.clock)
        return Turn(allowance, self.emit, self.confirm, desk), desk

    def _done(self, work: Work, turn: Turn, desk: Desk) -> FinopsError | None:
        """Do work beside the caller; return what ended it early."""
        quieten()
        ended = Worker(work, desk).attend(turn.stop, turn.allowance.seconds_left)
        turn.over()
        return None if ended is None else self._trouble(original(ended), turn)

    def _trouble(self, ended: BaseException, turn: Turn) -> FinopsError:
        match ended:
            case FinopsError():
                return ended
            case KeyboardInterrupt():
                return Interrupted("You stopped the model.")
            case TimeIsUp():
                return turn.allowance.time_up()
        return turn.trouble or self.told(ended)

    def _checked(
        self, text: str, request: Request, found: Sequence[Answer]
    ) -> tuple[Prose | None, FinopsError | None]:
        """Return a text with its figures checked; none where that is not possible."""
        if not text:
            return None, None
        answers = (*request.answers, *found)
        sums = Answer(Sentence("", sums_left_out(answers)), Provenance(self.name))
        stated = "\n".join((request.question, request.today.isoformat(), *request.missing))
        try:
            return self.check(text, (*answers, sums, *request.earlier), stated), None
        except Exception:
            return None, NoReply("The figures of the model's text could not be checked.")
