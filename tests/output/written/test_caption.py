"""The caption says who wrote, and how the figures were checked."""

from finops_cli.domain.prose import Prose, Unmatched
from finops_cli.output.notation import Notation
from finops_cli.output.written.caption import caption, warning
from tests.output.written.texts import PROSE, USE


def test_who_wrote_and_what_was_found() -> None:
    assert caption(PROSE, USE, Notation()) == (
        "Written by bedrock:anthropic.claude-haiku-4-5; figures checked: 12 found, 2 not"
    )


def test_without_a_name_or_figures() -> None:
    assert caption(Prose("x"), None, Notation()) == (
        "Written by a language model; no figures to check"
    )


def test_how_many_are_doubted() -> None:
    one = Unmatched("$5", 0, 2)
    assert warning(Prose("x", 3)) == ""
    assert warning(Prose("x", 3, (one,))).startswith("One figure that the model wrote is not")
    assert warning(PROSE).startswith("2 figures that the model wrote are not")
