from dataclasses import replace
from datetime import date
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
from finops_cli.domain.period import Period
from finops_cli.supervisor.joining import join

OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
YEAR = Period(date(2026, 1, 1), date(2027, 1, 1))


def _answer(name: str, queries: int, code: int = 0, severity: Severity = Severity.INFO) -> Answer:
    return Answer(
        title=Sentence(f"{name} title"),
        summary=(Sentence(f"{name} summary"),),
        provenance=Provenance("fake", OCTOBER, queries=queries),
        findings=(Finding(severity, Sentence(f"{name} finding")),),
        tables=(Table(name, (Column("cost", Kind.MONEY),), ((Decimal(1),),)),),
        warnings=("shared",),
        next=(f"finops {name}", "finops more"),
        exit=Exit(code, name),
    )


def test_one_answer_stays_as_it_is() -> None:
    one = _answer("cost", 2)
    assert join([one]) is one


def test_the_headlines_come_first() -> None:
    joined = join([_answer("cost", 2), _answer("forecast", 5), _answer("anomaly", 1)])
    assert joined.title.template == "cost title"
    assert [one.template for one in joined.summary] == ["forecast title", "anomaly title"]


def test_each_part_keeps_all_that_it_says_but_what_is_said_once_for_all() -> None:
    answers = [_answer("cost", 2), _answer("forecast", 5, code=3)]
    joined = join(answers)
    assert joined.parts == tuple(replace(one, warnings=(), exit=Exit()) for one in answers)
    assert joined.warnings == ("shared",)
    assert joined.next == ("finops cost", "finops forecast")
    assert (joined.exit.code, joined.provenance.queries) == (3, 5)


def test_what_cannot_wait_stands_in_the_summary_too() -> None:
    grave = _answer("anomaly", 1, severity=Severity.CRITICAL)
    joined = join([_answer("cost", 2), grave])
    assert joined.findings == grave.findings
    assert [part.findings[0].text.template for part in joined.parts] == [
        "cost finding",
        "anomaly finding",
    ]


def test_a_period_is_told_for_all_only_where_it_is_that_of_all() -> None:
    cost, forecast = _answer("cost", 2), _answer("forecast", 5)
    assert join([cost, forecast]).provenance.period == OCTOBER
    other = replace(forecast, provenance=replace(forecast.provenance, period=YEAR))
    assert join([cost, other]).provenance.period is None
