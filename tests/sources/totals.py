"""Print the table of billing files: their totals through the package and through plain SQL.

python -m tests.sources.totals [FOLDER]
"""

import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from finops_cli.domain.frame import COST, DATE
from finops_cli.domain.query import SERVICE, CostQuery, Granularity, Metric
from finops_cli.errors import FinopsError, MissingColumn
from finops_cli.sources import Today, open_source
from finops_cli.sources.export.source import ExportSource
from tests.sources.plain import Totals, plain

DATA = Path(__file__).parents[1] / "data"
TODAY = Today(date(2026, 11, 22))


@dataclass(frozen=True)
class Line:
    """One file, currency and metric: what each way gives, by month and by service."""

    path: Path
    rows: int
    metric: Metric
    currency: str
    ours: Totals
    theirs: Totals
    warnings: tuple[str, ...]

    @property
    def agrees(self) -> bool:
        return self.ours == self.theirs


def billing_files(folder: Path) -> list[Path]:
    """Return the files of a folder that plain SQL can read as bills."""
    kinds = ("**/*.csv", "**/*.parquet", "**/*.csv.gz")
    paths = sorted(path for kind in kinds for path in folder.glob(kind))
    return [path for path in paths if plain(path) is not None]


def compare(path: Path) -> Iterator[Line]:
    """Compare a file's billed and effective cost by month and service.

    Raises:
        FinopsError: The package cannot read it.
    """
    raw = plain(path)
    assert raw is not None
    source = open_source(str(path), TODAY, Path(tempfile.mkdtemp()))
    costs = {Metric.UNBLENDED: raw.billed, Metric.AMORTIZED: raw.effective}
    for metric, sql in costs.items():
        theirs = raw.totals(sql) if sql else {}
        for currency in source.currencies():
            narrowed = source.in_currency(currency)
            try:
                ours = totals_of(narrowed, metric)
            except MissingColumn:
                continue
            if sql:
                there = {key: total for key, total in theirs.get(currency, {}).items() if key[0]}
                yield Line(
                    path, source.profile.rows, metric, currency, ours, there, narrowed.warnings()
                )


def totals_of(source: ExportSource, metric: Metric) -> Totals:
    """Return what a source gives by month and service, or by month if it knows no service."""
    by = (SERVICE,) if source.offers(SERVICE) else ()
    frame = source.fetch(CostQuery(source.coverage(), metric, Granularity.MONTHLY, by))
    found: dict[tuple[str, str | None], Decimal] = {}
    for day, *service, cost in frame.select(DATE, *by, COST):
        found[(f"{day:%Y-%m}", service[0] if service else None)] = cost
    return found


def main() -> None:
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else DATA
    print("| file | rows | metric | months x services | total | plain SQL | |")
    print("|---|---|---|---|---|---|---|")
    for path in billing_files(folder):
        name = path.relative_to(folder)
        try:
            for line in compare(path):
                ours, theirs = sum(line.ours.values()), sum(line.theirs.values())
                print(
                    f"| {name} | {line.rows} | {line.metric} {line.currency} | {len(line.ours)} | "
                    f"{ours.normalize():f} | {Decimal(theirs).normalize():f} | "
                    f"{'same' if line.agrees else 'DIFFERENT'}"
                    f"{', warned' if line.warnings else ''} |"
                )
        except FinopsError as error:
            print(f"| {name} | | {error.message} | | | | |")


if __name__ == "__main__":
    main()
