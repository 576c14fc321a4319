"""Answers about the program itself: its settings and its cache."""

from pathlib import Path

from finops_cli.config import SETTINGS, Settings
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)


def settings(found: Settings) -> Answer:
    """Return every setting, its value and its origin."""
    columns = (
        Column("setting", Kind.TEXT),
        Column("value", Kind.TEXT),
        Column("from", Kind.TEXT),
        Column("help", Kind.TEXT, detail=True),
    )
    rows = tuple(
        (s.name, found.values[s.name].value or "not set", found.values[s.name].origin, s.help)
        for s in SETTINGS
    )
    return Answer(
        title=Sentence("Config file: {file}", (Figure("file", str(found.file)),)),
        provenance=Provenance(source="settings"),
        tables=(Table("Settings", columns, rows),),
    )


def cache(folder: Path) -> Answer:
    """Return where the cache is and what it holds, by kind."""
    columns = (Column("kind", Kind.TEXT), Column("files", Kind.COUNT), Column("bytes", Kind.COUNT))
    kinds = sorted(p for p in folder.iterdir() if p.is_dir()) if folder.is_dir() else []
    rows = tuple((kind.name, *_held(kind)) for kind in kinds)
    total = (None, sum(row[1] for row in rows), sum(row[2] for row in rows))
    return Answer(
        title=Sentence("Cache: {folder}", (Figure("folder", str(folder)),)),
        provenance=Provenance(source="cache"),
        tables=(Table("What it holds", columns, rows, total),),
    )


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
