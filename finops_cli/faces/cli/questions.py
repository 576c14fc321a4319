"""The questions of ``finops init``, and the two who may answer them: a person, or the flags.

Which questions there are depends on the answers before, so they are asked one after the other by
``answers``. Whoever answers is an ``Asker``; where there is no terminal nobody can be asked, and a
missing answer is an error that names its flag.
"""

import sys
from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Protocol

from finops_cli.config import SETTINGS
from finops_cli.errors import FinopsError, UsageError, did_you_mean

PER_RUN = "0.50"
PER_MONTH = "5"
_METRICS = next(setting.choices for setting in SETTINGS if setting.name == "metric")
_SOURCES = """\
Which bill shall be read?
  demo   an invented organisation, to try everything out
  aws    a live account, through Cost Explorer: $0.01 a request
  PATH   a billing export: a file, a folder or a glob"""

Accept = Callable[[str], str]


class Asker(Protocol):
    """Who answers a question, and lets a setting be replaced."""

    def tell(self, text: str) -> None:
        """Say something that helps to answer."""

    def ask(self, setting: str, question: str, default: str, accept: Accept) -> str:
        """Return an answer that will do.

        Args:
            setting: What is asked for.
            question: The words, without punctuation.
            default: What an empty answer means.
            accept: Returns the answer as it is kept, or raises a ``UsageError``.
        """

    def allow(self, settings: Mapping[str, str], replaced: Mapping[str, str], file: Path) -> None:
        """Return if these settings may be written; ``replaced`` are the values that go."""


class Person:
    """Someone at a terminal. What is said goes to stderr: stdout is for the result."""

    def tell(self, text: str) -> None:
        """Say something that helps to answer."""
        sys.stderr.write(f"{text}\n")

    def ask(self, setting: str, question: str, default: str, accept: Accept) -> str:
        """Ask until the answer passes."""
        while True:
            answer = _typed(f"{question} [{default}]: " if default else f"{question}: ")
            try:
                return accept(answer or default)
            except FinopsError as error:
                self.tell(f"{error.message} {error.hint}".strip())

    def allow(self, settings: Mapping[str, str], replaced: Mapping[str, str], file: Path) -> None:
        """Show what would be written and ask.

        Raises:
            KeyboardInterrupt: The answer is no.
        """
        self.tell(f"\nTo be written to {file}:")
        for name, value in settings.items():
            was = f"   (was {replaced[name]})" if name in replaced else ""
            self.tell(f"  {name} = {value}{was}")
        if _typed("Write it? [Y/n]: ").lower() not in ("", "y", "yes"):
            raise KeyboardInterrupt


def _typed(words: str) -> str:
    """Return what is typed after some words on stderr; ``input`` would write to stdout.

    Raises:
        KeyboardInterrupt: The input has ended.
    """
    sys.stderr.write(words)
    sys.stderr.flush()
    line = sys.stdin.readline()
    if not line:
        raise KeyboardInterrupt
    return line.strip()


class Flags:
    """Nobody to ask: the flags say it all, or the defaults do where ``--yes`` allows them.

    Args:
        defaults: Whether an answer that was not given is its default.
    """

    def __init__(self, defaults: bool) -> None:
        self._defaults = defaults

    def tell(self, text: str) -> None:
        """Say nothing: nobody is there."""

    def ask(self, setting: str, question: str, default: str, accept: Accept) -> str:
        """Return the default where that is allowed.

        Raises:
            UsageError: It is not, or there is none; the flag is named.
        """
        if self._defaults and (default or setting == "profile"):
            return default
        flag = f"--{setting.replace('_', '-')}"
        hint = f"Give {flag}" + (f", or --yes for {default!r}." if default else ".")
        raise UsageError(f"{question} is not said, and there is no terminal to ask.", hint)

    def allow(self, settings: Mapping[str, str], replaced: Mapping[str, str], file: Path) -> None:
        """Return unless something would be replaced that nobody said may be.

        Raises:
            UsageError: Something would.
        """
        if replaced and not self._defaults:
            named = ", ".join(f"{name} = {value}" for name, value in replaced.items())
            raise UsageError(f"{file} already says {named}.", "Replace it with --yes.")


def answers(
    asker: Asker, given: Mapping[str, str], kept: Mapping[str, str], profiles: Sequence[str]
) -> dict[str, str]:
    """Return the settings that follow from flags and answers, in the order of the questions.

    Args:
        asker: Who answers what no flag says.
        given: The settings that flags say.
        kept: The settings of the config file: defaults of the questions.
        profiles: The AWS profiles of this machine.

    Raises:
        UsageError: A flag's value cannot be, or an answer is missing.
    """
    found: dict[str, str] = {}

    def settle(name: str, question: str, default: str, accept: Accept, told: str = "") -> None:
        if name in given:
            found[name] = accept(given[name])
            return
        if told:
            asker.tell(told)
        found[name] = asker.ask(name, question, kept.get(name, default), accept)

    settle("source", "Source", "", _named, _SOURCES)
    if found["source"] == "aws":
        told = f"\nAWS profiles here: {', '.join(profiles)}" if profiles else ""
        only = profiles[0] if len(profiles) == 1 else "default" if "default" in profiles else ""
        settle("profile", "AWS profile", only, lambda name: _profile(name, profiles), told)
        told = "\nCost Explorer bills $0.01 a request, pages included."
        run = "US dollars that one run may spend"
        settle("max_api_cost", run, PER_RUN, _dollars, told)
        settle("max_api_cost_per_month", "US dollars that a month may spend", PER_MONTH, _dollars)
    told = f"\nWhat a cost is: {', '.join(_METRICS)}"
    settle("metric", "Metric", _METRICS[0], _metric, told)
    return {name: value for name, value in found.items() if value}


def _named(source: str) -> str:
    if not source:
        raise UsageError("No source is named.", "Say demo, aws, or the path of an export.")
    return source


def _profile(name: str, profiles: Sequence[str]) -> str:
    """Return a profile; several stand with commas between them, none means the environment's."""
    for one in filter(None, name.split(",")):
        if one not in profiles:
            known = f"Profiles here: {', '.join(profiles) or 'none'}."
            raise UsageError(
                f"There is no AWS profile {one!r}.", did_you_mean(one, profiles) or known
            )
    return name


def _metric(name: str) -> str:
    if name not in _METRICS:
        choices = f"Choices: {', '.join(_METRICS)}."
        raise UsageError(f"{name!r} is no metric.", did_you_mean(name, _METRICS) or choices)
    return name


def _dollars(text: str) -> str:
    try:
        amount = Decimal(text.removeprefix("$"))
    except InvalidOperation:
        amount = Decimal(-1)
    if not amount.is_finite() or amount < 0:
        raise UsageError(f"{text!r} is no amount of US dollars.", "Write it as 0.50.")
    return text.removeprefix("$")
