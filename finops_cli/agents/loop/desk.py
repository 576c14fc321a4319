"""The caller's thread while a model works in another: it waits, answers, and may be interrupted.

A person is asked where an interrupt reaches, in the thread that called; the agents, whose event
loop must not stand still, wait for the answer as for any other.
"""

import queue
from collections.abc import Callable
from concurrent.futures import Future

Question = Callable[[], bool]


class TimeIsUp(Exception):
    """The time that may be waited is over."""


class Desk:
    """Takes questions from any thread and puts them in the one that serves."""

    def __init__(self) -> None:
        self._waiting: queue.SimpleQueue[tuple[Question, Future[bool]] | None]
        self._waiting = queue.SimpleQueue()

    def ask(self, question: Question) -> "Future[bool]":
        """Have a question put; the answer is no where it cannot be."""
        answer: Future[bool] = Future()
        self._waiting.put((question, answer))
        return answer

    def close(self) -> None:
        """Let whoever serves go: the work is done."""
        self._waiting.put(None)

    def serve(self, seconds_left: Callable[[], float | None]) -> None:
        """Put questions until the work is done.

        Args:
            seconds_left: How long may be waited, None for as long as it takes.

        Raises:
            TimeIsUp: The time is over.
            KeyboardInterrupt: The user stopped it.
        """
        while True:
            left = seconds_left()
            if left is not None and left <= 0:
                raise TimeIsUp
            try:
                waiting = self._waiting.get(timeout=left)
            except queue.Empty as over:
                raise TimeIsUp from over
            if waiting is None:
                return
            _put(*waiting)


def _put(question: Question, answer: "Future[bool]") -> None:
    """Put a question; whatever goes wrong with it, the answer is no."""
    said = False
    try:
        said = bool(question())
    except Exception:
        said = False
    finally:
        answer.set_result(said)
