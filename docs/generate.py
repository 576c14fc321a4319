"""Write the parts of docs/ that the code knows: commands, options, settings, errors, agents.

A generated part stands between two comments in a page, the rest of which is written by hand:

    <!-- generated: commands -->
    ...
    <!-- end of commands -->

``make docs`` rewrites these parts; ``make check`` runs this with ``--check`` and fails where a page
is behind the code.
"""

import inspect
import re
import sys
from collections.abc import Callable, Iterable, Iterator
from difflib import unified_diff
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeGuard

import typer

from finops_cli import errors
from finops_cli.agents.roster import WRITES, roster
from finops_cli.analytics.savings.registry import CHECKS
from finops_cli.config import SETTINGS
from finops_cli.domain.agent import AgentSpec
from finops_cli.domain.source import Meter
from finops_cli.faces.cli import app
from finops_cli.tools import Catalogue

DOCS = Path(__file__).parent
_PART = re.compile(
    r"(?P<head><!-- generated: (?P<name>\w+) -->\n).*?(?P<tail><!-- end of (?P=name) -->)", re.S
)


def main(arguments: list[str]) -> int:
    """Rewrite the pages, or with ``--check`` only tell which are behind; return the exit code."""
    check = "--check" in arguments
    behind = 0
    for page in sorted(DOCS.glob("*.md")):
        kept = page.read_text(encoding="utf-8")
        now = _PART.sub(_regenerated, kept)
        if now == kept:
            continue
        behind += 1
        if check:
            diff = unified_diff(kept.splitlines(), now.splitlines(), page.name, "code", lineterm="")
            print(*diff, sep="\n")
        else:
            page.write_text(now, encoding="utf-8")
            print(f"Rewrote {page.name}.")
    if check:
        print("The docs are behind the code: make docs." if behind else "The docs are up to date.")
    return 1 if check and behind else 0


def _regenerated(part: re.Match[str]) -> str:
    return part["head"] + PARTS[part["name"]]() + part["tail"]


def commands() -> str:
    """Return a section for each command with its help and its own options."""
    group: Any = typer.main.get_command(app)
    return "".join(_section(path, command) for path, command in _leaves("finops", group))


def common_options() -> str:
    """Return the table of the options that every command takes."""
    group: Any = typer.main.get_command(app)
    return _table(("option", "what it does"), _options(group.commands["cost"], common=True))


def settings() -> str:
    """Return the table of settings, their variables and defaults."""
    rows = [
        (f"`{s.name}`", f"`{s.variable}`", _described(s.help, s.choices), s.default or "–")
        for s in SETTINGS
    ]
    return _table(("setting", "variable", "what it is", "default"), rows)


def error_codes() -> str:
    """Return the table of error codes, their exit codes and meanings."""
    tree = [found for found in vars(errors).values() if _is_error(found)]
    rows = [
        (f"`{c.code}`", str(c.exit_code), _first_line(c))
        for c in sorted(tree, key=lambda c: (c.exit_code, c.code))
    ]
    return _table(("code", "exit", "meaning"), rows)


def agents() -> str:
    """Return a section for each agent that has tools, with what they answer and take."""
    tools = Catalogue(_NO_SOURCE)
    return "".join(_agent(spec, tools) for spec in roster() if set(spec.tools) & set(tools))


_NO_SOURCE: Any = SimpleNamespace(meter=Meter())
"""A tool tells what it takes without a bill."""


def _agent(spec: AgentSpec, tools: Catalogue) -> str:
    rows = [
        (
            f"`{name}`" + (" (asks you first)" if name in WRITES else ""),
            _first_line(tools[name]),
            ", ".join(f"`{one}`" for one in inspect.signature(tools[name]).parameters) or "–",
        )
        for name in spec.tools
        if name in tools
    ]
    table = _table(("tool", "what it answers", "what it takes"), rows)
    return f"\n## {spec.name}\n\n{spec.description}\n\n{table}"


def checks() -> str:
    """Return the table of the advisor's checks."""
    rows = [
        (
            f"`{c.name}`",
            c.title,
            c.rule,
            c.formula,
            f"{c.effort}, {'restart' if c.restart else 'no restart'}",
            c.confidence,
            f"[AWS]({c.page})",
        )
        for c, _ in CHECKS
    ]
    head = ("check", "what to do", "fires where", "saving", "effort", "confidence", "rule from")
    return _table(head, rows)


PARTS: dict[str, Callable[[], str]] = {
    "agents": agents,
    "checks": checks,
    "commands": commands,
    "options": common_options,
    "settings": settings,
    "errors": error_codes,
}


def _leaves(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    below = getattr(command, "commands", None)
    if below is None or command.invoke_without_command:
        yield path, command
    for name, one in (below or {}).items():
        yield from _leaves(f"{path} {name}", one)


def _section(path: str, command: Any) -> str:
    arguments = [_argument(p) for p in command.params if _is_argument(p)]
    usage = " ".join([path, "[OPTIONS]", *(name for name, _ in arguments)])
    purpose, examples = _purpose_and_examples(command.help)
    parts = [f"\n### {path}\n", f"    {usage}\n", f"{purpose}\n"]
    if examples:
        parts += ["```console", *(f"$ {example}" for example in examples), "```\n"]
    rows = [(f"`{name}`", text) for name, text in arguments] + _options(command, common=False)
    if rows:
        parts.append(_table(("argument or option", "what it does"), rows))
    return "\n".join(parts)


def _purpose_and_examples(text: str) -> tuple[str, list[str]]:
    """Return what a command's help says, and the command lines after its ``Examples:``."""
    purpose, _, tail = inspect.cleandoc(text).partition("Examples:")
    examples = [" ".join(part.split()).removesuffix(".") for part in tail.split(";")]
    return " ".join(purpose.split()), [example for example in examples if example]


def _is_argument(parameter: Any) -> bool:
    return not parameter.opts[0].startswith("-")


def _argument(parameter: Any) -> tuple[str, str]:
    name = parameter.metavar or parameter.name.upper()
    return (name if parameter.required else f"[{name}]"), parameter.help or ""


def _options(command: Any, *, common: bool) -> list[tuple[str, str]]:
    return [
        (_names(p), p.help or "")
        for p in command.params
        if not _is_argument(p) and bool(p.rich_help_panel) is common
    ]


def _names(option: Any) -> str:
    value = option.metavar or max(option.opts, key=len).strip("-").upper()
    names = ", ".join(f"`{name}`" for name in option.opts)
    return names if option.is_flag else f"{names} {value}"


def _described(text: str, choices: tuple[str, ...]) -> str:
    return f"{text}: {', '.join(choices)}" if choices else text


def _is_error(found: object) -> TypeGuard[type[errors.FinopsError]]:
    return isinstance(found, type) and issubclass(found, errors.FinopsError)


def _first_line(found: object) -> str:
    return (found.__doc__ or "").split("\n")[0]


def _table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    lines = [_row(head), _row("---" for _ in head), *(_row(row) for row in rows)]
    return "".join(lines)


def _row(cells: Iterable[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |\n"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
