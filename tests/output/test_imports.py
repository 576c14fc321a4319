"""Rich is loaded for the terminal and for nothing else, markdown-it where a model has written."""

import subprocess
import sys

import pytest

PROGRAM = """
import sys
from datetime import date
from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.errors import FinopsError
from finops_cli.output import Style, render, render_error
style = Style(format=sys.argv[1])
render(Answer(Sentence("x"), Provenance("demo")), style)
render_error(FinopsError("x"), style)
print(",".join(sorted(sys.modules)))
"""


def loaded(form: str) -> set[str]:
    command = [sys.executable, "-c", PROGRAM, form]
    return set(
        subprocess.run(command, check=True, capture_output=True, text=True).stdout.split(",")
    )


@pytest.mark.parametrize("form", ["markdown", "json"])
def test_other_forms_leave_rich_alone(form: str) -> None:
    assert not {name for name in loaded(form) if name.split(".")[0] == "rich"}


def test_a_terminal_without_colour_needs_no_console() -> None:
    assert "rich.cells" in loaded("terminal")
    assert "rich.console" not in loaded("terminal")


@pytest.mark.parametrize("form", ["terminal", "markdown", "json"])
def test_without_a_model_nothing_is_parsed(form: str) -> None:
    assert "markdown_it" not in loaded(form)
