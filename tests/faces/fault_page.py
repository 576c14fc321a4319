"""A page of the docs that lists faults is what their tests expect: a page that is wrong fails them.

A line of such a table is a fault, what is seen, the exit code, and what mends it. What stands
between “ and ” is said word for word.
"""

import functools
import re
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.faces.seen import Seen

_DOCS = Path(__file__).parents[2] / "docs"
_QUOTED = re.compile("“(.+?)”")
_NAMED = re.compile(r'@fault\(\s*"(.+?)"\s*\)', re.S)


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
def rows(page: str) -> dict[str, Row]:
    """Return the lines of a page by their faults."""
    found = {}
    for line in (_DOCS / page).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("| ").split(" | ")]
        if len(cells) == 4 and cells[2].isdigit():
            assert cells[0] not in found, f"twice on the page: {cells[0]}"
            found[cells[0]] = Row(cells[0], cells[1], int(cells[2]), cells[3])
    return found


def faults_of(page: str) -> Callable[[str], Callable[[Callable[..., Seen]], Callable[..., None]]]:
    """Return what holds what a test's last command left to the line that a page has for a fault."""

    def fault(name: str) -> Callable[[Callable[..., Seen]], Callable[..., None]]:
        def held(test: Callable[..., Seen]) -> Callable[..., None]:
            @functools.wraps(test)
            def run(**fixtures: Any) -> None:
                seen, row = test(**fixtures), rows(page)[name]
                missing = [sentence for sentence in row.sentences if not seen.says(sentence)]
                assert not missing, f"not said: {missing}; but: {seen.text}"
                assert seen.code == row.code

            return run

        return held

    return fault


def faults_in(folder: Path) -> list[str]:
    """Return the faults that the tests of a folder are for."""
    return [
        name
        for file in sorted(folder.glob("test_*.py"))
        for name in _NAMED.findall(file.read_text(encoding="utf-8"))
    ]
