"""Sentences: figures are values, never templates or markup."""

from datetime import date
from decimal import Decimal as D

import pytest

from finops_cli.domain.answer import Figure, Kind, Sentence
from finops_cli.output import prose
from finops_cli.output.notation import Notation

NOTATION = Notation(2026, "USD")


def test_figures_go_where_they_are_named() -> None:
    sentence = Sentence(
        "**{name}** cost {cost} on {day} (`{name}`).",
        (
            Figure("name", "a_b*"),
            Figure("cost", D("12.5"), Kind.MONEY),
            Figure("day", date(2026, 11, 9), Kind.DATE),
        ),
    )
    assert prose.text(sentence, NOTATION) == "a_b* cost $12.50 on Nov 9 (a_b*)."
    assert prose.markdown(sentence, NOTATION) == r"**a_b\*** cost $12.50 on Nov 9 (`a_b*`)."


def test_a_figure_is_not_read_as_a_template() -> None:
    sentence = Sentence("{a}{b}", (Figure("a", "{b} **x**"), Figure("b", "`y`")))
    assert prose.text(sentence, NOTATION) == "{b} **x**`y`"
    assert prose.markdown(sentence, NOTATION) == r"{b} \*\*x\*\*\`y\`"


def test_strong_code_is_nested_the_right_way_round() -> None:
    assert prose.markdown(Sentence("a **`b`** c"), NOTATION) == "a **`b`** c"
    assert prose.text(Sentence("a **`b`** c * d"), NOTATION) == "a b c * d"


def test_a_missing_figure_is_our_mistake_and_is_said() -> None:
    with pytest.raises(ValueError, match="'nobody'"):
        prose.text(Sentence("{nobody}"), NOTATION)


def test_ascii_words() -> None:
    sentence = Sentence("a – b … {x}", (Figure("x", "é→"),))
    assert prose.text(sentence, Notation(unicode=False)) == "a - b ... ?->"


@pytest.mark.parametrize(
    ("figure", "expected"),
    [
        (Figure("x", None, Kind.MONEY), "–"),
        (Figure("x", None), "–"),
        (Figure("x", D("NaN"), Kind.MONEY), "–"),
        (Figure("x", D("Infinity"), Kind.SHARE), "–"),
        (Figure("x", 1204, Kind.COUNT), "1,204"),
        (Figure("x", D("12.50"), Kind.QUANTITY, "GB-Mo"), "12.5 GB-Mo"),
        (Figure("x", D("12.50"), Kind.QUANTITY), "12.5"),
        (Figure("x", date(2026, 10, 1), Kind.MONTH), "Oct 2026"),
        (Figure("x", D("3"), Kind.MONEY, "\x1b[2J"), "\ufffd[2J 3.00"),
        (Figure("x", D("3"), Kind.MONEY, "EUR"), "€3.00"),
    ],
)
def test_each_kind_of_figure(figure: Figure, expected: str) -> None:
    assert NOTATION.figure(figure) == expected


def test_amounts_in_ascii_name_their_currency() -> None:
    figure = Figure("x", D("3"), Kind.MONEY, "EUR")
    assert Notation(unicode=False).figure(figure) == "EUR 3.00"
