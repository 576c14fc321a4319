"""Every command that the README and the docs show is run, so that none can rot.

A ``console`` block is a terminal: lines that begin with ``$`` are run by a shell, one after the
other, in a folder with an ``exports/`` folder, a ``costs.csv`` and a home of its own. A command
must end with 0, or with the code that its trailing ``# exit N`` names. ``$ export`` holds for the
rest of its page. Other blocks (``sh``, ``text``) are for reading.
"""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PAGES = (ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")))
AS_OF = "2026-11-16"

_BLOCK = re.compile(r"^```console\n(.*?)^```", re.M | re.S)
_EXIT = re.compile(r"# exit (\d+)$")
_FINOPS_ANYWHERE = re.compile(r"^\s*\$ finops ", re.M)


def commands(page: Path) -> list[str]:
    text = page.read_text(encoding="utf-8")
    lines = [line for block in _BLOCK.findall(text) for line in block.splitlines()]
    return [line.removeprefix("$ ") for line in lines if line.startswith("$ ")]


def runs() -> Iterator[tuple[str, str, dict[str, str]]]:
    for page in PAGES:
        exported: dict[str, str] = {}
        for command in commands(page):
            if command.startswith("export "):
                name, _, value = command.removeprefix("export ").partition("=")
                exported = {**exported, name: value}
            else:
                yield page.name, command, exported


@pytest.fixture(scope="module")
def desk(cache_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as the docs assume it: a FOCUS export in ``exports/``, a table in ``costs.csv``."""
    folder = tmp_path_factory.mktemp("desk")
    environment = {**os.environ, "FINOPS_CACHE_DIR": str(cache_folder), "HOME": str(folder)}
    demo = ["cost", "--source", "demo", "--as-of", AS_OF]
    command = [sys.executable, "-m", "finops_cli", *demo]
    subprocess.run(command, check=True, capture_output=True, env=environment, timeout=120)
    months = sorted(next((cache_folder / "demo").glob(f"*{AS_OF}*")).glob("*.parquet"))
    (folder / "exports").mkdir()
    for month in months[-3:]:
        shutil.copy(month, folder / "exports")
    rows = "".join(f"2026-09-{day:02},AmazonS3,eu-west-1,web,{day}.25\n" for day in range(1, 31))
    (folder / "costs.csv").write_text(f"date,service,region,tag:team,cost\n{rows}")
    return folder


def pinned(command: str) -> str:
    """Return the command with the demo's day pinned: a test must not depend on the date."""
    first, bar, rest = command.partition(" | ")
    asks = first.startswith(("finops ask", "finops cost", "finops explain"))
    if asks and "--as-of" not in first and "exports/" not in first and ".csv" not in first:
        words, hash_, note = first.partition(" #")
        first = f"{words.rstrip()} --as-of {AS_OF}{' ' if hash_ else ''}{hash_}{note}"
    return f"{first}{bar}{rest}"


def test_every_page_has_its_commands_in_console_blocks() -> None:
    shown = sum(len(_FINOPS_ANYWHERE.findall(page.read_text(encoding="utf-8"))) for page in PAGES)
    assert shown == sum(c.startswith("finops ") for page in PAGES for c in commands(page))
    assert shown > 20


@pytest.mark.parametrize(("page", "command", "exported"), runs())
def test_commands_in_the_docs_work(
    page: str, command: str, exported: dict[str, str], desk: Path, cache_folder: Path
) -> None:
    if "jq " in command and shutil.which("jq") is None:
        pytest.skip("jq is not installed")
    scripts = str(Path(sys.executable).parent)
    environment = {
        **os.environ,
        **exported,
        "PATH": f"{scripts}{os.pathsep}{os.environ['PATH']}",
        "HOME": str(desk),
        "FINOPS_CACHE_DIR": str(cache_folder),
        "FINOPS_CONFIG_FILE": str(desk / "config.toml"),
    }
    wanted = _EXIT.search(command)
    run = subprocess.run(
        ["bash", "-c", f"set -o pipefail; {pinned(command)}"],
        cwd=desk,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert run.returncode == int(wanted[1] if wanted else 0), f"{page}: {run.stderr}{run.stdout}"
    assert "Traceback" not in run.stderr
    assert run.stdout or wanted
