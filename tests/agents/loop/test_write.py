"""The supervisor agent writes over Answers and asks the other agents for more."""

import re
from dataclasses import replace
from decimal import Decimal

from tests.agents.loop.scripted import Scripted, breaks, calls, says
from tests.agents.loop.stage import REQUEST, Catalogue, Stage, answer


def test_it_writes_over_the_answers_that_it_is_given() -> None:
    stage = Stage(Scripted(supervisor=[says("Amazon S3 cost ", "1234.50 USD.")]))
    written = stage.write(missing=("The part about budgets is missing.",))
    assert written.prose.text == "Amazon S3 cost 1234.50 USD."
    assert written.trouble is None and written.answers == ()
    assert written.use.model == "scripted:one"
    assert (written.use.model_calls, written.use.tool_calls) == (1, 0)
    assert (written.use.input_tokens, written.use.output_tokens) == (100, 10)
    asked = stage.model.heard[0][1].last
    for part in (REQUEST.question, "1,234.50 USD", "2026-11-24", "budgets is missing"):
        assert part in asked


def test_what_was_answered_before_is_told_by_its_headline_and_known_to_the_check() -> None:
    stage = Stage(Scripted(supervisor=[says("It was 77.25 USD.")]))
    before = replace(answer("77.25"), question="and EC2?")
    written = stage.write(earlier=(before,))
    assert "and EC2?: Amazon S3 cost 77.25 USD" in stage.model.heard[0][1].last
    assert written.prose.matched == 2  # the Answers of the plan and of the question before


def test_what_is_written_is_told_as_it_comes() -> None:
    stage = Stage(Scripted(supervisor=[says("One ", "two ", "three.")]))
    stage.write()
    assert [event.text for event in stage.events if event.kind == "token"] == [
        "One ",
        "two ",
        "three.",
    ]


def test_an_agent_that_is_asked_calls_its_tools() -> None:
    stage = Stage(
        Scripted(
            supervisor=[
                calls(("forecast_agent", {"question": "EC2 in October?"}), before="Let me see."),
                says("It was 77.25 USD."),
            ],
            helper=[
                calls(("cost_breakdown", {"by": "service", "period": "2026-10"})),
                says("77.25 USD"),
            ],
        )
    )
    written = stage.write()
    assert written.trouble is None
    assert written.prose.text == "It was 77.25 USD."
    assert written.answers == (answer("77.25"),)
    assert written.prose.matched == 2  # the Answers of the plan and of the tool
    assert (written.use.model_calls, written.use.tool_calls) == (4, 2)
    assert [(event.kind, event.text) for event in stage.events] == [
        ("token", "Let me see."),
        ("progress", "Asking the forecast agent"),
        ("progress", "Looking at cost.breakdown by service, 2026-10"),
        ("restart", ""),
        ("token", "It was 77.25 USD."),
    ]


def test_an_agent_without_a_tool_is_not_there() -> None:
    stage = Stage(Scripted(supervisor=[says("Well.")]))
    stage.write()
    assert stage.model.asked("supervisor")[0].tools == ("forecast_agent",)


def test_a_tool_runs_with_the_defaults_of_every_command() -> None:
    stage = Stage(
        Scripted(
            supervisor=[calls(("forecast_agent", {"question": "S3?"})), says("Done.")],
            helper=[calls(("cost_breakdown", {"top": "3"})), says("77.25 USD")],
        )
    )
    stage.write()
    assert stage.catalogue.calls == [("breakdown", {"by": (), "period": "last-30d", "top": 3})]
    [result] = stage.model.asked("helper")[1].results
    assert re.match(r'<data id="\w+" kind="cost.breakdown">', result["content"][0]["text"])


def test_agents_and_tools_are_asked_side_by_side() -> None:
    asks = [("forecast_agent", {"question": f"Number {n}?"}) for n in range(3)]
    stage = Stage(
        Scripted(
            supervisor=[calls(*asks), says("Done.")],
            helper=[
                *[calls(("cost_breakdown", {"top": n}), ("anomaly_list", {})) for n in (1, 2, 3)],
                says("Found."),
            ],
        )
    )
    written = stage.write()
    assert written.trouble is None
    assert len(written.answers) == 6
    results = stage.model.asked("supervisor")[1].results
    assert [one["status"] for one in results] == ["success"] * 3


def test_each_question_to_an_agent_starts_afresh() -> None:
    stage = Stage(
        Scripted(
            supervisor=[
                calls(("forecast_agent", {"question": "One?"})),
                calls(("forecast_agent", {"question": "Two?"})),
                says("Done."),
            ],
            helper=[says("First."), says("Second.")],
        )
    )
    stage.write()
    assert [len(heard.messages) for heard in stage.model.asked("helper")] == [1, 1]


def test_a_price_is_added_up_where_it_is_known() -> None:
    model = Scripted(supervisor=[says("Done.")])
    stage = Stage(model, more={"price": lambda usage: Decimal(usage["inputTokens"]) / 1000})
    assert stage.write().use.cost == Decimal("0.1")
    assert Stage(model).write().use.cost is None


def test_a_tool_that_refuses_tells_the_model_how_to_mend_it() -> None:
    stage = Stage(
        Scripted(
            supervisor=[calls(("forecast_agent", {"question": "S3?"})), says("Done.")],
            helper=[
                calls(("cost_breakdown", {"by": "nothing"}), ("cost_trend", {})),
                says("Nothing."),
            ],
        )
    )
    assert stage.write().trouble is None
    refused, failed = stage.model.asked("helper")[1].results
    assert refused["content"] == [{"text": "No dimension 'nothing' here. Did you mean region?"}]
    assert failed["content"] == [{"text": "The tool failed: RuntimeError. Go on without it."}]


def test_an_agent_that_fails_does_not_sink_the_answer() -> None:
    stage = Stage(
        Scripted(
            supervisor=[calls(("forecast_agent", {"question": "S3?"})), says("Without it.")],
            helper=[breaks(ValueError("no"))],
        )
    )
    written = stage.write()
    assert written.prose.text == "Without it."
    said = stage.model.asked("supervisor")[1].results[0]
    assert said["status"] == "error"
    assert said["content"] == [{"text": "The model failed: ValueError. Try again."}]


def test_a_tool_that_cannot_be_described_is_not_offered() -> None:
    catalogue = Catalogue()
    tools = {**catalogue.tools(), "cost.trend": 7}
    stage = Stage(
        Scripted(
            supervisor=[calls(("forecast_agent", {"question": "S3?"})), says("Done.")],
            helper=[says("Five.")],
        )
    )
    replace(stage.assistant, tools=lambda: tools).write(REQUEST)
    assert stage.model.asked("helper")[0].tools == ("cost_breakdown", "anomaly_list")
