"""Answers over the demo, and the measure of how well a prose over them is checked."""

import json
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from finops_cli.domain.answer import Answer
from finops_cli.domain.prose import Prose
from finops_cli.sources import Today, open_source
from finops_cli.tools import Catalogue

STATED = "Why did EC2 spike, and will we stay under $150k in November?"
_TODAY = Today(date(2026, 11, 15))


@dataclass(frozen=True)
class Sentence:
    """Words as models write them, and which of their figures are in no Answer.

    ``over`` says over which answers; a ``gap`` is why the check is known to miss one of them.
    """

    over: str
    text: str
    unmatched: tuple[str, ...]
    gap: str | None = None


def sentences() -> list[Sentence]:
    lines = (Path(__file__).parent / "sentences.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        Sentence(one["over"], one["text"], tuple(one["unmatched"]), one.get("gap"))
        for one in map(json.loads, lines)
    ]


@cache
def answers(cache_folder: Path, over: str = "spike") -> tuple[Answer, ...]:
    """Return what a plan comes to: that of the stated question, or one about months."""
    tools = Catalogue(open_source("demo", _TODAY, cache_folder))
    if over == "spike":
        return (
            tools["cost.explain"](filters=["service=ec2"]),
            tools["cost.breakdown"](by=["service"], period="last-month"),
            tools["forecast.spend"](period="2026-12..2027-05"),
            tools["anomaly.list"](),
        )
    return (
        tools["cost.compare"](period="2026-10", against="2026-09", by=["service"]),
        tools["cost.trend"](period="last-14d", granularity="daily", filters=["service=s3"]),
        tools["cost.untagged"](period="last-month"),
        tools["forecast.spend"](months=12),
    )


@dataclass
class Score:
    """Figures rightly marked, wrongly marked and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        return self.right / max(self.right + self.wrong, 1)

    @property
    def recall(self) -> float:
        return self.right / max(self.right + self.missed, 1)

    def add(self, sentence: Sentence, prose: Prose) -> None:
        found = [one.text for one in prose.unmatched]
        for expected in sentence.unmatched:
            same = [text for text in found if expected in text or text in expected]
            self.right += bool(same)
            self.missed += not same
            found = [text for text in found if text not in same]
        self.wrong += len(found)
