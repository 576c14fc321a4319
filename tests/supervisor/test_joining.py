from decimal import Decimal

from finops_cli.domain.answer import (
    Answer,
    Column,
    Exit,
    Finding,
    Kind,
    Provenance,
    Sentence,
    Severity,
    Table,
)
from finops_cli.supervisor.joining import join


def _answer(name: str, queries: int, code: int = 0) -> Answer:
    return Answer(
        title=Sentence(f"{name} title"),
        summary=(Sentence(f"{name} summary"),),
        provenance=Provenance("fake", queries=queries),
        findings=(Finding(Severity.INFO, Sentence(f"{name} finding")),),
        tables=(Table(name, (Column("cost", Kind.MONEY),), ((Decimal(1),),)),),
        warnings=("shared",),
        next=("finops cost", f"finops {name}"),
        exit=Exit(code, name),
    )


def test_one_answer_stays_as_it_is() -> None:
    one = _answer("cost", 2)
    assert join([one]) is one


def test_several_keep_all_that_they_say_and_repeat_nothing() -> None:
    joined = join([_answer("cost", 2), _answer("forecast", 5, code=3)])
    assert joined.title.template == "cost title"
    said = [one.template for one in joined.summary]
    assert said == ["cost summary", "forecast title", "forecast summary"]
    assert [table.name for table in joined.tables] == ["cost", "forecast"]
    assert [f.text.template for f in joined.findings] == ["cost finding", "forecast finding"]
    assert joined.warnings == ("shared",)
    assert joined.next == ("finops cost", "finops forecast")
    assert (joined.exit.code, joined.provenance.queries) == (3, 5)
