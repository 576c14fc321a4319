"""MCP servers in the config file: what is read, and what each mistake is told as."""

from pathlib import Path

import pytest

from finops_cli import config
from finops_cli.domain.agent import McpServer
from finops_cli.errors import UnknownName, UsageError
from tests.faces.cli import finops

PRICING = """\
[mcp.pricing]
command = ["uvx", "a-server"]
agent = "advisor"
tools = ["get_pricing", "get_pricing"]
environment = { AWS_REGION = "us-east-1" }
"""
HTTP = """\
[mcp.tickets-2]
url = "{url}"
agent = "budget"
tools = ["search"]
"""


@pytest.fixture
def file(home: Path) -> Path:
    return home / "config.toml"


def test_servers_are_read_beside_the_settings(file: Path) -> None:
    file.write_text('metric = "list"\n' + PRICING + HTTP.format(url="https://t.example/mcp"))
    assert config.read_file(file) == {"metric": "list"}
    assert config.mcp_servers(file) == (
        McpServer(
            "pricing",
            "advisor",
            ("get_pricing",),
            ("uvx", "a-server"),
            {"AWS_REGION": "us-east-1"},
        ),
        McpServer("tickets-2", "budget", ("search",), url="https://t.example/mcp"),
    )


def test_no_file_and_no_table_are_no_servers(file: Path) -> None:
    assert config.mcp_servers(file) == ()
    file.write_text('metric = "list"\n')
    assert config.mcp_servers(file) == ()


@pytest.mark.parametrize("host", ["localhost:8000", "127.0.0.1", "127.8.9.1:1", "[::1]:8000"])
def test_plain_http_reaches_this_machine_alone(file: Path, host: str) -> None:
    file.write_text(HTTP.format(url=f"http://{host}/mcp"))
    assert config.mcp_servers(file)[0].url == f"http://{host}/mcp"


@pytest.mark.parametrize(
    "host", ["t.example", "10.0.0.1", "localhost.example", "127.0.0.1.example", "[::2]", "0.0.0.0"]
)
def test_plain_http_to_another_machine_is_refused(file: Path, host: str) -> None:
    file.write_text(HTTP.format(url=f"http://me:secret@{host}/mcp"))
    with pytest.raises(UsageError, match="plain http to another machine") as caught:
        config.mcp_servers(file)
    assert "secret" not in str(caught.value) + caught.value.hint


@pytest.mark.parametrize("url", ["ftp://h/x", "h/x", "", "https://", "https://h:port/", "http://["])
def test_a_url_that_is_none_is_told(file: Path, url: str) -> None:
    file.write_text(HTTP.format(url=url))
    with pytest.raises(UsageError, match="is no address"):
        config.mcp_servers(file)


@pytest.mark.parametrize(
    ("old", "new", "told", "hint"),
    [
        ("tools =", "tols =", "no key 'tols' in [mcp.pricing]", "Did you mean tools?"),
        ("tools =", "headers =", "no key 'headers'", "Keys: command, url, agent, tools"),
        ("agent =", "metric =", "no key 'metric'", "move its line above the first [table]"),
        ("agent =", 'url = "https://h/"\nagent =', "both a command and a url", "Leave one"),
        ('command = ["uvx", "a-server"]', "", "neither a command nor a url", "command = ["),
        ('["uvx", "a-server"]', '"uvx a-server"', "no list of words", "Write each word apart"),
        ('["uvx", "a-server"]', "[]", "no list of words", "Write each word apart"),
        ('["uvx", "a-server"]', '["uvx", ""]', "no list of words", "Write each word apart"),
        ('["get_pricing", "get_pricing"]', "[]", "does not list the tools", "one by one"),
        ('["get_pricing", "get_pricing"]', '"*"', "does not list the tools", "one by one"),
        ('tools = ["get_pricing", "get_pricing"]', "", "does not list the tools", "one by one"),
        ('agent = "advisor"', "", "does not say which agent", 'agent = "advisor"'),
        ('"advisor"', "7", "does not say which agent", 'agent = "advisor"'),
        ('"us-east-1" }', "1 }", "no table of texts", "AWS_REGION"),
        ('{ AWS_REGION = "us-east-1" }', '"A=b"', "no table of texts", "AWS_REGION"),
        ("AWS_REGION", '"A B"', "no table of texts", "AWS_REGION"),
        ("[mcp.pricing]", "[mcp.Pricing]", "'Pricing' is no name", "lower-case"),
        ("[mcp.pricing]", '[mcp."a b"]', "'a b' is no name", "lower-case"),
        ("[mcp.pricing]", "[mcp]", "'command' stands under [mcp]", "[mcp.NAME]"),
    ],
)
def test_each_mistake_is_told_with_its_place(
    file: Path, old: str, new: str, told: str, hint: str
) -> None:
    assert old in PRICING
    file.write_text(PRICING.replace(old, new))
    for read in (config.read_file, config.mcp_servers):
        with pytest.raises(UsageError) as caught:
            read(file)
        assert told in str(caught.value) and str(file) in str(caught.value)
        assert hint in caught.value.hint


def test_an_environment_belongs_to_what_is_started(file: Path) -> None:
    file.write_text(HTTP.format(url="https://h/") + 'environment = { KEY = "secret" }\n')
    with pytest.raises(UsageError, match="nothing is started at a url"):
        config.mcp_servers(file)


def test_a_word_where_tables_belong_is_told(file: Path) -> None:
    file.write_text('mcp = "pricing"\n')
    with pytest.raises(UsageError, match="is no table"):
        config.mcp_servers(file)


def test_a_table_of_another_kind_is_no_setting(file: Path) -> None:
    file.write_text("[servers]\n")
    with pytest.raises(UnknownName, match="no setting 'servers'"):
        config.read_file(file)


def test_settings_are_shown_with_the_servers_but_not_with_what_they_may_hide(file: Path) -> None:
    file.write_text(PRICING.replace("us-east-1", "s3cret"))
    shown = finops("config", "show", "-o", "json")
    assert '"MCP servers"' in shown.out
    assert '"pricing"' in shown.out and '"advisor"' in shown.out and '"get_pricing"' in shown.out
    assert "s3cret" not in shown.out
    file.write_text('metric = "list"\n')
    assert "MCP servers" not in finops("config", "show", "-o", "json").out


def test_a_setting_is_set_above_the_tables(file: Path) -> None:
    file.write_text(PRICING)
    assert finops("config", "set", "metric", "list").code == 0
    assert file.read_text() == f'metric = "list"\n\n{PRICING}'
    assert [server.name for server in config.mcp_servers(file)] == ["pricing"]
