"""One bill for each as-of date that is likely to break the story, built once a session."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from finops_cli.sources.demo.folder import ensure_demo
from finops_cli.sources.warehouse import connect
from tests.sources.demo.demo_bill import Bill

AS_OF = {
    "middle of a month": date(2026, 11, 15),
    "first of a month": date(2026, 12, 1),
    "second, after a short month": date(2027, 3, 2),
    "last of a year": date(2027, 12, 31),
    "leap day": date(2028, 2, 29),
}


def _shared_between_workers(factory: pytest.TempPathFactory) -> Path:
    root = factory.getbasetemp()
    return root.parent if "PYTEST_XDIST_WORKER" in os.environ else root


@pytest.fixture(scope="session")
def open_bill(tmp_path_factory: pytest.TempPathFactory) -> Callable[[date], Bill]:
    folder = _shared_between_workers(tmp_path_factory) / "demo"
    bills: dict[date, Bill] = {}

    def open_one(today: date) -> Bill:
        if today not in bills:
            # Each in a cache of its own: five dates are more than a cache keeps.
            files = ensure_demo(folder / str(today), today)
            connection = connect()
            connection.execute(
                "CREATE TABLE bill AS SELECT *, ChargePeriodStart::DATE AS day"
                f" FROM read_parquet('{files}/*.parquet', filename = true)"
            )
            bills[today] = Bill(today, connection)
        return bills[today]

    return open_one


@pytest.fixture(params=AS_OF.values(), ids=AS_OF.keys())
def bill(request: pytest.FixtureRequest, open_bill: Callable[[date], Bill]) -> Bill:
    return open_bill(request.param)
