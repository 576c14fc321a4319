"""Laws that the router keeps for any text: what changes nothing, and what no text can do to it."""

import json
import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.supervisor.router import route
from finops_cli.supervisor.router.traits import WORDS_OF
from finops_cli.supervisor.router.words import MAX_CHARS

TODAY = date(2026, 11, 15)
QUESTIONS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[1] / "questions.jsonl").read_text("utf-8").splitlines()
]
IN_WORDS = [text for text in QUESTIONS if any(char.isalnum() for char in text)]


def meaning(text: str) -> tuple[object, ...]:
    found = route(text, TODAY)
    return found.domains, found.route, found.action


@pytest.mark.parametrize(
    "change",
    [
        str.upper,
        str.title,
        lambda text: f"{text.rstrip('?!. ')}?",
        lambda text: f"{text.rstrip('?!. ')}.",
        lambda text: f"{text.rstrip('?!. ')}!!",
        lambda text: f"please {text}",
        lambda text: f"hi, {text}",
        lambda text: f"hey finops, {text}",
        lambda text: f"  {text.replace(' ', '   ')}\n",
    ],
    ids=["UPPER", "Title", "?", ".", "!!", "please", "hi", "hey finops", "blanks"],
)
def test_what_means_nothing_changes_nothing(change: Callable[[str], str]) -> None:
    assert {text: meaning(change(text)) for text in IN_WORDS} == {
        text: meaning(text) for text in IN_WORDS
    }


@settings(max_examples=100)
@given(st.text(st.characters(exclude_categories=[]), max_size=400))
def test_any_characters_at_all_give_a_route_in_json(text: str) -> None:
    found = route(text, TODAY)
    assert json.loads(json.dumps(found.to_dict()))["why"] == found.why


@settings(max_examples=20)
@given(st.text(min_size=1, max_size=40), st.sampled_from(QUESTIONS))
def test_only_the_head_of_a_text_counts(tail: str, question: str) -> None:
    head = (question + " x" * MAX_CHARS)[:MAX_CHARS]
    assert route(head + tail * 2_000, TODAY) == route(head, TODAY)


_HOSTILE = {
    "words": "why did ec2 cost spike last month and ",
    "digits": "1234567890",
    "thousands": "1,000",
    "brackets": "((([[[{{{<<<",
    "joins": "and and then and ",
    "quotes": "\"'`“’",
    "equals": "team=a:b=c_d-e=",
    "periods": "last 3 months to the end of q3 2026 vs ",
    "accounts": "account a-b-c-d account ",
    "names": "budget_x-y.z/budget ",
    "dimensions": "by service and region, team/account & ",
    "letters": "a",
    "accents": "é",
    "scripts": "先月の費用はいくら",
    "joiners": "\u200d\u202e\u0301",
    "emoji": "😭🔥",
    "escapes": "\x1b[31m\x00\x07",
    "typos": "forcastt servicce ",
    "since": "since ",
    "each": "per ",
    "listed": "tax and ",
    "german": "wie hoch sind die kosten letzten monat ",
}


# No text of 2,000 characters that we know takes half so many calls.
_ENDLESS = 200_000


def calls(text: str) -> int:
    """Return how many calls, of Python and of C, reading a text takes; it must come to an end."""
    counted = 0

    def count(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal counted
        counted += event in ("call", "c_call")
        assert counted < _ENDLESS, text[:60]

    sys.setprofile(count)
    try:
        route(text, TODAY)
    finally:
        sys.setprofile(None)
    return counted


@pytest.mark.parametrize("piece", _HOSTILE.values(), ids=_HOSTILE)
def test_work_grows_with_the_text_and_no_faster_and_ends_with_its_head(piece: str) -> None:
    def repeated(length: int) -> str:
        return (piece * (length // len(piece) + 1))[:length]

    route(repeated(100), TODAY)
    small, medium, head = (calls(repeated(size)) for size in (500, 1_000, MAX_CHARS))
    # A constant beside the linear part, since even an empty text takes some calls.
    assert medium <= 2.5 * small + 200
    assert head <= 2.5 * medium + 200
    assert calls(repeated(100_000)) <= head + 20


_OPENERS = sorted(word for words in WORDS_OF.values() for word in words)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(_OPENERS), min_size=1, max_size=4), st.sampled_from(" ,-/"))
def test_words_that_open_something_read_over_and_over_take_no_longer(
    words: list[str], between: str
) -> None:
    piece = between.join(words) + " "
    text = (piece * MAX_CHARS)[:MAX_CHARS]
    assert calls(text) <= 300 * len(text.replace(between, " ").split()) + 1_000
