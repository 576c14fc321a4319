"""Every command that the README and the docs show is run, so that none can rot.

A ``console`` block is a terminal: lines that begin with ``$`` are run by a shell, those of a page
one after the other, in a folder with an ``exports/`` folder and a ``costs.csv``, with a home and a
cache of their own. A command must end with 0, or with the code that its trailing ``# exit N``
names; ``$ export`` holds for the rest of its page. Other blocks (``sh``, ``yaml``) are for reading.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
AS_OF = "2026-11-16"

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
_EXIT = re.compile(r"# exit (\d+)$")
_SHOWN = re.compile(r"^\s*\$ finops ", re.M)
_QUOTED_OR_PLAIN = r"""(?:[^|>#"']|"[^"]*"|'[^']*')*"""
_ASKS = re.compile(
    r"finops (?:ask|cost|explain|forecast|anomalies)\b(?!.*(?:exports/|\.csv|nowhere/|--help))"
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


@pytest.mark.parametrize("page", [p for p in PAGES if commands(p)], ids=lambda page: page.name)
def test_commands_of_a_page_work(page: Path, desk: Path) -> None:
    exported: dict[str, str] = {}
    for command in commands(page):
        if command.startswith("export "):
            name, _, value = command.removeprefix("export ").partition("=")
            exported[name] = value
        elif "jq " not in command or shutil.which("jq"):
            wanted = _EXIT.search(command)
            done = run(command, desk, exported)
            assert done.returncode == int(wanted[1] if wanted else 0), f"{command}\n{done.stderr}"
            assert "Traceback" not in done.stderr
            assert done.stdout or wanted, command
