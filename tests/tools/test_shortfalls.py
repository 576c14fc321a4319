"""What an answer lacks is told with it, and what all lack with each of them."""

from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.domain.source import Meter, Shortfall
from finops_cli.tools.shortfalls import telling_shortfalls

LEFT_OUT = Shortfall("data is left out.", 5, "not every account could be read", lasting=True)
NOT_SPLIT = Shortfall("One region is not split.", 6, "spend cap reached")


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
        meter.shortfalls.append(NOT_SPLIT)
        return _answer()

    first = telling_shortfalls(tool, meter)()
    assert (first.warnings, first.exit.code) == (("One region is not split.", "A note."), 6)
    assert telling_shortfalls(_answer, meter)() == _answer()


def test_a_headline_over_missing_days_cannot_be_taken_for_the_whole() -> None:
    lacking = Shortfall("These figures lack a day.", 5, "no_answer", incomplete=True)
    meter = Meter()

    def tool() -> Answer:
        meter.shortfalls.append(lacking)
        return _answer()

    assert telling_shortfalls(tool, meter)().title.template == "Incomplete, see the note: A bill"
