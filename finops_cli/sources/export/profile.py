"""What is known of a set of files without asking it a question: rows, days, currencies, dirt.

Computed when the files are first opened and kept in the cache under their fingerprints; a changed
file is profiled anew. Every figure that could make a total wrong becomes a warning.
"""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from os.path import commonprefix
from typing import Any

from finops_cli.domain.period import Calendar, Period
from finops_cli.sources.cache import Cache
from finops_cli.sources.export.dimensions import ASSUMED_CURRENCY
from finops_cli.sources.export.files import DataFile, FileSet
from finops_cli.sources.export.tables import Group
from finops_cli.sources.warehouse import Warehouse

_LAYOUT = "3"
_KIND = "profiles"


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of a source.

    ``complete_until`` is the first day that is not complete; ``no_currency`` counts the rows that
    do not say theirs; ``monthly`` tells that every row stands for a whole month.
    """

    groups: tuple[Group, ...]
    rows: int
    currencies: dict[str, int]
    first_day: date
    last_day: date
    complete_until: date
    undated: int = 0
    unread_costs: int = 0
    no_currency: int = 0
    monthly: bool = False
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What identifies these very files."""
        return _key(file for group in self.groups for file in group.files)

    @property
    def place(self) -> str:
        """What stays the same when a folder of exports gets its next month."""
        folders = {file.location.rpartition("/")[0] for g in self.groups for file in g.files}
        return hashlib.sha256(commonprefix(sorted(folders)).encode()).hexdigest()[:24]

    @property
    def coverage(self) -> Period:
        """The days from the first to the last that have any charge."""
        return Period(self.first_day, self.last_day + timedelta(days=1))

    def calendar(self, today: date, pinned: bool) -> Calendar:
        """Return what counts as today.

        Args:
            today: The day of the clock, or the one the user pinned.
            pinned: Whether the user pinned it (``--as-of``); then it holds whatever the data.
        """
        if pinned or self.complete_until >= today:
            return Calendar(today, min(today, self.complete_until))
        return Calendar(self.complete_until - timedelta(days=1), self.complete_until)

    def warnings(self) -> tuple[str, ...]:
        """Return what a reader must know before trusting a total."""
        return (*self.notes, *self._unread(), *self._mixed())

    def _unread(self) -> Iterable[str]:
        if self.unread_costs:
            yield (
                f"{self.unread_costs:,} of {self.rows:,} rows have a cost that is empty or no "
                "number; they count as zero."
            )
        if self.undated:
            yield (
                f"{self.undated:,} of {self.rows:,} rows have no date that can be read; they are "
                "in no total."
            )
        if self.no_currency == self.rows:
            yield "The files do not say their currency: US dollars are assumed."
        elif self.no_currency:
            yield (
                f"{self.no_currency:,} of {self.rows:,} rows do not say their currency: US "
                "dollars are assumed there."
            )

    def _mixed(self) -> Iterable[str]:
        formats = {group.reading.dialect.name for group in self.groups}
        if len(formats) > 1:
            yield (
                f"The files mix {' and '.join(sorted(formats))}: if two of them describe the same "
                "account, its charges count twice."
            )


def profile_of(files: FileSet, cache: Cache, warehouse: Warehouse) -> Profile:
    """Return the profile of the files, from the cache where they have not changed.

    Raises:
        NotAnExport: None of the files is a billing export.
        MissingColumn: A column that no total can do without is not there.
        Unreadable: A file is damaged, or there is no dated row at all.
    """
    key = _key(files.files)
    kept = _from_dict(cache.read_json(_KIND, key), files)
    if kept is not None:
        return kept
    from finops_cli.sources.export.survey import survey

    made = survey(files, cache, warehouse)
    cache.write_json(_KIND, key, _to_dict(made))
    return made


def forget(files: FileSet, cache: Cache) -> None:
    """Drop all that the cache knows of these files."""
    cache.drop(_KIND, _key(files.files))
    for file in files.files:
        cache.drop("tables", file.fingerprint)
        cache.drop("rollups", file.fingerprint)


def counted_currencies(rows: Mapping[str | None, int]) -> dict[str, int]:
    """Return rows by currency, the most first; rows that name none count as dollars."""
    found: dict[str, int] = {}
    for currency, count in rows.items():
        name = currency or ASSUMED_CURRENCY
        found[name] = found.get(name, 0) + count
    return dict(sorted(found.items(), key=lambda item: (-item[1], item[0])))


def _key(files: Iterable[DataFile]) -> str:
    text = "|".join([_LAYOUT, *(f.fingerprint for f in files)])
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _to_dict(profile: Profile) -> dict[str, Any]:
    days = ("first_day", "last_day", "complete_until")
    plain = {name: getattr(profile, name) for name in _PLAIN}
    return {
        **plain,
        **{name: getattr(profile, name).isoformat() for name in days},
        "groups": [group.to_dict() for group in profile.groups],
        "notes": list(profile.notes),
    }


_PLAIN = ("rows", "currencies", "undated", "unread_costs", "no_currency", "monthly")


def _from_dict(kept: Any, files: FileSet) -> Profile | None:
    """Return the profile that was kept, or None where the entry is damaged."""
    try:
        return Profile(
            groups=tuple(Group.from_dict(group, files.files) for group in kept["groups"]),
            first_day=date.fromisoformat(kept["first_day"]),
            last_day=date.fromisoformat(kept["last_day"]),
            complete_until=date.fromisoformat(kept["complete_until"]),
            notes=tuple(kept["notes"]),
            **{name: kept[name] for name in _PLAIN},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        return None
