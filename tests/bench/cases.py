"""What is measured: the start, the demo, and a CUR 2.0 export of ten million rows."""

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from tests.bench.processes import Program, Run, alternate, finops, measure, python, repeat
from tests.bench.report import alone, paired, show

LARGE, SMALL = 10_000_000, 1_000_000
MONTH = "2026-09"

_TYPER = """
import typer
app = typer.Typer({options})
@app.command()
def greet(name: str = typer.Option("you", help="Whom.")) -> None:
    "Greet somebody."
app()
"""
_IMPORTS = "import typer, rich, duckdb"
_BARE = """
import duckdb, sys
duckdb.sql(
    "SELECT line_item_product_code, sum(line_item_unblended_cost) "
    f"FROM read_parquet('{sys.argv[1]}/**/*.parquet') {sys.argv[2]} GROUP BY 1 ORDER BY 2 DESC"
).fetchall()
"""
_IN_MONTH = (
    "WHERE line_item_usage_start_date >= TIMESTAMP '2026-09-01' "
    "AND line_item_usage_start_date < TIMESTAMP '2026-10-01'"
)
_PERIODS = {"one month": (MONTH, _IN_MONTH), "whole export": ("all", "")}


def start(scratch: Path) -> None:
    """Print how long it takes to say ``--help``."""
    ours = finops("--help", cache=scratch)
    rows = []
    for name, options, aim in (
        ("a Typer program with one command", "", "1.50"),
        ("the same, its help without Rich", "rich_markup_mode=None", ""),
    ):
        theirs = python(_TYPER.format(options=options), "--help")
        rows.append(paired("finops --help", *alternate(ours, theirs, 9), aim, name))
    show("Start", rows)


def demo(scratch: Path) -> None:
    """Print how long the demo takes, the first time and later."""
    cache = scratch / "demo"
    command = ("cost", "--source", "demo", "--as-of", "2026-11-16")
    built = repeat(finops(*command, cache=cache, fresh=_emptied(cache)), 3)
    rows = [alone("finops cost --source demo, first time", built, "3,000 ms", "builds the demo")]
    for question in (command, ("ask", "why did EC2 spike", *command[1:])):
        runs = alternate(finops(*question, cache=cache), python(_IMPORTS), 7)
        name = f"finops {question[0]} --source demo, once built"
        aim = "2.00" if question[0] == "cost" else ""
        rows.append(paired(name, *runs, aim, f"python -c '{_IMPORTS}'"))
    show("Demo", rows)


def export(scratch: Path) -> None:
    """Print what questions to a large export take: cold, warm and prepared."""
    folder = data(LARGE)
    cold, warm, ready = scratch / "cold", scratch / "warm", scratch / "ready"
    rows = []
    for name, (period, where) in _PERIODS.items():
        bare = python(_BARE, str(folder), where)
        first = _cost(folder, period, cold, _emptied(cold))
        later = _cost(folder, period, warm, _unprepared(warm))
        rows.append(paired(f"{name}, cache empty", *alternate(first, bare, 3), "", "bare DuckDB"))
        rows.append(paired(f"{name}, seen before", *alternate(later, bare, 5), "1.30", "the same"))
    show(f"finops cost --by service on {LARGE:,} rows of CUR 2.0", rows)
    prepared(folder, warm, ready)


def prepared(folder: Path, warm: Path, ready: Path) -> None:
    """Print what preparing an export takes, weighs and gains."""
    made = measure(finops("source", "prepare", str(folder), cache=ready))
    size = sum(path.stat().st_size for path in (ready / "rollups").iterdir()) / 1e6
    rows = [alone("finops source prepare, once", made, "", f"keeps {size:.1f} MB")]
    for name, (period, _) in _PERIODS.items():
        raw = _cost(folder, period, warm, _unprepared(warm))
        runs = alternate(_cost(folder, period, ready), raw, 5)
        rows.append(paired(f"cost, {name}, prepared", *runs, "0.30", "unprepared"))
    runs = alternate(_explain(folder, ready), _explain(folder, warm, _unprepared(warm)), 2)
    rows.append(paired("explain, prepared", *runs, "", "unprepared"))
    show(f"Prepared, on {LARGE:,} rows", rows)


def growth(scratch: Path) -> None:
    """Print how time and memory grow with ten times the rows."""
    small, large = data(SMALL), data(LARGE)
    rows = []
    for name, make, times in (("cost", _whole, 5), ("explain", _explain, 2)):
        one, ten = alternate(
            make(small, scratch / "one", _unprepared(scratch / "one")),
            make(large, scratch / "ten", _unprepared(scratch / "ten")),
            times,
        )
        rows.append(_grown(f"{name}, seen before", one, ten))
    show(
        f"From {SMALL:,} to {LARGE:,} rows",
        rows,
        ("", "1 M", "10 M", "time", "aim", "peak 1 M", "peak 10 M"),
    )


def _grown(name: str, one: Run, ten: Run) -> tuple[str, ...]:
    times = f"{ten.seconds / one.seconds:.1f}x"
    seconds = (f"{run.seconds * 1000:,.0f} ms" for run in (one, ten))
    return (name, *seconds, times, "10x", f"{one.peak_mb:.0f} MB", f"{ten.peak_mb:.0f} MB (500)")


def data(rows: int) -> Path:
    """Return a CUR 2.0 export of so many rows, made where there is none yet.

    ``FINOPS_BENCH_DATA`` may name a folder that holds ten million rows already.
    """
    named = os.environ.get("FINOPS_BENCH_DATA")
    if named and rows == LARGE:
        return Path(named)
    folder = Path(tempfile.gettempdir()) / f"finops-bench-{rows}"
    if not folder.is_dir():
        print(f"Generating {rows:,} rows in {folder} ...", flush=True)
        unfinished = folder.with_suffix(".part")
        shutil.rmtree(unfinished, ignore_errors=True)
        cur2 = Path(__file__).with_name("cur2.py")
        measure(
            python(
                f"import runpy; runpy.run_path({str(cur2)!r}, run_name='__main__')",
                str(unfinished),
                str(rows),
            )
        )
        unfinished.rename(folder)
    return folder


def _cost(
    folder: Path, period: str, cache: Path, fresh: Callable[[], None] = lambda: None
) -> Program:
    arguments = ("cost", "--by", "service", "--period", period, "--source", str(folder))
    return finops(*arguments, cache=cache, fresh=fresh)


def _whole(folder: Path, cache: Path, fresh: Callable[[], None] = lambda: None) -> Program:
    return _cost(folder, "all", cache, fresh)


def _explain(folder: Path, cache: Path, fresh: Callable[[], None] = lambda: None) -> Program:
    return finops("explain", "ec2", "--source", str(folder), cache=cache, fresh=fresh)


def _emptied(cache: Path) -> Callable[[], None]:
    return lambda: shutil.rmtree(cache, ignore_errors=True)


def _unprepared(cache: Path) -> Callable[[], None]:
    """Keep what is known of the files, and forget the sums that repeated questions lead to."""

    def forget() -> None:
        for kind in ("rollups", "spent"):
            shutil.rmtree(cache / kind, ignore_errors=True)

    return forget
