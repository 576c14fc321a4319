"""Steps side by side: one failure never sinks the others."""

import threading
from collections.abc import Callable, Mapping
from datetime import date

import pytest

from finops_cli.domain.answer import Answer, Exit, Provenance, Sentence
from finops_cli.domain.period import Calendar
from finops_cli.domain.plan import Plan, Step
from finops_cli.errors import Denied, FinopsError, NoHistory
from finops_cli.supervisor import Supervisor, Tool

TODAY = date(2026, 11, 15)
STEPS = Plan((Step("cost.summary"), Step("forecast.spend"), Step("anomaly.list")))


def said(words: str, code: int = 0) -> Callable[..., Answer]:
    return lambda **_: Answer(Sentence(words), Provenance("fake"), exit=Exit(code, words))


def failing(error: BaseException) -> Callable[..., Answer]:
    def tool(**_: object) -> Answer:
        raise error

    return tool


def run(tools: Mapping[str, Tool]) -> Answer:
    return Supervisor(lambda: tools, lambda: Calendar.of(TODAY), TODAY).run(STEPS)


def test_a_failure_is_named_and_the_rest_is_shown() -> None:
    denied = Denied("Not allowed: ce:GetCostForecast is needed.", "finops iam-policy")
    answer = run(
        {
            "cost.summary": said("costs"),
            "forecast.spend": failing(denied),
            "anomaly.list": said("events", 3),
        }
    )
    assert answer.title.template == "costs"
    assert [one.template for one in answer.summary] == ["events"]
    assert answer.exit.code == 5
    (warning,) = answer.warnings
    assert warning.startswith("The part about forecasts is missing: Not allowed")
    assert "finops iam-policy" in warning


def test_the_first_that_could_be_answered_leads() -> None:
    tools = dict.fromkeys(("cost.summary", "anomaly.list"), failing(NoHistory("Too young.")))
    answer = run({**tools, "forecast.spend": said("ahead")})
    assert answer.title.template == "ahead"
    assert [text.split(" is ")[0] for text in answer.warnings] == [
        "The part about costs",
        "The part about anomalies",
    ]


def test_where_all_fail_the_first_failure_is_the_answer() -> None:
    names = [step.tool for step in STEPS.steps]
    with pytest.raises(NoHistory, match="cost.summary"):
        run({name: failing(NoHistory(name)) for name in names})


def test_a_fault_of_ours_sinks_nothing_and_is_not_hidden() -> None:
    tools = {step.tool: said("fine") for step in STEPS.steps}
    answer = run({**tools, "anomaly.list": failing(ZeroDivisionError("oops"))})
    assert answer.warnings[0].startswith(
        "The part about anomalies is missing: something went wrong inside finops, "
        "ZeroDivisionError: oops."
    )
    assert answer.exit.code == 5
    with pytest.raises(KeyboardInterrupt):
        run({**tools, "anomaly.list": failing(KeyboardInterrupt())})


def test_steps_run_at_the_same_time() -> None:
    together = threading.Barrier(3, timeout=20)

    def tool(**_: object) -> Answer:
        together.wait()  # nobody passes before all three are here
        return Answer(Sentence("met"), Provenance("fake"))

    answer = run({step.tool: tool for step in STEPS.steps})
    assert answer.title.template == "met"


def test_one_step_alone_fails_as_it_does() -> None:
    supervisor = Supervisor(
        lambda: {"cost.summary": failing(FinopsError("no"))}, lambda: Calendar.of(TODAY), TODAY
    )
    with pytest.raises(FinopsError, match="no"):
        supervisor.run(Plan((Step("cost.summary"),)))
