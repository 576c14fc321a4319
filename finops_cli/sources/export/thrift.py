"""When to make rollups without being asked: when reading the files has cost as much already.

Nobody knows whether a first question will be followed by others, so the first one never pays for
them. The seconds that questions spend on raw files, where rollups would have served, are added up
in the cache; as soon as they would have paid for the rollup of one file, the next such question
makes it first. So no question is slowed down by more than one file, and all questions together
never take much more than twice what they would have taken had it been known beforehand how many
there would be (the ski-rental rule).
"""

from typing import Any

from finops_cli.sources.cache import Cache
from finops_cli.sources.export.files import DataFile

LARGE = 1_000_000
"""Rows from which rollups are worth making at all."""

_KIND = "spent"
_SECONDS_A_ROW = 1.2e-6
"""What making a rollup takes, measured on two cores; the order of magnitude is enough."""


class Thrift:
    """The seconds spent on one source so far.

    Args:
        key: What identifies the source's files.
        rows: How many rows they have, all together.
        size: How many bytes.
        cache: Where the seconds are kept between runs.
    """

    def __init__(self, key: str, rows: int, size: int, cache: Cache) -> None:
        self._key = key
        self._rows = rows
        self._size = size
        self._cache = cache

    def spend(self, seconds: float) -> None:
        """Note the seconds that one query has taken on raw files."""
        if self._rows >= LARGE:
            self._write(self._spent() + seconds)

    def affords(self, file: DataFile) -> bool:
        """Tell whether what was spent would have paid for a file's rollup; if so, deduct it."""
        share = file.size / self._size if self._size else 1.0
        price = self._rows * share * _SECONDS_A_ROW
        spent = self._spent()
        if self._rows < LARGE or spent < price:
            return False
        self._write(spent - price)
        return True

    def _spent(self) -> float:
        kept: Any = self._cache.read_json(_KIND, self._key)
        return float(kept) if isinstance(kept, int | float) else 0.0

    def _write(self, seconds: float) -> None:
        self._cache.write_json(_KIND, self._key, round(seconds, 3))
