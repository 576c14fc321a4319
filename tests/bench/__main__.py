"""``make bench``: every table in one run, nothing asserted.

Ratios are medians of whole processes that take turns; absolute figures are this machine's alone.
Name tables to print only these: ``python -m tests.bench start demo``.
"""

import os
import platform
import sys
import tempfile
from pathlib import Path

from tests.bench.ahead import ahead, watch
from tests.bench.cases import demo, export, growth, start
from tests.bench.kills import kills
from tests.bench.live import organisation, together, warm
from tests.bench.questions import questions
from tests.bench.routing import routing

TABLES = {
    "start": start,
    "router": routing,
    "demo": demo,
    "export": export,
    "growth": growth,
    "ahead": ahead,
    "watch": watch,
    "kills": kills,
    "questions": questions,
    "warm": warm,
    "organisation": organisation,
    "together": together,
}


def main() -> None:
    """Print the tables named on the command line, all of them where none is."""
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.system()}")
    with tempfile.TemporaryDirectory(prefix="finops-bench-") as scratch:
        for name in sys.argv[1:] or TABLES:
            TABLES[name](Path(scratch))


if __name__ == "__main__":
    main()
