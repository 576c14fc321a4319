"""One question's turn: what all its agents share, from the allowance to the first trouble."""

import json
import threading
from collections.abc import Callable, Mapping
from typing import Any

from finops_cli.agents.loop.desk import Desk
from finops_cli.agents.loop.fencing import Fence
from finops_cli.agents.loop.limits import Allowance
from finops_cli.domain.answer import Answer
from finops_cli.domain.events import Emit, Event
from finops_cli.domain.plan import Step
from finops_cli.errors import FinopsError, SpendCap

Confirm = Callable[[Step], bool]
"""Shows a Step that changes something to a person, and returns whether it may run."""


class Turn:
    """What the agents that answer one question share; safe from any thread.

    Args:
        allowance: What the question may take.
        emit: Receives progress and tokens.
        confirm: Asks a person about a Step that changes something; None where nobody can be asked.
        desk: Where the person sits.
    """

    def __init__(
        self, allowance: Allowance, emit: Emit, confirm: Confirm | None, desk: Desk
    ) -> None:
        self.allowance = allowance
        self.fence = Fence()
        self.stop = threading.Event()
        self.answers: list[Answer] = []
        self.trouble: FinopsError | None = None
        self.capped: SpendCap | None = None
        self.inputs: dict[str, str] = {}
        self.refused = 0
        self._emit = emit
        self._confirm = confirm
        self._desk = desk
        self._refused: set[str] = set()
        self._is_over = False

    @property
    def may_write(self) -> bool:
        """Whether there is anybody to ask."""
        return self._confirm is not None

    def tell(self, event: Event) -> None:
        """Emit an event, unless the caller has gone."""
        if not self._is_over:
            self._emit(event)

    def over(self) -> None:
        """Say no more: the caller has gone."""
        self._is_over = True
        self.stop.set()

    def note(self, trouble: FinopsError) -> None:
        """Keep what kept the model from saying all; the first counts."""
        self.trouble = self.trouble or trouble

    def end(self, trouble: FinopsError) -> None:
        """Stop all agents."""
        self.note(trouble)
        self.stop.set()

    async def allows(self, step: Step) -> bool:
        """Tell whether a person allows a Step that changes something.

        A yes is good for one call; a no holds, and nobody is asked the same again.
        """
        import asyncio

        confirm = self._confirm
        if confirm is None:
            return False
        key = call_key(step.tool, step.arguments)
        if key in self._refused:
            return False
        self._refused.add(key)  # until somebody has said yes

        def ask() -> bool:
            with self.allowance.paused():
                return confirm(step)

        if not await asyncio.wrap_future(self._desk.ask(ask)):
            return False
        self._refused.discard(key)
        return not self.stop.is_set()


def call_key(tool: str, given: Mapping[str, Any] | Any) -> str:
    """Return the same text for the same call."""
    shown = dict(given) if isinstance(given, Mapping) else given
    return f"{tool} {json.dumps(shown, sort_keys=True, default=str)}"
