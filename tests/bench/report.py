"""The tables that ``make bench`` prints: ours, theirs, the ratio, and what the project aims at."""

from collections.abc import Sequence

from tests.bench.processes import Run

HEAD = ("", "finops", "against", "ratio", "aim", "peak", "")


def paired(name: str, ours: Run, theirs: Run, aim: str, against: str) -> tuple[str, ...]:
    """Return the row of a pair: their times, ratio and our peak memory."""
    ratio = ours.seconds / theirs.seconds
    return (
        name,
        _ms(ours),
        _ms(theirs),
        f"{ratio:.2f}",
        aim,
        f"{ours.peak_mb:.0f} MB",
        f"against {against}",
    )


def alone(name: str, run: Run, aim: str = "", note: str = "") -> tuple[str, ...]:
    """Return the row of something measured for its own sake."""
    return (name, _ms(run), "", "", aim, f"{run.peak_mb:.0f} MB", note)


def show(title: str, rows: Sequence[tuple[str, ...]], head: tuple[str, ...] = HEAD) -> None:
    """Print one table."""
    widths = [max(len(row[i]) for row in (head, *rows)) for i in range(len(head))]
    print(f"\n{title}")
    for row in (head, *rows):
        cells = [
            cell.ljust(width) if i in (0, len(head) - 1) else cell.rjust(width)
            for i, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        print("  " + "  ".join(cells).rstrip(), flush=True)


def _ms(run: Run) -> str:
    return f"{run.seconds * 1000:,.0f} ms"
