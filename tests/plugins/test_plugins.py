"""Installed plugins: found, checked, and left out with one sentence where they are broken."""

import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from finops_cli.agents.plugins import GROUP, Installed, installed
from tests.plugins.packages import EXAMPLE, GOOD, install, install_example


@pytest.fixture(autouse=True)
def modules() -> Iterator[None]:
    """Forget the modules that a test has imported, so that names may come again."""
    before = set(sys.modules)
    yield
    for name in set(sys.modules) - before:
        if name.startswith(("plug_", "finops_licences")):
            del sys.modules[name]


@pytest.fixture
def packages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(str(folder))
    return folder


def _names(found: Installed) -> list[str]:
    return [plugin.agent.name for plugin in found.plugins]


def test_without_packages_there_are_no_plugins(packages: Path) -> None:
    assert installed() == Installed()


def test_a_plugin_is_found_with_its_agent_tools_and_words(packages: Path) -> None:
    install(packages, "finops-carbon", "plug_carbon:PLUGIN", GOOD)
    found = installed()
    assert (_names(found), found.warnings) == (["carbon"], ())
    assert [agent.tools for agent in found.agents] == [("carbon.summary",)]
    assert set(found.tools) == {"carbon.summary"}
    assert found.words == {"carbon.summary": ("carbon footprint",)}


def test_an_entry_point_may_name_what_makes_the_plugin(packages: Path) -> None:
    code = f"{GOOD}\ndef make():\n    return PLUGIN\n"
    install(packages, "finops-carbon", "plug_carbon:make", code)
    assert _names(installed()) == ["carbon"]


def test_the_example_is_a_plugin(packages: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tomllib.loads((EXAMPLE / "pyproject.toml").read_text())["project"]
    (entry,) = project["entry-points"][GROUP].values()
    install(packages, project["name"], entry)
    monkeypatch.syspath_prepend(str(EXAMPLE))
    assert _names(installed()) == ["licences"]
    assert install_example(packages / "again")  # the tests' copy of that entry point
    text = (packages / "again/finops_licences-1.0.dist-info/entry_points.txt").read_text()
    assert f"it = {entry}" in text


def test_of_two_with_one_name_the_first_package_by_name_stays(packages: Path) -> None:
    install(packages, "b-carbon", "plug_b:PLUGIN", GOOD)
    install(packages, "a-carbon", "plug_a:PLUGIN", GOOD)
    found = installed()
    assert _names(found) == ["carbon"]
    assert found.warnings == (
        "The plugin of the package b-carbon is left out: the name 'carbon' is taken.",
    )


def test_a_broken_plugin_does_not_take_another_with_it(packages: Path) -> None:
    install(packages, "a-broken", "plug_broken:PLUGIN", "raise ImportError('no such\\nlibrary')")
    install(packages, "finops-carbon", "plug_carbon:PLUGIN", GOOD)
    found = installed()
    assert _names(found) == ["carbon"]
    assert found.warnings == (
        "The plugin of the package a-broken is left out: it cannot be loaded "
        "(ImportError: no such library).",
    )


@pytest.mark.parametrize(
    ("entry", "code", "told"),
    [
        ("plug_x:PLUGIN", "", "it cannot be loaded (ModuleNotFoundError: No module named"),
        ("plug_x:PLUGIN", "import", "it cannot be loaded (SyntaxError: "),
        ("plug_x:PLUGIN", "import sys; sys.exit(3)", "it cannot be loaded (SystemExit: 3)"),
        ("plug_x:OTHER", GOOD, "it cannot be loaded (AttributeError: "),
        ("plug_x:make", "def make(): return 1 / 0", "(ZeroDivisionError: division by zero)"),
        ("plug_x:make", f"def make(): raise OSError('x' * {10**6})", "(OSError: xxx"),
        ("plug_x:make", "def make(source): return 1", "it cannot be loaded (TypeError: make()"),
        ("plug_x:make", "def make(): return {}", "it offers a dict, not a finops_cli.plugin"),
        ("plug_x:PLUGIN", "PLUGIN = 7", "it offers a int, not"),
    ],
)
def test_what_cannot_be_loaded_is_told_in_one_line(
    packages: Path, entry: str, code: str, told: str
) -> None:
    install(packages, "finops-x", entry, code)
    found = installed()
    assert found.plugins == ()
    (warning,) = found.warnings
    assert warning.startswith("The plugin of the package finops-x is left out: ")
    assert told in warning and "\n" not in warning and len(warning) < 350


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('AgentSpec("carbon", "What', '("carbon", "What', "its agent is a tuple, not a"),
        ('"carbon", "What', '"Carbon", "What', "'Carbon' is no name for an agent"),
        ('"carbon", "What', '"my agent", "What', "'my agent' is no name"),
        ('"carbon", "What', '"cost", "What', "the name 'cost' is taken"),
        ('"carbon", "What', '"advisor", "What', "the name 'advisor' is taken"),
        ('"carbon", "What', '7, "What', "7 is no name"),
        ('"What the cloud emits."', '" "', "its agent has no description"),
        ('"Answer."', '""', "its agent has no prompt"),
        ('("carbon.summary",)),', "()),", "its agent lists no tools"),
        ('("carbon.summary",)),', '"carbon.summary"),', "its agent lists no tools"),
        ('("carbon.summary",)),', '("cost.summary",)),', "'cost.summary' is not named carbon."),
        ('("carbon.summary",)),', '("carbon.Sum-up",)),', "'carbon.Sum-up' is not named"),
        ('("carbon.summary",)),', '("carbon.summary", 7)),', "7 is not named"),
        (
            '("carbon.summary",)),',
            '("carbon.summary", "carbon.by_day")),',
            "carbon.by_day is a tool that it lists, but nobody makes",
        ),
        (
            '{"carbon.summary": tool}',
            '{"carbon.summary": tool, "carbon.by_day": tool}',
            "carbon.by_day is a tool that it makes, but its agent does not list",
        ),
        ('{"carbon.summary": tool}', '{"carbon.summary": 7}', "makes carbon.summary cannot"),
        ('{"carbon.summary": tool}', "[tool]", "its tools are a list, not a mapping"),
        ('{"carbon.summary": ("', '{"carbon.sum": ("', "'carbon.sum', which is none of its tools"),
        ('("carbon footprint",)', '"carbon footprint"', "are a str, not a tuple of phrases"),
        ('("carbon footprint",)', "7", "are a int, not a tuple of phrases"),
        ('("carbon footprint",)', '("",)', "'' is no phrase"),
        ('("carbon footprint",)', '("a",)', "'a' is no phrase"),
        ('("carbon footprint",)', '("?!",)', "'?!' is no phrase"),
        ('("carbon footprint",)', "(7,)", "7 is no phrase"),
        ('("carbon footprint",)', f'("{"so " * 9}",)', "is no phrase that leads to"),
        ('{"carbon.summary": ("carbon footprint",)},', '"carbon",', "its words are a str, not"),
    ],
)
def test_what_is_no_plugin_of_ours_is_told(packages: Path, old: str, new: str, told: str) -> None:
    assert old in GOOD
    install(packages, "finops-carbon", "plug_carbon:PLUGIN", GOOD.replace(old, new))
    found = installed()
    assert found.plugins == ()
    assert re.search(re.escape(told), found.warnings[0]), found.warnings


def test_what_a_plugin_prints_does_not_reach_a_scripts_answer(
    packages: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    install(packages, "finops-carbon", "plug_carbon:PLUGIN", f"print('hello')\n{GOOD}")
    assert _names(installed()) == ["carbon"]
    assert capsys.readouterr() == ("", "hello\n")


def test_a_path_that_is_no_folder_is_passed_over(
    packages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (packages / "file.zip").touch()
    monkeypatch.syspath_prepend(str(packages / "file.zip"))
    monkeypatch.syspath_prepend(str(packages / "nowhere"))
    (packages / "bare-1.0.dist-info").mkdir()
    install(packages, "finops-carbon", "plug_carbon:PLUGIN", GOOD)
    assert _names(installed()) == ["carbon"]


def test_looking_for_plugins_loads_nothing_where_there_are_none() -> None:
    code = (
        "import sys\n"
        "from finops_cli.agents.plugins import installed\n"
        "assert not installed().plugins\n"
        "print('importlib.metadata' in sys.modules, 'finops_cli.plugin' in sys.modules)\n"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60)
    assert done.stdout == "False False\n", done.stderr
