"""Answers from the cache: offline, in trouble, and after AWS has changed its mind."""

import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.output import Style, render
from finops_cli.sources.aws.cache.store import Store
from finops_cli.tools import Catalogue
from tests.faces.aws_faults.live import LAST_30_DAYS, TODAY, Live, Seen
from tests.faces.aws_faults.page import fault
from tests.sources.aws.accounts import Account
from tests.sources.aws.buckets import opening

OCTOBER = Decimal("542.50")


@fault("Offline, and nothing was ever asked")
def test_offline_at_first(live: Live) -> Seen:
    seen = live.cost("--offline")
    assert not live.endpoint.requests
    return seen


@fault("Offline, and nothing is kept of this account")
def test_offline_without_figures(live: Live) -> Seen:
    live.cost()
    (live.folder / "cache" / "aws" / "costs.sqlite").unlink()
    before = len(live.endpoint.requests)
    seen = live.cost("--offline")
    assert len(live.endpoint.requests) == before
    return seen


@fault("Offline, and everything is kept")
def test_offline(live: Live) -> Seen:
    live.cost()
    before = len(live.endpoint.requests)
    seen = live.cost("--offline")
    assert seen.total == LAST_30_DAYS
    assert len(live.endpoint.requests) == before
    return seen


@fault("Offline, and some days are kept")
def test_offline_with_some_days(live: Live) -> Seen:
    live.cost()
    before = len(live.endpoint.requests)
    seen = live.cost("--offline", "--period", "2026-10")
    assert seen.total == OCTOBER - 16 * Decimal("17.50")
    assert len(live.endpoint.requests) == before
    return seen


@fault("Offline, looking for anomalies a day later")
def test_offline_a_day_later(live: Live) -> Seen:
    live.endpoint.organisation.page_size = 5000
    live.run("anomalies")
    before = len(live.endpoint.requests)
    seen = live.run("anomalies", "--offline", as_of=TODAY + timedelta(days=1))
    assert len(live.endpoint.requests) == before
    return seen


@fault("The cache is damaged")
def test_damaged(live: Live) -> Seen:
    live.cache.parent.mkdir(parents=True)
    live.cache.write_bytes(b"no database at all" * 999)
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    again = live.cost()
    assert (again.code, again.total) == (0, LAST_30_DAYS)
    assert not again.says("damaged")
    return seen


@fault("The cache cannot be written")
def test_no_place(live: Live) -> Seen:
    (live.folder / "cache").write_text("a file where the folder should be")
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    return seen


@fault("The cache is of a newer finops")
def test_newer(live: Live) -> Seen:
    live.cost()
    with closing(sqlite3.connect(live.cache)) as connection:
        connection.execute("PRAGMA user_version=99")
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    return seen


@fault("AWS restates a closed month: seen the next day")
def test_restated(live: Live) -> Seen:
    assert live.cost("--period", "2026-09").total == 30 * Decimal("17.50")
    live.faults.restate(date(2026, 9, 1), "0.5")
    tomorrow = TODAY + timedelta(days=1)
    live.endpoint.organisation.today = tomorrow
    seen = live.cost("--period", "2026-09", as_of=tomorrow)
    assert seen.total == 15 * Decimal("17.50")
    return seen


@fault("AWS restates a closed month: seen at once with --refresh")
def test_restated_and_refreshed(live: Live) -> Seen:
    live.cost("--period", "2026-09")
    live.faults.restate(date(2026, 9, 1), "0.5")
    seen = live.cost("--period", "2026-09", "--refresh")
    assert seen.total == 15 * Decimal("17.50")
    return seen


@fault("AWS restates a closed month: not looked for again on the same day")
def test_restated_today(live: Live) -> Seen:
    live.cost("--period", "2026-09")
    live.faults.restate(date(2026, 9, 1), "0.5")
    before = live.endpoint.billed()
    seen = live.cost("--period", "2026-09")
    assert seen.total == 30 * Decimal("17.50")
    assert live.endpoint.billed() == before
    return seen


IN_LITTLE_SPACE = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (40_000, 40_000))
from finops_cli.faces.cli import run
sys.exit(run(sys.argv[1:]))
"""


@pytest.mark.skipif(sys.platform == "win32", reason="has no such limits")
@fault("The disk of the cache fails")
def test_disk(live: Live) -> Seen:
    words = "cost", "--by", "service", *live.words, "--as-of", TODAY.isoformat()
    done = subprocess.run(
        [sys.executable, "-c", IN_LITTLE_SPACE, *words], capture_output=True, text=True
    )
    seen = live.seen(done.returncode, done.stdout, done.stderr)
    assert seen.total == LAST_30_DAYS
    return seen


@fault("Temporary credentials end, and the figures that are kept are old")
def test_old_figures(live: Live) -> Seen:
    live.cost()
    live.faults.expire()
    seen = live.cost("--refresh")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("The disk of the cache is full")
def test_full(live: Live) -> Seen:
    """No disk of a test is full, so a cache that may not grow takes its place."""

    def full(folder: Path, scope: str) -> Store:
        return Store(folder, scope, opening("PRAGMA max_page_count=1"))

    account = Account(live.endpoint, live.folder)
    tool = Catalogue(account.open(keep=full))["cost.breakdown"]
    answer = tool(by=["service"], metric="unblended")
    style = Style("json" if "json" in live.words else "terminal", width=10_000)
    seen = live.seen(answer.exit.code, render(answer, style), "")
    assert seen.total == LAST_30_DAYS
    return seen
