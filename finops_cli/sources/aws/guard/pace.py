"""How fast this process asks: never faster than AWS likes, slower when AWS says so.

AWS publishes no limit for Cost Explorer; its staff advise about ten requests a second, peers use
four. A token bucket lets a short burst through and then holds the rate; being throttled halves the
rate, each answer raises it a little again: additive increase, multiplicative decrease, as the
adaptive mode of the AWS SDKs does.
"""

import threading

from finops_cli.sources.aws.guard.calls import Clock

_RATE = 4.0
_SLOWEST = 0.25
_BURST = 8.0
_RISE = 0.25


class Pace:
    """A token bucket that several threads share.

    Args:
        clock: The time.
        rate: Requests a second.
        burst: How many may be sent at once after a rest.
    """

    def __init__(self, clock: Clock, rate: float = _RATE, burst: float = _BURST) -> None:
        self._clock = clock
        self._most = rate
        self.rate = rate
        self._burst = burst
        self._tokens = burst
        self._at = clock.monotonic()
        self._lock = threading.Lock()

    def wait(self) -> float:
        """Take a token and return the seconds until it may be used."""
        with self._lock:
            now = self._clock.monotonic()
            self._tokens = min(self._burst, self._tokens + (now - self._at) * self.rate)
            self._at = now
            self._tokens -= 1
            return max(0.0, -self._tokens / self.rate)

    def slower(self) -> None:
        """Halve the rate: AWS said that there were too many requests."""
        with self._lock:
            self.rate = max(_SLOWEST, self.rate / 2)

    def faster(self) -> None:
        """Raise the rate a little, up to where it began."""
        with self._lock:
            self.rate = min(self._most, self.rate + _RISE)
