"""The page of a model's faults has a test for each line, and a line for each test."""

from pathlib import Path

from tests.faces.fault_page import faults_in, rows
from tests.faces.model_faults.page import PAGE


def test_every_line_is_tested_once() -> None:
    assert sorted(faults_in(Path(__file__).parent)) == sorted(rows(PAGE))


def test_every_line_quotes_what_is_said() -> None:
    assert [row.fault for row in rows(PAGE).values() if not row.sentences] == []
