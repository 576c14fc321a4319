"""Answers about the program itself: its settings and its cache."""

import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

from finops_cli.config import SETTINGS, Settings, mcp_servers
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)
from finops_cli.domain.spending import Spending
from finops_cli.errors import FinopsError


def settings(found: Settings) -> Answer:
    """Return every setting, its value and its origin, and the MCP servers where there are any."""
    columns = (
        Column("setting", Kind.TEXT),
        Column("value", Kind.TEXT),
        Column("from", Kind.TEXT),
        Column("help", Kind.TEXT, detail=True),
    )
    rows = tuple(
        (s.name, _shown(found[s.name]), found.values[s.name].origin, s.help) for s in SETTINGS
    )
    return Answer(
        title=Sentence("Config file: {file}", (Figure("file", str(found.file)),)),
        provenance=Provenance(source="settings"),
        tables=(Table("Settings", columns, rows), *_servers(found.file)),
    )


def _shown(value: str | None) -> str:
    """Return a value without the password that an address may hold."""
    return re.sub(r"(?<=://)[^/@\s]*@", "***@", value or "not set")


def _servers(file: Path) -> tuple[Table, ...]:
    columns = (
        Column("server", Kind.TEXT),
        Column("agent", Kind.TEXT),
        Column("tools", Kind.TEXT),
    )
    rows = tuple((s.name, s.agent, ", ".join(s.tools)) for s in mcp_servers(file))
    return (Table("MCP servers", columns, rows),) if rows else ()


def cache(folder: Path, spending: Callable[[], Spending]) -> Answer:
    """Return where the cache is, what it holds by kind, and what was spent on API requests."""
    columns = (Column("kind", Kind.TEXT), Column("files", Kind.COUNT), Column("bytes", Kind.COUNT))
    kinds = sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    rows = tuple((kind.name, *_held(kind)) for kind in kinds)
    total = (None, sum(row[1] for row in rows), sum(row[2] for row in rows))
    held = Table("What it holds", columns, rows, total)
    title = Sentence("Cache: {folder}", (Figure("folder", str(folder)),))
    provenance = Provenance(source="cache")
    try:
        spent = spending()
    except FinopsError as error:
        said = f"{error.message} {error.hint}".strip()
        return Answer(title, provenance, tables=(held,), warnings=(said,))
    tables = (held, _by_day(spent)) if spent.rows else (held,)
    return Answer(title, provenance, summary=_against_caps(spent), tables=tables)


def _against_caps(spent: Spending) -> tuple[Sentence, ...]:
    return (
        _against_cap("today", spent.today, spent.day_cap),
        _against_cap("this month", spent.month, spent.month_cap),
    )


def _against_cap(when: str, cost: Decimal, cap: Decimal | None) -> Sentence:
    figures = [Figure("cost", cost, Kind.MONEY, "USD")]
    if cap is None:
        return Sentence(f"Spent on API calls {when} (UTC): {{cost}}, without a cap.", (*figures,))
    figures.append(Figure("cap", cap, Kind.MONEY, "USD"))
    return Sentence(f"Spent on API calls {when} (UTC): {{cost}} of {{cap}}.", (*figures,))


def _by_day(spent: Spending) -> Table:
    columns = (
        Column("day", Kind.DATE),
        Column("command", Kind.TEXT),
        Column("requests", Kind.COUNT),
        Column("cost", Kind.MONEY, "USD"),
    )
    requests, cost = (sum(row[2] for row in spent.rows), sum(row[3] for row in spent.rows))
    total = (None, None, requests, Decimal(cost))
    return Table("Spent on API calls in the last 31 days", columns, spent.rows, total)


def clear_cache(folder: Path) -> Answer:
    """Remove what the cache holds and return how much it was."""
    import shutil

    files, size = _held(folder) if folder.is_dir() else (0, 0)
    for kind in folder.iterdir() if folder.is_dir() else ():
        if kind.is_dir():
            shutil.rmtree(kind)
    figures = (Figure("files", files, Kind.COUNT), Figure("bytes", size, Kind.COUNT))
    return Answer(
        title=Sentence("Removed {files} files, {bytes} bytes.", figures),
        provenance=Provenance(source="cache"),
    )


def _held(folder: Path) -> tuple[int, int]:
    files = [p for p in folder.rglob("*") if p.is_file()]
    return len(files), sum(p.stat().st_size for p in files)
