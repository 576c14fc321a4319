"""Several processes that ask the same at once, from one empty cache: AWS is asked once."""

import json
import os
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from finops_cli.domain import query as q
from tests.aws_endpoint.endpoint import Endpoint
from tests.fakes import FakeSource

FIRST, TODAY = date(2025, 10, 1), date(2026, 11, 16)
COST = ("cost", "--by", "service", "--as-of", str(TODAY), "-s", "aws", "-o", "json")
SLOW = 0.2
"""Seconds that an answer takes: long enough that all have begun before the first is there."""


def bill() -> FakeSource:
    rows = [
        {"date": FIRST + timedelta(days=n), "cost": n + at, q.SERVICE: service}
        for n in range(0, (TODAY - FIRST).days, 3)
        for at, service in enumerate(("Amazon Simple Storage Service", "AWS Lambda"))
    ]
    return FakeSource(rows, TODAY)


def ask(endpoint: Endpoint, folder: Path, count: int) -> tuple[list[Any], int]:
    """Return what processes answer that ask at once, and how many requests they sent."""
    before = endpoint.billed()
    apart = {
        "FINOPS_CACHE_DIR": str(folder / "cache"),
        "FINOPS_STATE_DIR": str(folder / "state"),
        "FINOPS_CONFIG_FILE": os.devnull,
    }
    started = [
        subprocess.Popen(
            (sys.executable, "-m", "finops_cli", *COST),
            env=os.environ | endpoint.environment() | apart,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(count)
    ]
    said = [process.communicate() for process in started]
    assert [complaint for _, complaint in said] == [""] * count
    return [json.loads(answer) for answer, _ in said], endpoint.billed() - before


def test_many_send_what_one_sends_and_answer_alike(tmp_path: Path) -> None:
    with Endpoint(bill(), TODAY, delay=SLOW) as endpoint:
        (alone,), wanted = ask(endpoint, tmp_path / "one", 1)
        crowd, sent = ask(endpoint, tmp_path / "many", 4)
    assert sent == wanted > 0
    # What each says of its calls is its own: together, they were billed what was sent.
    assert sum(answer.pop("provenance")["api_calls"] for answer in crowd) == sent
    del alone["provenance"]
    assert crowd == [alone] * 4
