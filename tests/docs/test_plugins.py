"""The package that the page on plugins shows is the one that the tests install and run."""

import re
import tomllib
from pathlib import Path

import pytest

from finops_cli.config.servers import servers_in

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")
EXAMPLE = ROOT / "tests" / "plugins" / "licences"


@pytest.mark.parametrize(
    "file", [path for path in sorted(EXAMPLE.rglob("*")) if path.suffix in (".py", ".toml")]
)
def test_each_file_of_the_example_is_shown_whole(file: Path) -> None:
    name = re.escape(f"`{file.relative_to(EXAMPLE)}`:")
    (shown,) = re.findall(rf"^{name}\n\n```\w+\n(.*?)^```", PAGE, re.M | re.S)
    assert shown == file.read_text(encoding="utf-8")


def test_the_servers_that_are_shown_can_be_configured() -> None:
    (tables,) = re.findall(r"^```toml\n(\[mcp\..*?)^```", PAGE, re.M | re.S)
    servers = servers_in(tomllib.loads(tables)["mcp"], Path("config.toml"), ())
    assert [server.name for server in servers] == ["pricing", "tickets"]
