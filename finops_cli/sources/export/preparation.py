"""Rollups as a source uses them: those there are, those asked for, those that pay for themselves.

Which tags to keep is remembered for the place where the files lie, so that the next month's file
gets them too.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress

from finops_cli.domain.query import TAG_PREFIX, Metric
from finops_cli.errors import SourceError
from finops_cli.sources.cache import Cache
from finops_cli.sources.export.profile import Profile
from finops_cli.sources.export.rollup import Rollups
from finops_cli.sources.export.table import Table
from finops_cli.sources.export.tags import Spelling
from finops_cli.sources.export.thrift import Thrift
from finops_cli.sources.warehouse import Warehouse

_KIND = "prepared"
TagKeys = Mapping[str, Sequence[Spelling]]


class Preparation:
    """The prepared state of one source.

    Args:
        profile: What is known of its files.
        cache: Where rollups are kept.
        warehouse: The engine.
        tag_keys: Finds how the files spell each tag key; asked only when rollups keep tags.
    """

    def __init__(
        self,
        profile: Profile,
        cache: Cache,
        warehouse: Warehouse,
        tag_keys: Callable[[], TagKeys],
    ) -> None:
        self._profile = profile
        self._cache = cache
        self._warehouse = warehouse
        self._tag_keys = tag_keys
        size = sum(file.size for group in profile.groups for file in group.files)
        self._thrift = Thrift(profile.key, profile.rows, size, cache)
        self._rollups = self._open()

    def serves(self, dimensions: Sequence[str], metric: Metric) -> bool:
        """Tell whether rollups, once made, can answer such a query."""
        return self._rollups.holds(dimensions, metric)

    def tables(self, dimensions: Sequence[str]) -> list[Table] | None:
        """Return what to read instead of the files, None where no rollup is there.

        First makes the rollup of one file, if earlier questions have cost as much.
        """
        missing = self._rollups.missing()
        if missing and self._thrift.affords(missing[0]):
            with suppress(OSError):
                self._rollups.make(missing[0], self._keys())
        return self._rollups.tables(dimensions)

    def spend(self, seconds: float) -> None:
        """Note what a query that rollups serve has cost on the files."""
        self._thrift.spend(seconds)

    def make(self, tags: Sequence[str], tell: Callable[[int, int], None]) -> int:
        """Make all rollups that are missing and return of how many files.

        Args:
            tags: Tag keys to keep, besides those asked for before.
            tell: Called with how many files are done, of how many, before each.

        Raises:
            SourceError: The cache folder cannot be written.
        """
        wanted = sorted({*self._kept_tags(), *tags})
        self._cache.write_json(_KIND, self._profile.place, wanted)
        self._rollups = self._open()
        missing = self._rollups.missing()
        try:
            for done, file in enumerate(missing):
                tell(done, len(missing))
                self._rollups.make(file, self._keys())
        except OSError as error:
            raise SourceError(
                f"The cache cannot be written: {error}.", "Check its folder."
            ) from error
        return len(missing)

    def discard(self) -> None:
        """Remove what the cache holds of these files' rows: it may be damaged."""
        self._rollups.discard()
        for group in self._profile.groups:
            for file in group.files:
                self._cache.drop("tables", file.fingerprint)

    def _open(self) -> Rollups:
        tags = [f"{TAG_PREFIX}{key}" for key in self._kept_tags()]
        return Rollups(self._profile, self._cache, self._warehouse, tags)

    def _keys(self) -> TagKeys:
        return self._tag_keys() if self._kept_tags() else {}

    def _kept_tags(self) -> list[str]:
        kept = self._cache.read_json(_KIND, self._profile.place)
        return [str(tag) for tag in kept] if isinstance(kept, list) else []
