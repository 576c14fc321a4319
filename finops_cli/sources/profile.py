"""What is known of a set of files without asking it a question: rows, days, currencies, dirt.

Computed in one pass when the files are first opened and kept in the cache under their fingerprints;
a changed file is profiled anew. Every figure that could make a total wrong becomes a warning.
"""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from statistics import median
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import Metric
from finops_cli.errors import Unreadable
from finops_cli.sources.cache import Cache
from finops_cli.sources.files import DataFile, FileSet
from finops_cli.sources.table import RawTable
from finops_cli.sources.tables import Group, group_files, make_readable, parses_strictly
from finops_cli.sources.warehouse import Warehouse

_LAYOUT = "1"
_USUAL_DAYS = 8
_FEW_ROWS = 20
_PARTIAL = 0.5


@dataclass(frozen=True, slots=True)
class Profile:
    """The facts of a source; ``complete_until`` is the first day that is not complete."""

    groups: tuple[Group, ...]
    rows: int
    currencies: dict[str, int]
    first_day: date
    last_day: date
    complete_until: date
    undated: int = 0
    unread_costs: int = 0
    notes: tuple[str, ...] = ()

    @property
    def key(self) -> str:
        """What identifies these very files."""
        return _key([file for group in self.groups for file in group.files])

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
        found = list(self.notes)
        if self.unread_costs:
            found.append(
                f"{self.unread_costs:,} of {self.rows:,} rows have a cost that is empty or no "
                "number; they count as zero."
            )
        if self.undated:
            found.append(
                f"{self.undated:,} of {self.rows:,} rows have no date that can be read; they are "
                "in no total."
            )
        formats = {g.reading.dialect.name for g in self.groups}
        if len(formats) > 1:
            found.append(
                f"The files mix {' and '.join(sorted(formats))}: if two of them describe the same "
                "account, its charges count twice."
            )
        return tuple(found)


def profile_of(files: FileSet, cache: Cache, warehouse: Warehouse) -> Profile:
    """Return the profile of the files, from the cache where they have not changed.

    Raises:
        NotAnExport: None of the files is a billing export.
        MissingColumn: A column that no total can do without is not there.
        Unreadable: A file is damaged, or there is no dated row at all.
    """
    key = _key(files.files)
    kept = cache.read_json("profiles", key)
    if kept is not None:
        return _from_dict(kept, files)
    made = _make(files, cache, warehouse)
    cache.write_json("profiles", key, _to_dict(made))
    return made


def forget(files: FileSet, cache: Cache) -> None:
    """Drop all that the cache knows of these files."""
    cache.drop("profiles", _key(files.files))
    for file in files.files:
        cache.drop("tables", file.fingerprint)
        cache.drop("rollups", file.fingerprint)


def _key(files: Sequence[DataFile]) -> str:
    text = "|".join([_LAYOUT, *(f.fingerprint for f in files)])
    return hashlib.sha256(text.encode()).hexdigest()[:24]


def _assumes_dollars(group: Group) -> bool:
    return not group.reading.has("currency")


def _make(files: FileSet, cache: Cache, warehouse: Warehouse) -> Profile:
    groups, left_out = group_files(files.files, warehouse)
    notes = [*files.notes, *left_out]
    checked: list[Group] = []
    for group in groups:
        strict = group.shape.kind == "parquet" or parses_strictly(group, warehouse)
        checked.append(Group(group.files, group.shape, group.columns, lenient=not strict))
        if not strict:
            notes.append(
                f"{group.files[0].path.name}: rows and header disagree in length; fields that are "
                "missing at the end of a row were read as empty."
            )
    if any(_assumes_dollars(group) for group in checked):
        notes.append("The files do not say their currency: US dollars are assumed.")
    tables = [make_readable(group, cache, warehouse) for group in checked]
    return _measure(tuple(checked), tables, tuple(notes), warehouse)


def _measure(
    groups: tuple[Group, ...],
    tables: Sequence[RawTable],
    notes: tuple[str, ...],
    warehouse: Warehouse,
) -> Profile:
    found = [row for table in tables for row in warehouse.rows(_facts_sql(table))]
    moments = [m for row in found for m in row[2:4] if m is not None]
    if not moments:
        names = ", ".join(f.path.name for g in groups for f in g.files[:3])
        raise Unreadable(f"{names}: no row has a charge date.", "Is the export empty?")
    currencies: Counter[str] = Counter()
    for row in found:
        currencies[row[0] or "USD"] += row[1]
    first, last = _as_day(min(moments)), _as_day(max(moments))
    return Profile(
        groups=groups,
        rows=sum(row[1] for row in found),
        currencies=dict(currencies.most_common()),
        first_day=first,
        last_day=last,
        complete_until=_complete_until(tables, last, warehouse),
        undated=sum(row[4] for row in found),
        unread_costs=sum(row[5] for row in found),
        notes=notes,
    )


def _facts_sql(table: RawTable) -> str:
    moment = table.moment()
    return (
        f"SELECT {table.dimension(q.CURRENCY)}, count(*), min({moment}), max({moment}), "
        f"count(*) - count({moment}), count(*) - count({table.cost(Metric.UNBLENDED)}) "
        f"FROM {table.relation} GROUP BY 1"
    )


def _as_day(moment: datetime | date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _complete_until(tables: Sequence[RawTable], last: date, warehouse: Warehouse) -> date:
    """Return the first day that is not complete, judged against the week before.

    The last day is partial when its rows stop before an hour that the days before it reach, or when
    it has less than half of their rows (exports fill a day over about 24 hours).
    """
    rows: Counter[date] = Counter()
    hours: dict[date, int] = {}
    since = last - timedelta(days=_USUAL_DAYS - 1)
    for table in tables:
        sql = (
            f"SELECT {table.day()}, count(*), max(hour({table.moment()})) FROM {table.relation} "
            f"WHERE {table.within(since, last + timedelta(days=1))} GROUP BY 1"
        )
        for day, count, hour in warehouse.rows(sql):
            rows[day] += count
            hours[day] = max(hours.get(day, 0), hour)
    before = [day for day in rows if day != last]
    if not before:
        return last + timedelta(days=1)
    usual_hour = min(hours[day] for day in before)
    usual_rows = median(rows[day] for day in before)
    partial = hours[last] < usual_hour or (
        usual_rows >= _FEW_ROWS and rows[last] < usual_rows * _PARTIAL
    )
    return last if partial else last + timedelta(days=1)


def _to_dict(profile: Profile) -> dict[str, Any]:
    return {
        "groups": [group.to_dict() for group in profile.groups],
        "rows": profile.rows,
        "currencies": profile.currencies,
        "first_day": profile.first_day.isoformat(),
        "last_day": profile.last_day.isoformat(),
        "complete_until": profile.complete_until.isoformat(),
        "undated": profile.undated,
        "unread_costs": profile.unread_costs,
        "notes": list(profile.notes),
    }


def _from_dict(kept: dict[str, Any], files: FileSet) -> Profile:
    return Profile(
        groups=tuple(Group.from_dict(group, files.files) for group in kept["groups"]),
        rows=kept["rows"],
        currencies=kept["currencies"],
        first_day=date.fromisoformat(kept["first_day"]),
        last_day=date.fromisoformat(kept["last_day"]),
        complete_until=date.fromisoformat(kept["complete_until"]),
        undated=kept["undated"],
        unread_costs=kept["unread_costs"],
        notes=tuple(kept["notes"]),
    )
