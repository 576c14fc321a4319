"""The first look at a set of files: which can be read, what they hold, up to where it is whole."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import pairwise
from pathlib import PurePath

from finops_cli.domain.period import add_months
from finops_cli.errors import Unreadable
from finops_cli.sources.cache import Cache
from finops_cli.sources.export.census import FileCount, count_files, repeated_files
from finops_cli.sources.export.completeness import complete_until
from finops_cli.sources.export.deliveries import is_delivery
from finops_cli.sources.export.files import FileSet
from finops_cli.sources.export.profile import Profile, counted_currencies
from finops_cli.sources.export.table import RawTable
from finops_cli.sources.export.tables import Group, group_files, make_readable, open_group
from finops_cli.sources.warehouse import Warehouse

_DAY = timedelta(days=1)


def survey(files: FileSet, cache: Cache, warehouse: Warehouse) -> Profile:
    """Return the profile of files that have not been seen before.

    Raises:
        NotAnExport: None of the files is a billing export.
        MissingColumn: A column that no total can do without is not there.
        Unreadable: A file is damaged, or there is no dated row at all.
    """
    found, left_out = group_files(files.files, warehouse)
    opened = [open_group(group, cache, warehouse) for group in found]
    groups = [group for group, _, _ in opened]
    tables = [table for _, table, _ in opened]
    notes = [*files.notes, *left_out, *(note for _, _, said in opened for note in said)]
    counts = count_files(tables, warehouse)
    repeated = repeated_files(counts, tables, warehouse)
    if repeated:
        notes += [_repeats(*pair) for pair in repeated.items()]
        groups = [kept for group in groups if (kept := _without(group, repeated)).files]
        tables = [make_readable(group, cache, warehouse) for group in groups]
        counts = {location: c for location, c in counts.items() if location not in repeated}
    notes += _overlaps(counts)
    return _profile(tuple(groups), tables, counts, tuple(notes), warehouse)


def _profile(
    groups: tuple[Group, ...],
    tables: Sequence[RawTable],
    counts: dict[str, FileCount],
    notes: tuple[str, ...],
    warehouse: Warehouse,
) -> Profile:
    whole = FileCount()
    for count in counts.values():
        whole.add(count)
    if whole.first is None or whole.last is None:
        raise _without_days(groups, whole)
    first, last = whole.first.date(), whole.last.date()
    monthly = _is_monthly(tables, first, last, warehouse)
    if monthly:
        last = add_months(last, 1) - _DAY
        until = last + _DAY
    else:
        until = complete_until(tables, last, warehouse)
    return Profile(
        groups=groups,
        rows=whole.rows,
        currencies=counted_currencies(dict(whole.currencies)),
        first_day=first,
        last_day=last,
        complete_until=until,
        undated=whole.undated,
        unread_costs=whole.unread_costs,
        no_currency=whole.currencies[None],
        monthly=monthly,
        notes=notes,
    )


def _without_days(groups: Sequence[Group], whole: FileCount) -> Unreadable:
    names = ", ".join(file.name for group in groups for file in group.files[:3])
    if not whole.rows:
        return Unreadable(
            f"{names}: a header but no rows, so no row has a charge date.",
            "Export a period that has charges.",
        )
    return Unreadable(
        f"{names}: none of {whole.rows:,} rows has a charge date that can be read.",
        "Dates are read as 2026-09-30, 2026-09-30T00:00:00Z, 9/30/2026 or 20260930.",
    )


def _without(group: Group, left_out: dict[str, str]) -> Group:
    return replace(group, files=tuple(f for f in group.files if f.location not in left_out))


def _repeats(location: str, original: str) -> str:
    return f"{_shown(location)} holds the same charges as {_shown(original)}: left out."


def _shown(location: str) -> str:
    return "/".join(location.replace("\\", "/").rsplit("/", 2)[-2:])


def _overlaps(counts: dict[str, FileCount]) -> list[str]:
    """Warn of deliveries that lie side by side, outside a folder for each billing period.

    There, nothing tells whether the later one takes the earlier one's place.
    """
    spans: dict[PurePath, dict[str, FileCount]] = defaultdict(lambda: defaultdict(FileCount))
    for location, count in counts.items():
        folder = PurePath(location).parent
        if is_delivery(folder):
            spans[folder.parent][folder.name].add(count)
    return [
        f"{parent.name} holds two deliveries of the same days, {one} and {other}: charges count "
        "twice if the later one replaces the earlier one."
        for parent, found in spans.items()
        for one, other in _overlapping(found)[:1]
    ]


def _overlapping(found: dict[str, FileCount]) -> list[tuple[str, str]]:
    spans = sorted((c.first, c.last, name) for name, c in found.items() if c.first and c.last)
    return [(one, other) for (_, last, one), (first, _, other) in pairwise(spans) if first < last]


def _is_monthly(tables: Sequence[RawTable], first: date, last: date, warehouse: Warehouse) -> bool:
    """Tell whether every row is dated the first of a month, over more than one month."""
    if first.day != 1 or last.day != 1 or first == last:
        return False
    others = (
        f"SELECT 1 FROM {table.relation} WHERE day({table.moment()}) <> 1 LIMIT 1"
        for table in tables
    )
    return not any(warehouse.rows(statement) for statement in others)
