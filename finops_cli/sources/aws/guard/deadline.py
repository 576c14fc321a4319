"""How long a run may take on AWS, counted from its first request."""

import threading

from finops_cli.errors import TimeUp
from finops_cli.sources.aws.guard.calls import Clock


class Deadline:
    """The end of a run's time; threads and accounts share it.

    Args:
        clock: The time.
        seconds: How long; None for as long as it takes.
    """

    def __init__(self, clock: Clock, seconds: float | None) -> None:
        self._clock = clock
        self._seconds = seconds
        self._began: float | None = None
        self._lock = threading.Lock()

    def restart(self) -> None:
        """Count from the next request on: another question begins."""
        with self._lock:
            self._began = None

    def check(self, needed: float = 0) -> None:
        """Go on if so many seconds are left.

        Raises:
            TimeUp: They are not.
        """
        now = self._clock.monotonic()
        with self._lock:
            self._began = now if self._began is None else self._began
            began = self._began
        if self._seconds is not None and now - began + needed > self._seconds:
            raise TimeUp(
                f"AWS took longer than the {self._seconds:g} seconds that a run may take.",
                "Ask again: what was answered is kept. Or allow more: "
                "finops config set api_seconds 600.",
            )
