"""``finops ask`` with a model and MCP servers in the config file, all of it for real."""

import json
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.faces.cli import DEMO, finops
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Calls, Says
from tests.plugins.test_servers import SCRIPT

OPEN_ENDED = "is our s3 spend reasonable"
TABLES = """\
[mcp.prices]
command = {command}
agent = "forecast"
tools = ["get_pricing"]

[mcp.gone]
command = ["no-such-program"]
agent = "forecast"
tools = ["search"]
"""
GONE = "The MCP server gone is left out: there is no program 'no-such-program' here."
ANSWER = "It costs about what others pay."


@pytest.fixture
def log(home: Path) -> Path:
    """The log of a server that the config file names, beside one that is not there."""
    log = home / "log"
    command = json.dumps([sys.executable, str(SCRIPT), str(log), "stdio"])
    (home / "config.toml").write_text(TABLES.format(command=command))
    return log


def _asked(*arguments: str) -> Any:
    done = finops("ask", *arguments, *DEMO, "-o", "json")
    assert done.code == 0, done.err
    assert done.err == ""
    return json.loads(done.out)


def test_a_model_asks_a_server_and_one_that_is_not_there_costs_a_sentence(
    log: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    script = [
        Calls("forecast_agent", {"question": "What does S3 cost elsewhere?"}),
        Calls("prices__get_pricing", {"service": "S3"}),
        Says("Elsewhere it is dearer."),
        Says(ANSWER),
    ]
    with ModelEndpoint(script) as model:
        for name, value in model.environment("openai").items():
            monkeypatch.setenv(name, value)
        answer = _asked(OPEN_ENDED)
    assert answer["prose"]["text"] == ANSWER
    assert log.read_text() == "get_pricing S3\nended\n"
    assert [text for text in answer["warnings"] if "MCP" in text] == [GONE]


def test_no_server_is_started_where_no_model_is_asked(log: Path) -> None:
    answer = _asked("top 5 services last month", "--no-llm")
    assert not log.exists()
    assert not [text for text in answer["warnings"] if "MCP" in text]
