"""Accounts of a test endpoint, opened as the program opens them."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from finops_cli.domain.source import CostSource, Meter
from finops_cli.sources.aws.guard.calls import Clock
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.opening import Run, open_account
from finops_cli.sources.aws.source import CostExplorerSource
from finops_cli.sources.today import Today
from tests.aws_endpoint.endpoint import Endpoint
from tests.sources.aws.clock import FakeClock


@contextmanager
def environment(variables: Mapping[str, str]) -> Iterator[None]:
    """Set variables of this process, which is where botocore looks, and take them back."""
    before = {name: os.environ.get(name) for name in variables}
    os.environ.update(variables)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value


class Account:
    """A bill behind an endpoint, and the cache of whoever reads it."""

    def __init__(self, endpoint: Endpoint, folder: Path, clock: Clock | None = None) -> None:
        self.endpoint = endpoint
        self.folder = folder
        self.clock = clock or FakeClock()

    def run(self, **more: Any) -> Run:
        """Return a run of its own, as a process would have it."""
        usual = Run(
            Today(self.endpoint.organisation.today, pinned=True),
            self.folder / "cache",
            self.folder / "state",
            "cost",
            Caps(),
            environment=self.endpoint.environment(),
            clock=self.clock,
            meter=Meter(),
        )
        return replace(usual, **more)

    def open(self, **more: Any) -> CostExplorerSource:
        """Open the bill anew, as a process would."""
        return open_account(self.run(**more), None)


@contextmanager
def account(
    source: CostSource, today: date, folder: Path, clock: Clock | None = None, **more: Any
) -> Iterator[Account]:
    """Serve a source as an account while the block runs."""
    with Endpoint(source, today, **more) as endpoint, environment(endpoint.environment()):
        yield Account(endpoint, folder, clock)
