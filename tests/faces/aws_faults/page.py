"""docs/faults.md is what the tests of faults expect: a page that is wrong fails them."""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.faces.aws_faults.live import Live, Seen

FILE = Path(__file__).parents[3] / "docs" / "faults.md"
_QUOTED = re.compile("“(.+?)”")


@dataclass(frozen=True)
class Row:
    """A line of the page."""

    fault: str
    seen: str
    code: int
    mended: str

    @property
    def sentences(self) -> list[str]:
        """What the program itself says, which the page quotes."""
        return _QUOTED.findall(f"{self.seen} {self.mended}")


@functools.cache
def rows() -> dict[str, Row]:
    """Return the lines of the page by their faults."""
    found = {}
    for line in FILE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) == 4 and cells[2].isdigit():
            assert cells[0] not in found, f"twice on the page: {cells[0]}"
            found[cells[0]] = Row(cells[0], cells[1], int(cells[2]), cells[3])
    return found


def fault(name: str) -> Callable[[Callable[[Live], Seen]], Callable[[Live], None]]:
    """Hold what a test's last command left to the line that the page has for a fault."""

    def held(test: Callable[[Live], Seen]) -> Callable[[Live], None]:
        @functools.wraps(test)
        def run(live: Live) -> None:
            seen = test(live)
            row = rows()[name]
            missing = [sentence for sentence in row.sentences if not seen.says(sentence)]
            assert not missing, f"not said: {missing}; but: {seen.text}"
            assert seen.code == row.code

        return run

    return held
