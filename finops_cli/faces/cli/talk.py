"""One chat as it goes on: what was said, what the last question meant, and where it is kept.

The application is built once, so the bill is opened once and what a run may spend is spent by all
questions together. Each question has its own progress, time and count.
"""

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from finops_cli.config import Settings
from finops_cli.domain.answer import Answer
from finops_cli.domain.chat import Chat, Chats, Turn
from finops_cli.domain.plan import Route
from finops_cli.errors import FinopsError
from finops_cli.faces.cli.options import Common
from finops_cli.faces.cli.session import application_of, progress_of, rendered, style_of_run
from finops_cli.output import as_json

_REMEMBERED = 6
"""How many answers a model is told of, by their headlines."""


@dataclass(frozen=True, slots=True)
class Said:
    """A question and its answer."""

    question: str
    answer: Answer


class Talk:
    """A chat under way.

    Args:
        common: The common options.
        settings: The settings of this run.
        chats: Where chats are kept.
        chat: The one that goes on.
    """

    def __init__(self, common: Common, settings: Settings, chats: Chats, chat: Chat) -> None:
        self.settings = settings
        self.chat = chat
        self.said: list[Said] = []
        self.style = style_of_run(common, settings)
        self._common = common
        self._chats = chats
        self._progress = progress_of(common, self.style)
        self._is_kept = True
        self._previous = next(
            (meant(turn) for turn in reversed(chat.turns) if is_about(turn)), None
        )
        self._application = application_of(
            common,
            settings,
            lambda event: self._progress.tell(event),
            lambda: self._progress.paused(),
            lambda: self.chat.room(),
        )

    @property
    def is_kept(self) -> bool:
        """Whether it can be continued later."""
        return self._is_kept and bool(self.chat.turns)

    def ask(self, question: str) -> int:
        """Answer a question after those before it, and return the exit code it asks for.

        Raises:
            FinopsError: It cannot be answered.
        """
        supervisor = self._application.supervisor
        earlier = [one.answer for one in self.said[-_REMEMBERED:]]
        found = self._watched(lambda: supervisor.ask(question, self._previous, earlier))
        self.show(found)
        self._remember(question, found)
        return found.exit.code

    def plan(self, question: str) -> int:
        """Tell what would be done about a question, and do nothing.

        Raises:
            FinopsError: There is none.
        """
        supervisor = self._application.supervisor
        self.show(self._watched(lambda: supervisor.explain_plan(question, self._previous)))
        return 0

    def show(self, found: Answer) -> None:
        """Print an answer as every command does; one JSON document a line."""
        text = rendered(found, self.style, self._common)
        sys.stdout.write(one_line(text) if self.style.format == "json" else f"{text}\n")
        sys.stdout.flush()

    def clear(self) -> None:
        """Begin anew: what was said before means nothing for what comes."""
        self._previous = None
        self.chat = self._chats.new()
        self.said.clear()

    def _watched(self, ask: Callable[[], Answer]) -> Answer:
        """Return an answer, its progress shown while it is made."""
        self._application.begin()
        with progress_of(self._common, self.style) as self._progress:
            return ask()

    def _remember(self, question: str, found: Answer) -> None:
        route = Route.from_dict(found.route) if found.route else None
        title = str(as_json(found)["title"])
        turn = Turn(question, route, title, datetime.now(UTC), found.provenance.source)
        self._previous = meant(turn) if is_about(turn) else self._previous
        self.said.append(Said(question, found))
        try:
            self.chat.add(turn)
        except FinopsError as error:
            if self._is_kept:
                tell(f"{error.message} {error.hint} It goes on all the same.")
            self._is_kept = False


def is_about(turn: Turn) -> bool:
    """Tell whether a later question can follow up on this one."""
    route = turn.route
    return route is not None and route.route != "out_of_scope" and route.action != "help"


def meant(turn: Turn) -> Route | None:
    """Return what a question meant, with its words: a follow-up is planned by them too."""
    route = turn.route
    return replace(route, words=route.words or turn.question) if route else None


def one_line(document: str) -> str:
    """Return a JSON document on one line."""
    return json.dumps(json.loads(document), ensure_ascii=False) + "\n"


def tell(text: str) -> None:
    """Say something beside the answers."""
    sys.stderr.write(f"finops: {text}\n")
    sys.stderr.flush()
