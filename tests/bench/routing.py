"""How long it takes to understand a question, against the least that anybody can do with one.

Everything is measured in one process: the same questions go through each way in whole passes that
take turns, and of every question the fastest pass counts, so that what else the machine does is
kept out. A router is called inside a process that runs anyway, so processes are no measure here.
"""

import json
import os
import time
from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

from finops_cli.supervisor.router import route
from tests.bench.report import show

Way = Callable[[str], object]

_TODAY = date(2026, 11, 15)
_OWN = Path(__file__).parents[1] / "supervisor" / "questions.jsonl"
_PASSES = 25
_HEAD = ("", "median", "p95", "slowest", "to the floor", "to substrings", "slowest to median")

_WORDS = dict.fromkeys(
    "cost costs spend bill why forecast budget budgets savings idle unused anomaly".split(), "known"
)
_SUBSTRINGS = """
    cost|spend|spent|bill|charge|expens|price|pay|money|invoice|total|breakdown
    forecast|predict|project|next month|next year|will we|expect|estimate|trend|future|growth|pace
    anomal|unusual|spike|unexpected|weird|abnormal|outlier|sudden|surge|strange|irregular|alert
    saving|save|optimi|reduce|idle|unused|rightsiz|recommend|reserved|waste|underutil|commitment
    budget|limit|threshold|exceed|overspend|cap|remaining|overrun|on track|allocat|quota|target
"""
_DOMAINS = [line.strip().split("|") for line in _SUBSTRINGS.strip().splitlines()]

_LONG = {
    "plain words": "why did ec2 cost spike last month and what will it be ",
    "one run of digits": "7",
    "thousands": "1,000",
    "joins": "and and ",
    "brackets": "(([[{{<<",
    "pairs": "team=a:b=c_d-e=",
    "Japanese": "先月の費用はいくら",
    "combining marks": "e\u0301\u202e\u200d",
}


def routing(_scratch: Path) -> None:
    """Print how long reading a question takes, and how that grows with a text."""
    ways: dict[str, Way] = {
        "lower().split() and a look-up a word, the floor": _floor,
        "60 substrings of the lowered text": _by_substrings,
        "finops, all slots included": _ours,
    }
    for name, texts in _corpora().items():
        times = _fastest(ways, texts)
        floor, substrings = (_middle(times[way]) for way in list(ways)[:2])
        rows = [_row(way, times[way], floor, substrings) for way in ways]
        show(f"Understanding {len(texts)} {name}", rows, _HEAD)
    show("A long text", [_grown(*piece) for piece in _LONG.items()], _LONG_HEAD)


def _floor(text: str) -> object:
    return [_WORDS.get(word) for word in text.lower().split()]


def _by_substrings(text: str) -> object:
    """Do what routers by keyword do: the domain of which most substrings are found."""
    lowered = text.lower()
    return max(sum(part in lowered for part in parts) for parts in _DOMAINS)


def _ours(text: str) -> object:
    return route(text, _TODAY)


def _corpora() -> dict[str, list[str]]:
    """Return our own questions, and those of the folder that SHARED names, where it does."""
    files = {"questions of our own": _OWN}
    if "SHARED" in os.environ:
        files["questions of the open set"] = Path(os.environ["SHARED"], "data/questions/open.jsonl")
    return {
        name: [json.loads(line)["text"] for line in file.read_text("utf-8").splitlines()]
        for name, file in files.items()
    }


def _fastest(ways: dict[str, Way], texts: list[str]) -> dict[str, list[float]]:
    """Return the microseconds of each way's fastest pass over every text, in order of time."""
    best = {way: [float("inf")] * len(texts) for way in ways}
    for _ in range(_PASSES):
        for way, read in ways.items():
            for i, text in enumerate(texts):
                best[way][i] = min(best[way][i], _microseconds(read, text))
    return {way: sorted(times) for way, times in best.items()}


def _microseconds(read: Way, text: str) -> float:
    started = time.perf_counter_ns()
    read(text)
    return (time.perf_counter_ns() - started) / 1_000


def _middle(times: list[float]) -> float:
    return times[len(times) // 2]


def _row(way: str, times: list[float], floor: float, substrings: float) -> tuple[str, ...]:
    middle, slowest = _middle(times), times[-1]
    return (
        way,
        *(f"{one:.1f} µs" for one in (middle, times[int(len(times) * 0.95)], slowest)),
        *(f"{middle / one:.1f}x" for one in (floor, substrings)),
        f"{slowest / middle:.1f}x",
    )


_SIZES = (1_000, 2_000, 50_000, 100_000)
_LONG_HEAD = ("", *(f"{size:,}" for size in _SIZES), "2,000 to 1,000", "100,000 to 50,000")


def _grown(name: str, piece: str) -> tuple[str, ...]:
    times = [_longest(piece, size) for size in _SIZES]
    shown = (f"{one / 1_000:.2f} ms" for one in times)
    ratios = [f"{after / before:.1f}x" for before, after in pairwise(times)]
    return (name, *shown, ratios[0], ratios[2])


def _longest(piece: str, size: int) -> float:
    text = (piece * (size // len(piece) + 1))[:size]
    return min(_microseconds(_ours, text) for _ in range(9))
