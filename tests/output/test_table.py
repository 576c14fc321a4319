"""Prose in tables: broken over lines where the room is short, whole everywhere."""

import pytest

from finops_cli.domain.answer import Answer, Column, Kind, Provenance, Sentence, Table
from finops_cli.output import Style, render

SAYS = "The quick brown fox jumps over the lazy dog, and over the cat as well."
MENDS = "finops config set animals fewer"


def shown(width: int, form: str = "terminal", fix: str = MENDS) -> str:
    columns = (
        Column("check", Kind.TEXT),
        Column("what", Kind.TEXT, prose=True),
        Column("fix", Kind.TEXT, prose=True),
    )
    table = Table("Checks", columns, (("animals", SAYS, fix), ("plants", "Fine.", "")))
    answer = Answer(Sentence("Looked."), Provenance("setup"), tables=(table,))
    return render(answer, Style(form, width, color=False, unicode=True))  # type: ignore[arg-type]


def test_with_room_all_stands_on_one_line() -> None:
    (line,) = (line for line in shown(140).splitlines() if "animals" in line)
    assert SAYS in line and line.endswith(MENDS)


def test_without_room_prose_is_broken_under_its_column_and_the_next_told_below() -> None:
    lines = shown(60).splitlines()
    assert lines[2:8] == [
        "  check    what",
        "  animals  The quick brown fox jumps over the lazy dog, and",
        "           over the cat as well.",
        "           finops config set animals fewer",
        "  plants   Fine.",
        "",
    ]


@pytest.mark.parametrize("width", [30, 36, 50, 80, 139])
def test_no_word_is_lost_at_any_width(width: int) -> None:
    text = shown(width)
    assert "…" not in text
    words = " ".join(text.split())
    assert all(word in words for word in (*SAYS.split(), *MENDS.split()))


def test_an_empty_cell_takes_no_line() -> None:
    assert "–" not in shown(60, fix="")


def test_markdown_does_not_fill_prose_up() -> None:
    (plants,) = (one for one in shown(80, "markdown").splitlines() if "plants" in one)
    assert len(plants) < len(SAYS)


def test_a_state_has_the_colour_of_what_it_says() -> None:
    columns = (Column("check", Kind.TEXT), Column("state", Kind.TEXT))
    table = Table("Checks", columns, (("a", "ok"), ("b", "failed"), ("c", "odd")))
    answer = Answer(Sentence("Looked."), Provenance("setup"), tables=(table,))
    text = render(answer, Style("terminal", 60, color=True, unicode=True))
    assert "\x1b[32mok\x1b[0m" in text and "\x1b[1;31mfailed\x1b[0m" in text
    assert "c      odd" in text
