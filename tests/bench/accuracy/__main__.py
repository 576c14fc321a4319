"""``make bench-accuracy``: how far off forecasts are and what anomalies are found, measured.

Needs the public series and the simulator, which are not part of this project: name the folder that
holds them (``data/series``, ``bench/costsim.py``). With ``--write`` the tables also replace those
of docs/accuracy.md.
"""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

from tests.bench.accuracy.anomalies import tables as anomalies
from tests.bench.accuracy.bills import tables as bills
from tests.bench.accuracy.series import tables as series
from tests.bench.accuracy.table import Table, markdown, text

PAGE = Path(__file__).parents[3] / "docs" / "accuracy.md"
PARTS: dict[str, Callable[[Path], list[Table]]] = {
    "bills": bills,
    "series": series,
    "anomalies": anomalies,
}


def main() -> int:
    """Print the tables of the parts named, all of them where none is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("data", type=Path, help="the folder with data/series and bench/costsim.py")
    parser.add_argument("parts", nargs="*", help=f"of {', '.join(PARTS)}")
    parser.add_argument("--write", action="store_true", help="write docs/accuracy.md as well")
    wanted = parser.parse_args()
    if not (wanted.data / "bench" / "costsim.py").is_file():
        print(f"{wanted.data} holds no bench/costsim.py: name the folder with SHARED=…")
        return 2
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name in wanted.parts or PARTS:
        tables = PARTS[name](wanted.data)
        print("\n".join(map(text, tables)), flush=True)
        if wanted.write:
            _write(name, tables)
    return 0


def _write(name: str, tables: list[Table]) -> None:
    head, tail = f"<!-- measured: {name} -->\n", f"<!-- end of {name} -->"
    page = PAGE.read_text(encoding="utf-8")
    before, _, rest = page.partition(head)
    _, _, after = rest.partition(tail)
    body = "\n".join(map(markdown, tables))
    PAGE.write_text(f"{before}{head}\n{body}\n{tail}{after}", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
