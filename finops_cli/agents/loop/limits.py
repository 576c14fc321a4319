"""What a language model may take for one question, shared by all the agents that answer it.

The supervisor agent is left one request more than those it asks, so that it can still write from
what they found. A price that is not known cannot be capped: tokens and requests are.
"""

import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from typing import Protocol

from finops_cli.domain.model_use import ModelUse
from finops_cli.errors import ModelLimit

Usage = Mapping[str, int]
"""The tokens of one request as Strands counts them: ``inputTokens``, ``outputTokens`` and so on."""

Price = Callable[[Usage], Decimal | None]
"""Tells what a request cost in US dollars, None where the model's prices are not known."""


class Limits(Protocol):
    """What the user allows for one question; None sets no limit."""

    @property
    def model_calls(self) -> int | None:
        """Requests to the model."""

    @property
    def tool_calls(self) -> int | None:
        """Tools that it may call."""

    @property
    def tokens(self) -> int | None:
        """Tokens that it may read and write."""

    @property
    def cost(self) -> Decimal | None:
        """Their price in US dollars."""

    @property
    def seconds(self) -> float | None:
        """How long it may take."""


class Allowance:
    """Counts what one question takes and holds it against the limits, from any thread.

    Args:
        limits: What the user allows.
        price: Tells what a request cost.
        clock: Seconds that only grow.
    """

    def __init__(
        self, limits: Limits, price: Price, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._limits = limits
        self._price = price
        self._clock = clock
        self._lock = threading.Lock()
        self._began = clock()
        self._paused = 0.0
        self._model_calls = self._tool_calls = 0
        self._read = self._written = 0
        self._cost: Decimal | None = Decimal(0)

    def model_call(self, reserve: int = 0) -> ModelLimit | None:
        """Count a request to the model, or tell why it may not be sent.

        Args:
            reserve: How many requests are to be left for others.
        """
        with self._lock:
            reached = self._reached(reserve)
            if reached is None:
                self._model_calls += 1
            return reached

    def tool_call(self) -> ModelLimit | None:
        """Count the call of a tool, or tell why it may not run."""
        limit = self._limits.tool_calls
        with self._lock:
            if limit is not None and self._tool_calls >= limit:
                return _limit(
                    f"The model may call {limit} tools for one question", "max_tool_calls"
                )
            self._tool_calls += 1
        return None

    def took(self, usage: Usage) -> None:
        """Count the tokens of a request that was answered."""
        with self._lock:
            self._read += _read(usage)
            self._written += usage.get("outputTokens", 0)
            cost = self._price(usage)
            self._cost = None if cost is None or self._cost is None else self._cost + cost

    def seconds_left(self) -> float | None:
        """Return how long it may still take, None for no limit."""
        limit = self._limits.seconds
        return None if limit is None else limit - self._seconds()

    def is_time_up(self) -> bool:
        """Tell whether the time is over."""
        left = self.seconds_left()
        return left is not None and left <= 0

    def time_up(self) -> ModelLimit:
        """Return what is told when the time is over."""
        return _limit(
            f"The model may take {self._limits.seconds:g} seconds for one question", "model_seconds"
        )

    @contextmanager
    def paused(self) -> Iterator[None]:
        """Do not count the time in which a person is asked."""
        began = self._clock()
        try:
            yield
        finally:
            self._paused += self._clock() - began

    def use(self, model: str) -> ModelUse:
        """Return what was taken.

        Args:
            model: The model as the user set it.
        """
        with self._lock:
            return ModelUse(
                model,
                self._model_calls,
                self._tool_calls,
                self._read,
                self._written,
                self._cost,
                self._seconds(),
            )

    def _seconds(self) -> float:
        return self._clock() - self._began - self._paused

    def _reached(self, reserve: int) -> ModelLimit | None:
        limits = self._limits
        if limits.model_calls is not None and self._model_calls + reserve >= limits.model_calls:
            return _limit(
                f"The model may be asked {limits.model_calls} times for one question",
                "max_model_calls",
            )
        if limits.tokens is not None and self._read + self._written >= limits.tokens:
            return _limit(
                f"The model may take {limits.tokens:,} tokens for one question", "max_model_tokens"
            )
        if limits.cost is not None and self._cost is not None and self._cost >= limits.cost:
            return _limit(f"The model may cost ${limits.cost:f} for one question", "max_model_cost")
        return self.time_up() if self.is_time_up() else None


def _limit(said: str, setting: str) -> ModelLimit:
    return ModelLimit(
        f"{said}, and that is used up.", f"Allow more: finops config set {setting} NUMBER."
    )


def _read(usage: Usage) -> int:
    """Return the tokens read; some providers count cached ones apart, which the total shows."""
    read, written = usage.get("inputTokens", 0), usage.get("outputTokens", 0)
    if read + written == usage.get("totalTokens", 0):
        return read
    cached = usage.get("cacheReadInputTokens", 0) + usage.get("cacheWriteInputTokens", 0)
    return read + cached
