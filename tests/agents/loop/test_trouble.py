"""Whatever goes wrong, ``write`` returns what is there and says what ended it."""

import asyncio
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from finops_cli.agents.loop.limits import Allowance
from finops_cli.agents.model.setting import Limits
from finops_cli.domain.answer import Column, Kind, Table
from finops_cli.domain.prose import Prose
from finops_cli.errors import Interrupted, ModelLimit, ModelLoop, NoReply, SetupError
from tests.agents.loop.scripted import (
    Line,
    Scripted,
    breaks,
    calls,
    hangs,
    interrupt,
    says,
    trails_off,
)
from tests.agents.loop.stage import REQUEST, Stage, answer


def ask(question: str = "S3?") -> Line:
    return calls(("forecast_agent", {"question": question}))


@pytest.fixture(autouse=True)
def no_thread_is_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert not [one for one in threading.enumerate() if one not in before and one.is_alive()]


def test_a_model_that_fails_at_once() -> None:
    written = Stage(Scripted(supervisor=[breaks(ValueError("key 123"))])).write()
    assert written.prose is None
    assert written.trouble.message == "The model failed: ValueError."
    assert written.use.model_calls == 1


def test_a_model_that_cannot_be_made() -> None:
    def model() -> Any:
        raise SetupError("The package is missing.", "Install it.")

    written = replace(Stage(Scripted()).assistant, model=model).write(REQUEST)
    assert written.trouble.message == "The package is missing."
    assert written.prose is None


def test_a_throttled_request_is_sent_once_more() -> None:
    from strands.types.exceptions import ModelThrottledException

    busy = breaks(ModelThrottledException("busy"))
    stage = Stage(Scripted(supervisor=[busy, says("Done.")]))
    written = stage.write()
    assert written.prose.text == "Done." and written.trouble is None
    assert written.use.model_calls == 2
    written = Stage(Scripted(supervisor=[busy])).write()
    assert written.use.model_calls == 2
    assert written.trouble.message == "The model failed: ModelThrottledException."


def test_a_throttled_stream_takes_its_words_back() -> None:
    from strands.types.exceptions import ModelThrottledException

    busy = breaks(ModelThrottledException("busy"), "Once. ")
    stage = Stage(Scripted(supervisor=[busy, says("Twice.")]))
    assert stage.write().prose.text == "Twice."
    assert [event.kind for event in stage.events] == ["token", "restart", "token"]


@pytest.mark.parametrize("line", [says(), says("  \n")])
def test_an_empty_reply(line: Line) -> None:
    written = Stage(Scripted(supervisor=[line])).write()
    assert written.prose is None and isinstance(written.trouble, NoReply)


def test_a_stream_that_breaks_half_way_is_kept_up_to_its_last_whole_sentence() -> None:
    line = breaks(ConnectionError("gone"), "S3 cost $5. EC2 co", "st $1,2")
    written = Stage(Scripted(supervisor=[line])).write()
    assert written.prose.text == "S3 cost $5."
    assert written.trouble.message == "The model failed: ConnectionError."


def test_a_stream_that_breaks_before_a_whole_sentence_is_dropped() -> None:
    written = Stage(Scripted(supervisor=[breaks(ConnectionError("gone"), "S3 cost $1,2")])).write()
    assert written.prose is None


def test_a_stream_that_trails_off_is_no_whole_text() -> None:
    written = Stage(Scripted(supervisor=[trails_off("Well. And th")])).write()
    assert written.prose.text == "Well."
    assert isinstance(written.trouble, NoReply)


def test_a_text_that_reaches_its_length_is_kept_and_said_to_end_early() -> None:
    written = Stage(Scripted(supervisor=[says("Well. And th", stop="max_tokens")])).write()
    assert written.prose.text == "Well."
    assert written.trouble.message == "The model failed: MaxTokensReachedException."


def test_a_text_that_a_filter_stopped() -> None:
    written = Stage(Scripted(supervisor=[says("Well. No", stop="content_filtered")])).write()
    assert written.prose.text == "Well."
    assert "content_filtered" in written.trouble.message


def test_the_models_home_says_what_is_wrong_with_a_reply() -> None:
    def unusable(stop: str, text: str) -> SetupError | None:
        return SetupError(f"{stop}: {text!r}") if not text else None

    more = {"unusable": unusable}
    assert Stage(Scripted(supervisor=[says("Well.")]), more=more).write().trouble is None
    written = Stage(Scripted(supervisor=[says()]), more=more).write()
    assert written.trouble.message == "end_turn: ''"


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ('{"by": "serv', "no JSON object"),
        ("[1, 2]", "no JSON object"),
        ({"wrong": 1}, "There is no argument 'wrong'."),
        ({"top": "many"}, "top is a whole number, not 'many'."),
        ({"granularity": "hourly"}, "Choose from: daily, monthly."),
    ],
)
def test_malformed_arguments_are_refused_with_a_sentence(given: Any, said: str) -> None:
    model = Scripted(
        supervisor=[ask(), says("Done.")],
        helper=[calls(("cost_breakdown", given)), says("No.")],
    )
    stage = Stage(model)
    assert stage.write().trouble is None
    [result] = model.asked("helper")[1].results
    assert result["status"] == "error"
    assert said in result["content"][0]["text"]
    assert stage.catalogue.calls == []


def test_malformed_arguments_of_an_agent() -> None:
    model = Scripted(supervisor=[calls(("forecast_agent", "{")), says("Done.")])
    assert Stage(model).write().prose.text == "Done."
    assert "no JSON object" in model.asked("supervisor")[1].last


def test_an_unknown_tool_is_told_which_there_are() -> None:
    model = Scripted(supervisor=[calls(("delete_all", {})), says("Done.")])
    assert Stage(model).write().trouble is None
    assert "There are: forecast_agent." in model.asked("supervisor")[1].last


def test_a_loop_is_told_once_and_then_stopped() -> None:
    model = Scripted(supervisor=[ask()], helper=[calls(("cost_breakdown", {"top": 5}))])
    stage = Stage(model)
    written = stage.write()
    assert isinstance(written.trouble, ModelLoop)
    assert "cost_breakdown" in written.trouble.message
    assert len(stage.catalogue.calls) == 2
    said = [one["content"][0]["text"] for heard in model.asked("helper") for one in heard.results]
    assert sum("use what it answered" in text for text in said) == 1


def test_a_supervisor_that_asks_the_same_over_and_over() -> None:
    written = Stage(Scripted(supervisor=[ask()], helper=[says("Five.")])).write()
    assert isinstance(written.trouble, ModelLoop)
    assert written.prose is None


def numbered(role: str) -> Line:
    """Call with other arguments each time."""
    count = iter(range(1000))

    async def line(heard: Any) -> Any:
        name = "forecast_agent" if role == "supervisor" else "cost_breakdown"
        given = {"question": f"{next(count)}?"} if role == "supervisor" else {"top": next(count)}
        async for event in calls((name, given))(heard):
            yield event

    return line


def test_the_limit_of_requests_leaves_the_supervisor_one_to_write() -> None:
    model = Scripted(supervisor=[ask(), says("Enough.")], helper=[numbered("helper")])
    stage = Stage(model, limits=Limits(model_calls=4))
    written = stage.write()
    assert written.prose.text == "Enough."
    assert isinstance(written.trouble, ModelLimit)
    assert "max_model_calls" in written.trouble.hint
    assert written.use.model_calls == 4
    assert len(stage.catalogue.calls) == 2


def test_the_limit_of_requests_holds_for_the_supervisor_too() -> None:
    model = Scripted(supervisor=[numbered("supervisor")], helper=[says("Five.")])
    written = Stage(model, limits=Limits(model_calls=3)).write()
    assert written.prose is None and isinstance(written.trouble, ModelLimit)
    assert len(model.heard) == written.use.model_calls == 3


def test_what_is_said_before_a_tool_is_called_is_no_answer() -> None:
    look = calls(("forecast_agent", {"question": "S3?"}), before="Let me see.")
    stage = Stage(Scripted(supervisor=[look], helper=[says("x")]), limits=Limits(model_calls=1))
    written = stage.write()
    assert written.prose is None and isinstance(written.trouble, ModelLimit)


def test_cached_tokens_are_read_too() -> None:
    apart = {"inputTokens": 10, "outputTokens": 5, "totalTokens": 115}
    within = {"inputTokens": 110, "outputTokens": 5, "totalTokens": 115}
    for usage in (apart, within):
        allowance = Allowance(Limits(), lambda usage: None)
        allowance.took({**usage, "cacheReadInputTokens": 70, "cacheWriteInputTokens": 30})
        assert allowance.use("x").input_tokens == 110


def test_the_limit_of_tools_lets_the_model_write_from_what_it_has() -> None:
    model = Scripted(
        supervisor=[ask(), says("Enough.")],
        helper=[numbered("helper"), numbered("helper"), says("So far.")],
    )
    stage = Stage(model, limits=Limits(tool_calls=2))
    written = stage.write()
    assert written.prose.text == "Enough."
    assert "2 tools" in written.trouble.message
    assert len(stage.catalogue.calls) == 1


def test_who_calls_on_past_the_limit_of_tools_is_stopped() -> None:
    model = Scripted(supervisor=[numbered("supervisor")], helper=[says("Five.")])
    written = Stage(model, limits=Limits(tool_calls=1)).write()
    assert written.prose is None and "1 tools" in written.trouble.message
    assert len(model.asked("supervisor")) < 15


def test_the_limit_of_tokens() -> None:
    model = Scripted(supervisor=[ask(), says("Done.")], helper=[says("x", tokens=(900, 100))])
    written = Stage(model, limits=Limits(tokens=1000)).write()
    assert written.prose is None and "1,000 tokens" in written.trouble.message
    assert written.use.input_tokens == 1000
    assert len(model.asked("supervisor")) == 1


def test_the_limit_of_dollars() -> None:
    model = Scripted(supervisor=[ask(), says("Done.")], helper=[says("Five.")])
    price = {"price": lambda usage: Decimal("0.10")}
    written = Stage(model, limits=Limits(cost=Decimal("0.20")), more=price).write()
    assert written.prose is None and "$0.20" in written.trouble.message
    assert written.use.cost == Decimal("0.20")


def test_the_limit_of_seconds_before_the_next_request() -> None:
    now = [0.0]

    async def slow(heard: Any) -> Any:
        now[0] += 61
        async for event in says("Five.")(heard):
            yield event

    model = Scripted(supervisor=[ask(), says("Done.")], helper=[slow])
    written = Stage(model, limits=Limits(seconds=60), more={"clock": lambda: now[0]}).write()
    assert written.prose is None and "60 seconds" in written.trouble.message


def test_the_limit_of_seconds_holds_against_a_model_that_never_answers() -> None:
    written = Stage(Scripted(supervisor=[hangs()]), limits=Limits(seconds=0.05)).write()
    assert written.prose is None and "0.05 seconds" in written.trouble.message


def test_what_was_said_before_the_time_was_over_is_kept() -> None:
    model = Scripted(supervisor=[hangs("Well. And th")])
    written = Stage(model, limits=Limits(seconds=0.2)).write()
    assert written.prose.text == "Well."
    assert isinstance(written.trouble, ModelLimit)


def test_a_blocking_model_does_not_hold_the_caller() -> None:
    release = threading.Event()

    async def line(_heard: Any) -> Any:
        yield {"messageStart": {"role": "assistant"}}
        await asyncio.to_thread(release.wait)

    before = set(threading.enumerate())
    written = Stage(Scripted(supervisor=[line]), limits=Limits(seconds=0.05)).write()
    assert isinstance(written.trouble, ModelLimit)
    [blocked] = set(threading.enumerate()) - before
    assert blocked.daemon
    release.set()
    blocked.join()


def test_an_interrupt_keeps_what_is_there() -> None:
    stage = Stage(Scripted(supervisor=[hangs("Well. And th", then=interrupt)]))
    written = stage.write()
    assert written.prose.text == "Well."
    assert isinstance(written.trouble, Interrupted)
    assert written.trouble.exit_code == 130


def test_a_model_that_listens_may_end_by_itself() -> None:
    ended: list[bool] = []

    async def line(heard: Any) -> Any:
        yield {"messageStart": {"role": "assistant"}}
        interrupt()
        while not heard.signal.is_set():
            await asyncio.sleep(0)
        ended.append(True)

    written = Stage(Scripted(supervisor=[line])).write()
    assert isinstance(written.trouble, Interrupted) and ended == [True]


def test_an_interrupt_reaches_the_agents_that_are_asked() -> None:
    stage = Stage(Scripted(supervisor=[ask()], helper=[hangs("Hm", then=interrupt)]))
    written = stage.write()
    assert written.prose is None and isinstance(written.trouble, Interrupted)


def test_an_interrupt_keeps_what_the_tools_found() -> None:
    model = Scripted(
        supervisor=[ask()],
        helper=[calls(("anomaly_list", {})), hangs(then=interrupt)],
    )
    written = Stage(model).write()
    assert isinstance(written.trouble, Interrupted)
    assert len(written.answers) == 1


def test_the_check_knows_the_sums_of_what_was_not_shown() -> None:
    columns = (Column("service", Kind.TEXT), Column("cost", Kind.MONEY))
    rows = tuple((f"s{n}", Decimal(n)) for n in range(25))
    table = Table("services", columns, rows, (None, Decimal(300)))
    long = replace(answer(), tables=(table,))
    known: list[Any] = []

    def check(text: str, answers: Any, question: str) -> Prose:
        known.extend(answers)
        return Prose(text)

    assistant = replace(Stage(Scripted(supervisor=[says("Well.")])).assistant, check=check)
    assistant.write(replace(REQUEST, answers=(long,)))
    assert known[0] is long
    assert [figure.value for figure in known[1].title.figures] == [Decimal(110)]


def test_a_check_that_fails_lets_nothing_through() -> None:
    def check(*_: Any) -> Any:
        raise ValueError

    stage = Stage(Scripted(supervisor=[says("Well.")]))
    assistant = stage.assistant
    written = replace(assistant, check=check).write(REQUEST)
    assert written.prose is None and isinstance(written.trouble, NoReply)


QUIET = """
from tests.agents.loop.scripted import Scripted, breaks, calls
from tests.agents.loop.stage import Stage
Stage(Scripted(supervisor=[calls(("nope", "{")), breaks(ValueError("x"))])).write()
"""


def test_nothing_is_logged_where_a_person_reads() -> None:
    root = Path(__file__).parents[3]
    run = subprocess.run(
        [sys.executable, "-c", QUIET], capture_output=True, text=True, timeout=60, cwd=root
    )
    assert (run.returncode, run.stdout, run.stderr) == (0, "", "")
