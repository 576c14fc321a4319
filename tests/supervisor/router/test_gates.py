"""The gates in front of the readers: they save work and never hide what a reader would find."""

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.domain.period import Calendar
from finops_cli.supervisor.router import traits
from finops_cli.supervisor.router.amounts import amount
from finops_cli.supervisor.router.evidence import gather
from finops_cli.supervisor.router.families import BITS
from finops_cli.supervisor.router.grouping import granularity, group_by, limit
from finops_cli.supervisor.router.lexicon import FAMILIES
from finops_cli.supervisor.router.names import accounts, tags
from finops_cli.supervisor.router.periods import READERS, find_periods
from finops_cli.supervisor.router.vocabulary import MEANINGS
from finops_cli.supervisor.router.words import Words, read_words

CALENDAR = Calendar.of(date(2026, 11, 15))
QUESTIONS = [
    json.loads(line)["text"]
    for line in (Path(__file__).parents[1] / "questions.jsonl").read_text("utf-8").splitlines()
]
PIECES = sorted({word for text in QUESTIONS for word in text.split()})
# A word "tagged" and a budget of "zero" are read as such: rules, not gates.
EVERY_TRAIT = ~(traits.TAGGED | traits.ZERO)


def read(words: Words) -> tuple[object, ...]:
    """Return what every gated reader finds."""
    evidence = gather(words)
    return (
        find_periods(words, CALENDAR),
        accounts(evidence),
        tags(evidence, []),
        group_by(evidence, "cost"),
        limit(evidence),
        granularity(evidence),
        amount(evidence, in_budget=True),
        amount(evidence, in_budget=False),
    )


def check_gates_hide_nothing(text: str) -> None:
    words = read_words(text)
    opened = replace(words, traits=words.traits | EVERY_TRAIT)
    assert read(words) == read(opened)


def test_the_gates_hide_nothing_in_our_questions() -> None:
    for text in QUESTIONS:
        check_gates_hide_nothing(text)


@settings(max_examples=300)
@given(st.lists(st.sampled_from(PIECES), max_size=25))
def test_the_gates_hide_nothing_in_a_jumble_of_their_words(pieces: list[str]) -> None:
    check_gates_hide_nothing(" ".join(pieces))


@settings(max_examples=200)
@given(st.text(max_size=80))
def test_the_gates_hide_nothing_in_any_text(text: str) -> None:
    check_gates_hide_nothing(text)


def test_every_word_that_opens_a_period_has_a_reader_and_the_other_way_round() -> None:
    assert set(READERS) == traits.PERIOD_OPENERS
    assert all(MEANINGS[word].traits & traits.PERIOD for word in READERS)


def test_every_family_of_the_phrases_has_a_bit_of_its_own() -> None:
    assert sum(BITS.values()) == (1 << len(BITS)) - 1
    said = 0
    for families in FAMILIES.values():
        said |= families
    assert said == sum(BITS.values())


def test_every_trait_is_a_bit_of_its_own() -> None:
    bits = [value for name, value in vars(traits).items() if name.isupper() and type(value) is int]
    assert sum(bits) == (1 << len(bits)) - 1


def test_what_people_type_does_not_add_up_in_memory() -> None:
    read_words("why did the frobnicator cost so much")
    kept = len(MEANINGS)
    for number in range(200):
        read_words(f"frobnicator{number} zorgle-{number} forecastt and the quux{number}'s cost")
    assert len(MEANINGS) <= kept + 5
