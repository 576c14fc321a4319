"""A model with the tools of an MCP server: what it may call, and what the server cannot make it do.

The scripted models do whatever they are told; the server is a process of its own.
"""

import sys
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from finops_cli.agents.loop.servers import connected
from finops_cli.domain.agent import McpServer
from finops_cli.domain.plan import Step
from tests.agents.loop.scripted import Heard, Scripted, calls, says
from tests.agents.loop.stage import Stage

SCRIPT = Path(__file__).parent / "price_server.py"
ASK = calls(("advisor_agent", {"question": "What does EC2 cost elsewhere?"}))
EC2 = {"service": "EC2"}


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def _stage(log: Path, *tools: str, helper: list[Any], **more: Any) -> tuple[Stage, list[str]]:
    """Return a stage whose advisor has the tools of a server, and the warnings it will give."""
    command = (sys.executable, str(SCRIPT), str(log), "stdio")
    server = McpServer("prices", "advisor", tools, command)
    warnings: list[str] = []
    servers = partial(connected, [server], ["forecast", "advisor"], warnings.append, 30)
    model = Scripted(supervisor=[ASK, says("It is dear.")], helper=helper)
    return Stage(model, more={"servers": servers, **more}), warnings


def _results(stage: Stage) -> list[Any]:
    heard: Heard = stage.model.asked("helper")[-1]
    content = [block for message in heard.messages for block in message["content"]]
    return [block["toolResult"] for block in content if "toolResult" in block]


def test_a_listed_tool_is_called_and_what_it_returns_is_data(log: Path) -> None:
    helper = [calls(("prices__get_pricing", EC2)), says("EC2 costs 7 USD.")]
    stage, warnings = _stage(log, "get_pricing", helper=helper)
    written = stage.write()
    assert (written.prose.text, written.trouble, warnings) == ("It is dear.", None, [])
    (result,) = _results(stage)
    (block,) = result["content"]
    assert block["text"].startswith("<data id=") and "EC2: 7 USD" in block["text"]
    assert "SYSTEM:" not in block["text"]


def test_no_other_tool_can_be_called_and_one_that_may_write_waits_for_a_yes(log: Path) -> None:
    asked: list[Step] = []

    def confirm(step: Step) -> bool:
        asked.append(step)
        return True

    uses = ("sell", "prices__sell", "prices__buy")
    helper = [*(calls((name, EC2)) for name in uses), says("Well.")]
    stage, _ = _stage(log, "buy", helper=helper, confirm=confirm)
    assert stage.write().prose.text == "It is dear."
    assert {heard.tools for heard in stage.model.asked("helper")} == {("prices__buy",)}
    assert [result["status"] for result in _results(stage)] == ["error", "error", "success"]
    assert asked == [Step("prices__buy", EC2)]
    assert log.read_text() == "buy EC2\nended\n"


def test_where_nobody_can_say_yes_a_tool_that_may_write_is_not_offered(log: Path) -> None:
    stage, _ = _stage(log, "buy", helper=[calls(("prices__buy", EC2)), says("Well.")])
    assert stage.write().prose.text == "It is dear."
    assert stage.model.asked("helper")[0].tools == ()
    assert log.read_text() == "ended\n"


def test_a_server_that_dies_in_a_call_does_not_sink_the_answer(log: Path) -> None:
    helper = [calls(("prices__die", {})), calls(("prices__get_pricing", EC2)), says("No price.")]
    stage, _ = _stage(log, "die", "get_pricing", helper=helper)
    written = stage.write()
    assert (written.prose.text, written.trouble) == ("It is dear.", None)
    assert [result["status"] for result in _results(stage)] == ["error", "error"]


def test_a_server_that_does_not_start_does_not_sink_the_answer() -> None:
    server = McpServer("prices", "forecast", ("get_pricing",), (sys.executable, "-c", ""))
    warnings: list[str] = []
    model = Scripted(supervisor=[says("It is dear.")])
    stage = Stage(
        model, more={"servers": partial(connected, [server], ["forecast"], warnings.append, 30)}
    )
    written = stage.write()
    assert (written.prose.text, written.trouble) == ("It is dear.", None)
    assert warnings == [
        "The MCP server prices is left out: it ended before it had said what it can do."
    ]
