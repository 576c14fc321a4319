"""A clock that tests set and that never waits."""

import threading
from datetime import UTC, datetime, timedelta


class FakeClock:
    """The time as a test tells it; sleeping moves it."""

    def __init__(self, at: datetime = datetime(2026, 11, 24, 12, tzinfo=UTC)) -> None:
        self.at = at
        self.slept: list[float] = []
        self._lock = threading.Lock()

    def now(self) -> datetime:
        return self.at

    def monotonic(self) -> float:
        return self.at.timestamp()

    def sleep(self, seconds: float) -> None:
        with self._lock:
            self.slept.append(seconds)
            self.at += timedelta(seconds=seconds)

    def pass_(self, **time: float) -> None:
        self.at += timedelta(**time)
