"""What goes wrong with the book while it is in use must never let a cap be forgotten."""

from pathlib import Path

import pytest

from finops_cli.errors import SourceError
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.ledger import NAME, Ledger
from finops_cli.sources.aws.guard.operations import COST_AND_USAGE, PER_REQUEST
from tests.sources.aws.clock import FakeClock

CAPS = Caps(day=2 * PER_REQUEST)


def test_a_book_damaged_before_settling_still_holds_the_cap(tmp_path: Path) -> None:
    book = Ledger(tmp_path, "cost", FakeClock())
    receipt = book.reserve(COST_AND_USAGE, "1", CAPS)
    for file in tmp_path.iterdir():
        file.unlink()
    (tmp_path / NAME).write_bytes(b"no book" * 999)
    book.settle(receipt, billed=False)
    assert "Too much is counted" in book.warnings[0]
    with pytest.raises(SourceError):
        book.reserve(COST_AND_USAGE, "1", CAPS)


def test_an_emptied_book_is_not_begun_anew(tmp_path: Path) -> None:
    Ledger(tmp_path, "cost", FakeClock()).reserve(COST_AND_USAGE, "1", CAPS)
    (tmp_path / NAME).write_bytes(b"")
    with pytest.raises(SourceError, match="empty"):
        Ledger(tmp_path, "cost", FakeClock()).reserve(COST_AND_USAGE, "1", CAPS)
    assert (tmp_path / NAME).read_bytes() == b""


def test_a_new_book_leaves_nothing_beside_it(tmp_path: Path) -> None:
    Ledger(tmp_path, "cost", FakeClock()).reserve(COST_AND_USAGE, "1", CAPS)
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
