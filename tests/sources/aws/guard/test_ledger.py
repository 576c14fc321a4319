"""The book of what was spent: one cap for all processes, to the cent."""

import os
import sqlite3
import stat
import subprocess
import sys
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.config import Settings, Value
from finops_cli.errors import SourceError, SpendCap, UsageError
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.ledger import NAME, Ledger
from finops_cli.sources.aws.guard.operations import CALLER_IDENTITY, COST_AND_USAGE
from tests.sources.aws.clock import FakeClock

CENT = Decimal("0.01")


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


def ledger(folder: Path | None, clock: FakeClock, command: str = "cost") -> Ledger:
    return Ledger(folder, command, clock)


def spend(book: Ledger, times: int, caps: Caps = Caps()) -> int:  # noqa: B008
    for count in range(times):
        try:
            book.reserve(COST_AND_USAGE, "1", caps)
        except SpendCap:
            return count
    return times


@pytest.mark.parametrize("folder", ["state", None])
def test_a_cap_is_reached_and_never_passed(
    tmp_path: Path, clock: FakeClock, folder: str | None
) -> None:
    book = ledger(tmp_path / folder if folder else None, clock)
    assert spend(book, 9, Caps(run=Decimal("0.05"))) == 5
    assert book.this_run() == Decimal("0.05")
    with pytest.raises(SpendCap, match=r"cap of \$0.059 for this run .* \$0.05 is spent"):
        book.reserve(COST_AND_USAGE, "1", Caps(run=Decimal("0.059")))
    book.close()


@pytest.mark.parametrize(
    ("caps", "setting"),
    [
        (Caps(day=3 * CENT), "max_api_cost_per_day"),
        (Caps(month=3 * CENT), "max_api_cost_per_month"),
    ],
)
def test_days_and_months_count_all_runs(
    tmp_path: Path, clock: FakeClock, caps: Caps, setting: str
) -> None:
    assert spend(ledger(tmp_path, clock), 2, caps) == 2
    assert spend(ledger(tmp_path, clock), 2, caps) == 1
    with pytest.raises(SpendCap) as refused:
        ledger(tmp_path, clock).reserve(COST_AND_USAGE, "1", caps)
    assert setting in refused.value.hint
    assert refused.value.exit_code == 6


def test_a_new_day_and_a_new_month_begin_at_nothing(tmp_path: Path, clock: FakeClock) -> None:
    caps = Caps(day=2 * CENT, month=3 * CENT)
    assert spend(ledger(tmp_path, clock), 9, caps) == 2
    clock.pass_(days=1)
    assert spend(ledger(tmp_path, clock), 9, caps) == 1
    clock.pass_(days=7)
    book = ledger(tmp_path, clock)
    assert spend(book, 9, caps) == 2
    assert (book.today(), book.this_month()) == (2 * CENT, 2 * CENT)


def test_zero_allows_nothing_billable_and_all_that_is_free(
    tmp_path: Path, clock: FakeClock
) -> None:
    book = ledger(tmp_path, clock)
    with pytest.raises(SpendCap):
        book.reserve(COST_AND_USAGE, "1", Caps(run=Decimal(0)))
    assert book.reserve(CALLER_IDENTITY, "1", Caps(run=Decimal(0))).price == 0
    assert book.by_day() == ()


def test_what_was_not_billed_is_taken_back(tmp_path: Path, clock: FakeClock) -> None:
    book = ledger(tmp_path, clock)
    first, second = (book.reserve(COST_AND_USAGE, "1", Caps()) for _ in range(2))
    book.settle(first, billed=False)
    book.settle(second, billed=True)
    assert book.this_run() == CENT


def test_days_and_commands_are_told_apart(tmp_path: Path, clock: FakeClock) -> None:
    spend(ledger(tmp_path, clock, "ask"), 1)
    clock.pass_(days=1)
    spend(ledger(tmp_path, clock, "cost"), 3)
    spend(ledger(tmp_path, clock, "ask"), 1)
    told = [(s.day.day, s.command, s.requests, s.cost) for s in ledger(tmp_path, clock).by_day()]
    assert told == [(25, "cost", 3, 3 * CENT), (25, "ask", 1, CENT), (24, "ask", 1, CENT)]
    clock.pass_(days=40)
    assert ledger(tmp_path, clock).by_day() == ()


def test_the_book_is_private(tmp_path: Path, clock: FakeClock) -> None:
    folder = tmp_path / "state"
    spend(ledger(folder, clock), 1)
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for file in folder.iterdir():
        assert stat.S_IMODE(file.stat().st_mode) == 0o600


SPENDER = """
import sys
from decimal import Decimal
from pathlib import Path
from finops_cli.errors import SpendCap
from finops_cli.sources.aws.guard.calls import SystemClock
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.ledger import Ledger
from finops_cli.sources.aws.guard.operations import COST_AND_USAGE
book = Ledger(Path(sys.argv[1]), "cost", SystemClock())
sent = 0
try:
    while True:
        book.reserve(COST_AND_USAGE, "1", Caps(month=Decimal("0.60")))
        sent += 1
except SpendCap:
    print(sent)
"""


def test_processes_share_one_cap(tmp_path: Path) -> None:
    command = [sys.executable, "-c", SPENDER, str(tmp_path)]
    running = [
        subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        for _ in range(4)
    ]
    told = [process.communicate(timeout=60) for process in running]
    assert [complaint for _, complaint in told] == [""] * 4
    assert sum(int(sent) for sent, _ in told) == 60


def damaged(folder: Path) -> None:
    (folder / NAME).write_bytes(b"not a database at all, but long enough to look like one" * 40)


def later(folder: Path) -> None:
    connection = sqlite3.connect(folder / NAME)
    connection.execute("PRAGMA user_version = 99")
    connection.close()


@pytest.mark.parametrize("harm", [damaged, later])
def test_a_book_that_cannot_be_used_stops_what_depends_on_it(
    tmp_path: Path, clock: FakeClock, harm: object
) -> None:
    assert callable(harm)
    harm(tmp_path)
    content = (tmp_path / NAME).read_bytes()
    with pytest.raises(SourceError, match="cannot be used"):
        ledger(tmp_path, clock).reserve(COST_AND_USAGE, "1", Caps(day=Decimal(1)))
    alone = ledger(tmp_path, clock)
    assert spend(alone, 9, Caps(run=2 * CENT)) == 2
    assert "counted alone" in alone.warnings[0]
    assert (tmp_path / NAME).read_bytes() == content
    alone.close()


def test_a_book_that_is_lost_on_the_way_loses_no_cent_of_the_run(
    tmp_path: Path, clock: FakeClock
) -> None:
    book, caps = ledger(tmp_path, clock), Caps(run=3 * CENT)
    first = book.reserve(COST_AND_USAGE, "1", caps)
    damaged(tmp_path)
    assert spend(book, 9, caps) == 2
    book.settle(first, billed=False)  # it cannot be taken back any more
    assert book.this_run() == 3 * CENT
    assert "Too much is counted" in book.warnings[0]
    book.close()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_that_cannot_be_written(tmp_path: Path, clock: FakeClock) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(SourceError):
        ledger(tmp_path, clock).reserve(COST_AND_USAGE, "1", Caps(day=Decimal(1)))
    tmp_path.chmod(0o700)


def settings(text: str) -> Settings:
    names = ("max_api_cost", "max_api_cost_per_day", "max_api_cost_per_month")
    values = {name: Value(None, "default") for name in names}
    return Settings({**values, names[1]: Value(text, "FINOPS_MAX_API_COST_PER_DAY")}, Path("x"))


@pytest.mark.parametrize(("text", "cap"), [("0.5", "0.5"), (" $2.50", "2.5"), ("0", "0")])
def test_caps_are_read(text: str, cap: str) -> None:
    assert Caps.of(settings(text)) == Caps(day=Decimal(cap))


@pytest.mark.parametrize("text", ["much", "-1", "NaN", "inf", "1,5", "$"])
def test_what_is_no_amount_is_refused(text: str) -> None:
    with pytest.raises(UsageError, match="max_api_cost_per_day"):
        Caps.of(settings(text))
