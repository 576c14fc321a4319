"""One question through ``--source demo`` and ``--source aws``: the same tables, to the cent."""

import json
import shlex
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from finops_cli.sources import DEMO, Today, open_source
from tests.aws_endpoint.endpoint import Endpoint
from tests.faces.cli import finops

TODAY = date(2026, 11, 16)
QUESTIONS = (
    "cost",
    "cost --period ytd --metric amortized",
    "cost --by service --period last-month",
    "cost --by account,region --filter service=EC2 --period last-7d",
    "cost --by region,account,charge-category --period last-month --top 50",
    "cost --by tag:team --granularity monthly --period last-3m",
    "cost --by usage-type --filter service=s3 --filter region!=us-east-1 --period mtd",
    "cost --granularity daily --period 2026-09-25..2026-10-07 --metric net-amortized",
    "cost --compare previous --period last-month --by charge-category",
    'ask "top 5 services last quarter without tax"',
    'ask "how much did prod spend on s3 in october"',
)


@pytest.fixture(scope="module")
def account(cache_folder: Path) -> Iterator[Endpoint]:
    demo = open_source(DEMO, Today(TODAY, pinned=True), cache_folder)
    with Endpoint(demo, TODAY) as endpoint:
        yield endpoint


@pytest.fixture
def aws(account: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    for name, value in account.environment().items():
        monkeypatch.setenv(name, value)


def told(question: str, source: str) -> dict[str, Any]:
    done = finops(*shlex.split(question), "--source", source, "--as-of", str(TODAY), "-o", "json")
    assert done.code == 0, done.err or done.out
    answer: dict[str, Any] = json.loads(done.out)
    return answer


def figures(answer: dict[str, Any]) -> list[Any]:
    """Return the tables and series without rows that cost nothing, which AWS does not tell."""
    tables = [
        (table["name"], [r for r in table["rows"] if r.get("cost") != "0"], table.get("total"))
        for table in answer["tables"]
    ]
    return [*tables, *((series["name"], series["points"]) for series in answer["series"])]


@pytest.mark.usefixtures("aws")
@pytest.mark.parametrize("question", QUESTIONS)
def test_the_same_figures(question: str) -> None:
    live = figures(told(question, "aws"))
    assert live == figures(told(question, "demo"))
    assert any(rows for _, rows, *_ in live)
