"""The page of faults has a test for each line, and a line for each test."""

import re
from pathlib import Path

from tests.faces.aws_faults.page import rows

_NAMED = re.compile(r'@fault\(\s*"(.+?)"\s*\)', re.S)


def test_every_line_is_tested_once() -> None:
    tested = [
        name
        for file in sorted(Path(__file__).parent.glob("test_*.py"))
        for name in _NAMED.findall(file.read_text(encoding="utf-8"))
    ]
    assert sorted(tested) == sorted(rows())


def test_every_line_quotes_what_is_said() -> None:
    assert [row.fault for row in rows().values() if not row.sentences] == []
