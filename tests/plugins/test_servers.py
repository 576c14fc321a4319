"""MCP servers for real, as processes and over HTTP: what they offer, and what their faults cost."""

import asyncio
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from finops_cli.agents.loop.connection import Connection
from finops_cli.agents.loop.hooks import is_foreign
from finops_cli.agents.loop.server_results import text_of
from finops_cli.agents.loop.servers import Tools, connected, tool_name
from finops_cli.domain.agent import McpServer

SCRIPT = Path(__file__).parent / "price_server.py"
Everything = tuple[Tools, list[str]]
ALL = ("get_pricing", "environment", "buy", "sell", "die")


@pytest.fixture
def log(tmp_path: Path) -> Path:
    return tmp_path / "log"


def _server(log: Path, *tools: str, mode: str = "stdio", name: str = "prices") -> McpServer:
    command = (sys.executable, str(SCRIPT), str(log), mode)
    return McpServer(name, "advisor", tools or ("get_pricing",), command, {"PRICES_KEY": "k3y"})


@contextmanager
def _open(*servers: McpServer, seconds: float = 30) -> Iterator[tuple[Tools, list[str]]]:
    warnings: list[str] = []
    with connected(servers, ("advisor", "budget"), warnings.append, seconds) as tools:
        yield tools, warnings


def _names(tools: Tools) -> list[str]:
    return [tool.tool_name for tool in tools.get("advisor", ())]


def _call(tools: Tools, name: str, **given: Any) -> Any:
    """Return the result of a tool's call, as an agent makes it."""
    (tool,) = [tool for tool in tools["advisor"] if tool.tool_name == name]

    async def call() -> Any:
        use: Any = {"toolUseId": "1", "name": name, "input": given}
        return [event async for event in tool.stream(use, {})][-1]["tool_result"]

    return asyncio.run(call())


def _told(result: Any) -> str:
    return text_of(result["content"])


@pytest.fixture
def http(log: Path) -> Iterator[McpServer]:
    """A server over HTTP on this machine."""
    command = [sys.executable, str(SCRIPT), str(log), "http"]
    quiet: Any = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, text=True, **quiet) as process:
        assert process.stdout is not None
        url = f"http://127.0.0.1:{process.stdout.readline().strip()}/mcp"
        yield McpServer("web", "advisor", ("get_pricing",), url=url)
        process.terminate()


def test_a_server_offers_what_is_listed_and_ends_with_the_block_however_it_ends(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = threading.active_count()
    with pytest.raises(KeyboardInterrupt), _open(_server(log, "get_pricing")) as (tools, warnings):
        assert (_names(tools), warnings) == (["prices__get_pricing"], [])
        assert "EC2: 7 USD" in _told(_call(tools, "prices__get_pricing", service="EC2"))
        raise KeyboardInterrupt
    assert log.read_text() == "get_pricing EC2\nended\n"
    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")  # what it wrote to its standard error is not shown


def test_a_server_over_http_is_used_as_one_that_is_started(http: McpServer, log: Path) -> None:
    with _open(http) as (tools, warnings):
        assert (_names(tools), warnings) == (["web__get_pricing"], [])
        assert "S3: 7 USD" in _told(_call(tools, "web__get_pricing", service="S3"))
    assert log.read_text() == "get_pricing S3\n"
    connection = Connection(http, 30)
    tool = connection.open()[0]
    assert "S3: 7 USD" in _told(_call({"advisor": [tool]}, "get_pricing", service="S3"))
    assert connection.ends_at is None  # an answer may take longer than a start
    connection.close()


@pytest.fixture(scope="module")
def everything(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Everything]:
    """All the tools of a server that was started among keys that are not for it, and one more."""
    log = tmp_path_factory.mktemp("everything") / "log"
    with pytest.MonkeyPatch.context() as environment:
        for name in ("AWS_SECRET_ACCESS_KEY", "AWS_PROFILE", "OPENAI_API_KEY", "FINOPS_MODEL"):
            environment.setenv(name, "s3cret")
        with _open(_server(log, *ALL, "get_prices")) as opened:
            yield opened


def test_a_tool_that_does_not_say_that_it_only_reads_counts_as_a_write(
    everything: Everything,
) -> None:
    tools, _ = everything
    writes = [tool.tool_name for tool in tools["advisor"] if is_foreign(tool)]
    assert writes == ["prices__buy", "prices__sell"]


def test_a_server_learns_nothing_of_our_environment(everything: Everything) -> None:
    tools, _ = everything
    names = set(_told(_call(tools, "prices__environment")).split())
    harmless = {"HOME", "LANG", "LC_ALL", "LC_CTYPE", "LOGNAME", "PATH", "SHELL", "TERM", "TMPDIR"}
    assert names - harmless - {"USER"} == {"PRICES_KEY"}


def test_what_a_server_says_of_a_tool_is_bounded_and_cannot_pass_for_ours(
    everything: Everything,
) -> None:
    tools, _ = everything
    about = tools["advisor"][0].tool_spec["description"]
    assert about.startswith("List prices. ‹data id=")
    assert "\n" not in about and len(about) == 1000


def test_a_listed_tool_that_a_server_lacks_is_told(everything: Everything) -> None:
    _, warnings = everything
    assert warnings == ["The MCP server prices has no tool 'get_prices'. Did you mean get_pricing?"]


def test_servers_that_do_not_answer_are_left_out(
    log: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    before = threading.active_count()
    names = ("deaf", "mute", "web")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        web = McpServer(
            "web", "budget", ("t",), url=f"http://127.0.0.1:{listener.getsockname()[1]}/"
        )
        silent = [_server(log, mode=mode, name=mode) for mode in names[:2]]
        with _open(*silent, web, seconds=2) as (tools, warnings):
            assert not tools
    assert sorted(warnings) == [
        f"The MCP server {name} is left out: it did not answer within 2 s." for name in names
    ]
    assert threading.active_count() == before
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    ("server", "why"),
    [
        (McpServer("p", "advisor", ("t",), ("no-such-program",)), "no program 'no-such-program'"),
        (McpServer("p", "advisor", ("t",), (sys.executable, "-c", "")), "it ended before it had"),
        (McpServer("p", "advisor", ("t",), url="http://127.0.0.1:9/mcp"), "nobody answers as an"),
        (McpServer("p", "advisr", ("t",), ("x",)), "no agent 'advisr'. Did you mean advisor?"),
        (McpServer("p", "x", ("t",), ("x",)), "no agent 'x'. Agents: advisor, budget."),
    ],
)
def test_a_server_that_cannot_be_used_costs_one_sentence(server: McpServer, why: str) -> None:
    with _open(server) as (tools, warnings):
        assert not tools
        (warning,) = warnings
    assert warning.startswith("The MCP server p is left out: ") and why in warning


def test_no_servers_load_nothing() -> None:
    code = (
        "import sys\n"
        "from finops_cli.agents.loop.servers import connected\n"
        "with connected((), ('advisor',), print) as tools:\n"
        "    assert not tools\n"
        "print({'mcp', 'strands', 'asyncio'} & set(sys.modules))\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "set()\n", done.stderr


@pytest.mark.parametrize(
    ("server", "tool", "name"),
    [
        ("prices", "get.price/list", "prices__get_price_list"),
        ("cost", "summary", "cost__summary"),
        ("p", "x" * 99, f"p__{'x' * 61}"),
    ],
)
def test_names_are_such_as_every_provider_takes(server: str, tool: str, name: str) -> None:
    assert tool_name(server, tool) == name


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ([{"text": "a"}, {"text": "b"}], "a\nb"),
        ([{"json": {"price": "7 €"}}], '{"price": "7 €"}'),
        ([{"image": {"source": {"bytes": b"x"}}}, {"text": "b"}], "(image: left out)\nb"),
        ([], "(nothing)"),
        ([{}], "(nothing: left out)"),
    ],
)
def test_a_result_is_text(content: Sequence[Any], text: str) -> None:
    assert text_of(content) == text


def test_a_result_is_bounded() -> None:
    assert len(text_of([{"text": "x" * 10**6}])) == 20_000
