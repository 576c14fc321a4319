"""Every command that the README and the docs show is run, so that none can rot.

A ``console`` block is a terminal: lines that begin with ``$`` are run by a shell, those of a page
one after the other, in a folder with an ``exports/`` folder and a ``costs.csv``, with a home and a
cache of their own. A command must end with 0, or with the code that its trailing ``# exit N``
names; ``$ export`` holds for the rest of its page. Other blocks (``sh``, ``yaml``) are for reading.

The AWS account that a page speaks of is the demo, served on this machine: as the default profile,
and its first accounts as the profiles ``prod`` and ``staging``.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import pytest

from finops_cli.sources import Today, open_source
from tests.aws_endpoint.endpoint import Endpoint
from tests.aws_endpoint.identity import access_key

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
AS_OF = "2026-11-16"

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
_EXIT = re.compile(r"# exit (\d+)$")
_SHOWN = re.compile(r"^\s*\$ finops ", re.M)
_QUOTED_OR_PLAIN = r"""(?:[^|>#"']|"[^"]*"|'[^']*')*"""
_ASKS = re.compile(
    r"finops (?:ask|chat|cost|explain|forecast|anomalies)\b(?!.*(?:exports/|\.csv|nowhere/|--help))"
    + _QUOTED_OR_PLAIN
)


def commands(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def pinned(command: str) -> str:
    """Return the command with the demo's day pinned: a test must not depend on the date."""
    return _ASKS.sub(lambda asked: f"{asked[0].rstrip()} --as-of {AS_OF} ", command, count=1)


@pytest.fixture
def desk(cache_folder: Path, tmp_path: Path) -> Path:
    """The folder that the docs assume: a FOCUS export in ``exports/``, a table in ``costs.csv``."""
    demo = ["cost", "--source", "demo", "--as-of", AS_OF, "-o", "csv"]
    command = [sys.executable, "-m", "finops_cli", *demo]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    shutil.copytree(cache_folder / "demo", tmp_path / "cache" / "demo")
    build = next((cache_folder / "demo").glob(f"*{AS_OF}"))
    folder = tmp_path / "desk"
    (folder / "exports").mkdir(parents=True)
    for month in sorted(build.glob("*.parquet"))[-3:]:
        shutil.copy(month, folder / "exports")
    rows = "".join(f"2026-09-{day:02},AmazonS3,eu-west-1,web,{day}.25\n" for day in range(1, 31))
    (folder / "costs.csv").write_text(f"date,service,region,tag:team,cost\n{rows}")
    return folder


def run(command: str, desk: Path, exported: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(desk),
        "FINOPS_CACHE_DIR": str(desk.parent / "cache"),
        **exported,
    }
    return subprocess.run(
        ["bash", "-c", f"set -o pipefail; {pinned(command)}"],
        cwd=desk,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )


def test_commands_are_in_blocks_that_are_run() -> None:
    shown = sum(len(_SHOWN.findall(page.read_text(encoding="utf-8"))) for page in PAGES)
    assert shown == sum(c.startswith("finops ") for page in PAGES for c in commands(page))
    assert shown > 20


@pytest.fixture
def aws(desk: Path) -> Iterator[dict[str, str]]:
    """The environment of somebody whose AWS account is the demo."""
    today = date.fromisoformat(AS_OF)
    demo = open_source("demo", Today(today, pinned=True), desk.parent / "cache")
    with Endpoint(demo, today) as endpoint:
        variables = endpoint.environment()
        key, secret = (
            variables.pop(f"AWS_{name}") for name in ("ACCESS_KEY_ID", "SECRET_ACCESS_KEY")
        )
        keys = {"default": key}
        for name, account in zip(("prod", "staging"), demo.values("account"), strict=False):
            keys[name] = access_key(account)
        file = desk / "credentials"
        file.write_text(
            "".join(
                f"[{name}]\naws_access_key_id = {one}\naws_secret_access_key = {secret}\n"
                for name, one in keys.items()
            )
        )
        yield {**variables, "AWS_SHARED_CREDENTIALS_FILE": str(file)}


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda page: page.name)
def test_commands_of_a_page_work(page: Path, desk: Path, request: pytest.FixtureRequest) -> None:
    exported: dict[str, str] = {}
    if any(re.search(r"--source aws|-s aws", command) for command in commands(page)):
        exported |= request.getfixturevalue("aws")
    for command in commands(page):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            exported[name] = value
        elif "jq " not in command or shutil.which("jq"):
            wanted = _EXIT.search(command)
            done = run(command, desk, exported)
            assert done.returncode == int(wanted[1] if wanted else 0), f"{command}\n{done.stderr}"
            assert "Traceback" not in done.stderr
            assert done.stdout or wanted or " > " in command, command
