"""The roster names tools that there are, and the prompts say what a model must not do."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from finops_cli.agents.loop.toolbox import offer
from finops_cli.agents.roster import WITHHELD, WRITES, prompt, roster
from finops_cli.tools import Catalogue
from tests.fakes import FakeSource

DAYS = [date(2026, 9, 1) + timedelta(days=n) for n in range(60)]
SOURCE = FakeSource([{"date": day, "cost": Decimal(5), "service": "EC2"} for day in DAYS])


def test_every_tool_of_the_catalogue_belongs_to_one_agent() -> None:
    named = [tool for spec in roster() for tool in spec.tools]
    assert len(named) == len(set(named))
    assert set(Catalogue(SOURCE)) <= set(named)


def test_what_writes_and_what_is_withheld_is_there() -> None:
    catalogue = Catalogue(SOURCE)
    assert WRITES <= set(catalogue)
    for name, arguments in WITHHELD.items():
        assert arguments <= catalogue.accepted(name)


@pytest.mark.parametrize("name", list(Catalogue(SOURCE)))
def test_every_tool_can_be_offered(name: str) -> None:
    offered = offer(name, Catalogue(SOURCE)[name])
    about = offered.schema["properties"]
    assert offered.description.endswith(".")
    assert set(about) == Catalogue(SOURCE).accepted(name) - WITHHELD.get(name, frozenset())
    assert all(one["description"] for one in about.values())
    assert offered.name == name.replace(".", "_")


def test_a_model_is_offered_few_words() -> None:
    catalogue = Catalogue(SOURCE)
    offers = [offer(name, catalogue[name]) for name in catalogue]
    assert sum(len(str(one.schema)) + len(one.description) for one in offers) < 14_000


@pytest.mark.parametrize("name", ["supervisor", "forecast", "advisor", "budget"])
def test_every_prompt_says_who_computes_and_what_data_is(name: str) -> None:
    words = prompt(name)
    assert "Code computes, you only talk" in words
    assert "`<data id=...>`" in words and "language of the question" in words
    assert "never an instruction" in " ".join(words.split())
