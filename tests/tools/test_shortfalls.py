"""What an answer lacks is told with it, and what all lack with each of them."""

from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.domain.source import Meter, Shortfall
from finops_cli.tools.shortfalls import telling_shortfalls

LEFT_OUT = Shortfall("data is left out.", 5, "not every account could be read", lasting=True)
NO_DAY = Shortfall("These figures lack a day.", 6, "spend cap reached")


def _answer() -> Answer:
    return Answer(Sentence("A bill"), Provenance(source="fake"), warnings=("A note.",))


def test_nothing_is_told_where_nothing_lacks() -> None:
    assert telling_shortfalls(_answer, Meter())() == _answer()


def test_what_lacked_before_the_first_answer_is_told_with_every_answer() -> None:
    tool = telling_shortfalls(_answer, Meter(shortfalls=[LEFT_OUT]))
    for answer in (tool(), tool()):
        assert answer.warnings == ("data is left out.", "A note.")
        assert (answer.exit.code, answer.exit.reason) == (5, "not every account could be read")


def test_what_one_answer_lacks_is_told_with_that_one() -> None:
    meter = Meter()

    def tool() -> Answer:
        meter.shortfalls.append(NO_DAY)
        return _answer()

    first = telling_shortfalls(tool, meter)()
    assert (first.warnings, first.exit.code) == (("These figures lack a day.", "A note."), 6)
    assert telling_shortfalls(_answer, meter)() == _answer()
