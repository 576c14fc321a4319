"""What the questions of the README cost on live AWS, in billable requests and in dollars."""

import shutil
import sys
from pathlib import Path

from tests.bench.account import Account
from tests.bench.processes import Program, finops, measure
from tests.bench.report import show

Words = tuple[str, ...]
QUESTIONS: tuple[Words, ...] = (
    ("cost",),
    ("ask", "why did EC2 spike"),
    ("ask", "what changed last week"),
    ("cost", "--by", "service", "--period", "last-month"),
    ("cost", "--by", "account,region", "--filter", "service=EC2"),
    ("cost", "--by", "tag:team", "--granularity", "monthly"),
    ("explain", "nat"),
    ("anomalies",),
    ("forecast", "--months", "12"),
    ("ask", "why did my bill go up"),
    ("cost", "--compare", "previous", "--period", "last-7d"),
    ("cost", "--period", "yesterday"),
)
_TODAY, _TOMORROW = "2026-11-16", "2026-11-17"
_PER_REQUEST = 0.01
_HEAD = ("", "uncached", "cold", "in a row", "again", "next day", "")
_NOTES = """
  Requests that the endpoint would have billed, for the demo as of 2026-11-16; a page holds 1,000
  groups (AWS does not publish how many). uncached: every query of the tools is a request of its own
  a page, what is known of the bill as a whole is asked once a run. cold: from an empty cache. in a
  row: one question after the other from one empty cache. again: each once more right after. next
  day: all in a row again, 24 hours later, from the cache as it was left."""


def questions(scratch: Path) -> None:
    """Print how many billable requests each question takes, by what is known before."""
    with Account("demo", scratch / "questions") as account:
        columns = _measured(account, scratch / "questions")
    named = [f"finops {' '.join(_quoted(word) for word in words)}" for words in QUESTIONS]
    rows = [(name, *map(str, counts), "") for name, *counts in zip(named, *columns, strict=True)]
    sums = [sum(counts) for counts in columns]
    rows.append(("all twelve", *map(str, sums), ""))
    rows.append(("in US dollars", *(f"{count * _PER_REQUEST:.2f}" for count in sums), ""))
    show("Billable requests on live AWS", rows, _HEAD)
    print(_NOTES)


def _measured(account: Account, folder: Path) -> list[list[int]]:
    """Return a column of counts for each way of asking all questions."""

    def emptied(words: Words, *, otherwise: str | None = None) -> int:
        shutil.rmtree(folder / "emptied", ignore_errors=True)
        return _billed(account, _asked(words, folder / "emptied", _TODAY, otherwise))

    uncached = [emptied(words, otherwise="uncached") for words in QUESTIONS]
    cold = [emptied(words) for words in QUESTIONS]
    kept = folder / "kept"
    twice = [
        [_billed(account, _asked(words, kept, _TODAY)) for _ in range(2)] for words in QUESTIONS
    ]
    account.becomes_tomorrow()
    later = [_billed(account, _asked(words, kept, _TOMORROW, "tomorrow")) for words in QUESTIONS]
    return [uncached, cold, [first for first, _ in twice], [again for _, again in twice], later]


def _asked(words: Words, cache: Path, day: str, otherwise: str | None = None) -> Program:
    command = (*words, "--source", "aws", "--as-of", day)
    if otherwise is None:
        return finops(*command, cache=cache)
    python = (sys.executable, "-m", "tests.bench.otherwise", otherwise)
    return Program((*python, *command), {"FINOPS_CACHE_DIR": str(cache)})


def _billed(account: Account, program: Program) -> int:
    before = account.seen().billed
    measure(account.asked_by(program))
    return account.seen().billed - before


def _quoted(word: str) -> str:
    return f'"{word}"' if " " in word else word
