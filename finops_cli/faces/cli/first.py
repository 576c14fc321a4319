"""``finops init``: from flags and answers to a config file, and an answer that shows it."""

import os
import sys
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from finops_cli import config
from finops_cli.bootstrap import setup
from finops_cli.domain.answer import (
    Answer,
    Column,
    Figure,
    Finding,
    Kind,
    Provenance,
    Sentence,
    Severity,
    Table,
)
from finops_cli.domain.events import Event
from finops_cli.faces.cli.options import Common
from finops_cli.faces.cli.questions import Asker, Flags, Person, answers
from finops_cli.faces.cli.session import opened

_NO_MODEL = Sentence(
    "Language models are off, and every answer works without one; `finops config set model "
    "bedrock` sets one."
)


def settle(common: Common, more: Mapping[str, str | None]) -> Answer:
    """Ask what no flag says, check it, write it, and return what was written.

    Args:
        common: The common options; those that are settings answer their questions.
        more: Settings whose flags only ``init`` has.

    Raises:
        UsageError: A value cannot be, an answer is missing, or something would be replaced that
            nobody said may be.
        FinopsError: The source cannot be opened, or the file not written. Nothing is written.
    """
    file = Path(common.config) if common.config else config.default_file()
    kept = config.read_file(file)
    asker = _asker(common)
    found = answers(asker, _given(common, more), kept, setup.profiles(os.environ))
    found["source"] = config.from_anywhere("source", found["source"])
    _try_to_open(found["source"], common)
    changed = {name: value for name, value in found.items() if kept.get(name) != value}
    if changed:
        replaced = {name: kept[name] for name in changed if name in kept}
        asker.allow(changed, replaced, file)
        config.write_all(changed, file)
    return _report(file, found, kept)


def _asker(common: Common) -> Asker:
    watched = sys.stdin.isatty() and sys.stderr.isatty()
    return Person() if watched and not common.yes else Flags(defaults=common.yes)


def _given(common: Common, more: Mapping[str, str | None]) -> dict[str, str]:
    flags = {
        "source": common.source,
        "profile": common.profile,
        "metric": common.metric,
        "max_api_cost": common.max_api_cost,
        **more,
    }
    return {name: value for name, value in flags.items() if value is not None}


def _try_to_open(source: str, common: Common) -> None:
    """Open the files of an export: better no config file than one that names no bill."""
    if source in ("demo", "aws"):
        return
    with opened(replace(common, source=source, config=None)) as (application, _):
        application.emit(Event("progress", "Looking at the export"))
        application.source.coverage()


def _report(file: Path, found: Mapping[str, str], before: Mapping[str, str]) -> Answer:
    changed = [name for name, value in found.items() if before.get(name) != value]
    count = Figure("count", len(changed), Kind.COUNT)
    settings = "setting" if len(changed) == 1 else "settings"
    words = (
        f"Wrote {{count}} {settings} to {{file}}." if changed else "{file} says all that already."
    )
    columns = (
        Column("setting", Kind.TEXT),
        Column("value", Kind.TEXT),
        Column("before", Kind.TEXT),
    )
    rows = tuple((name, value, before.get(name) or "not set") for name, value in found.items())
    ask = () if found["source"] == "aws" else ("finops cost --by service",)
    return Answer(
        title=Sentence(words, (count, Figure("file", str(file)))),
        provenance=Provenance(source="settings"),
        tables=(Table("Settings", columns, rows),),
        findings=(Finding(Severity.INFO, _about_model(before.get("model"))),),
        next=("finops doctor", *ask),
    )


def _about_model(model: str | None) -> Sentence:
    if not model or model == "none":
        return _NO_MODEL
    return Sentence("Language model: {model}.", (Figure("model", model),))
