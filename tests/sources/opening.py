"""Open an export as the program does, with a cache of its own."""

from datetime import date
from pathlib import Path

from finops_cli.domain.frame import COST
from finops_cli.domain.query import CostQuery, Metric
from finops_cli.sources import Today, open_source
from finops_cli.sources.export.source import ExportSource

TODAY = Today(date(2026, 11, 22))


def opened(spec: Path | str, cache: Path | None = None) -> ExportSource:
    """Return the source at a path; its cache lies beside the path unless told otherwise."""
    return open_source(str(spec), TODAY, cache or Path(spec).parent / ".cache")


def total(source: ExportSource, metric: Metric = Metric.UNBLENDED) -> str:
    """Return the total of everything, without trailing zeros."""
    whole = sum(source.fetch(CostQuery(source.coverage(), metric)).column(COST))
    return f"{whole.normalize():f}" if whole else "0"


def said(source: ExportSource) -> str:
    """Return all warnings in one line."""
    return " ".join(source.warnings())
