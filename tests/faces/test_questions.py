"""Which questions ``finops init`` asks, what will do for an answer, and when nobody is asked."""

from collections.abc import Mapping
from pathlib import Path

import pytest

from finops_cli.errors import FinopsError, UsageError
from finops_cli.faces.cli.questions import Accept, Flags, answers

PROFILES = ("default", "prod", "dev")
AWS = {"source": "aws", "profile": "prod"}


class Script:
    """A person whose answers are known: by setting, the last one for good."""

    def __init__(self, **said: str) -> None:
        self.said = {name: text.split("|") for name, text in said.items()}
        self.asked: list[tuple[str, str]] = []
        self.told: list[str] = []

    def tell(self, text: str) -> None:
        self.told.append(text)

    def ask(self, setting: str, question: str, default: str, accept: Accept) -> str:
        self.asked.append((setting, default))
        for text in self.said.get(setting, [default]):
            try:
                return accept(text)
            except FinopsError as error:
                self.told.append(f"{error.message} {error.hint}")
        raise AssertionError(f"nothing said for {setting} will do: {self.told}")

    def allow(self, settings: Mapping[str, str], replaced: Mapping[str, str], file: Path) -> None:
        raise AssertionError("nobody asked yet")


def test_the_demo_needs_no_account_and_no_cap() -> None:
    person = Script(source="demo")
    assert answers(person, {}, {}, PROFILES) == {"source": "demo", "metric": "unblended"}
    assert [setting for setting, _ in person.asked] == ["source", "metric"]


def test_live_aws_asks_for_profile_and_caps_with_defaults() -> None:
    person = Script(source="aws")
    assert answers(person, {}, {}, PROFILES) == {
        "source": "aws",
        "profile": "default",
        "max_api_cost": "0.50",
        "max_api_cost_per_month": "5",
        "metric": "unblended",
    }
    assert any("default, prod, dev" in text for text in person.told)


def test_what_a_flag_says_is_not_asked() -> None:
    person = Script()
    given = {**AWS, "metric": "list", "max_api_cost": "$1"}
    found = answers(person, given, {}, PROFILES)
    assert found == {**AWS, "metric": "list", "max_api_cost": "1", "max_api_cost_per_month": "5"}
    assert [setting for setting, _ in person.asked] == ["max_api_cost_per_month"]


def test_what_the_file_says_is_the_default() -> None:
    person = Script()
    kept = {**AWS, "metric": "amortized", "max_api_cost": "2"}
    found = answers(person, {}, kept, PROFILES)
    assert found == {**kept, "max_api_cost_per_month": "5"}
    assert ("metric", "amortized") in person.asked


def test_an_answer_that_cannot_be_is_asked_again() -> None:
    person = Script(
        source="|aws", profile="prd|prod", max_api_cost="much|-1|nan|0.2", metric="x|list"
    )
    found = answers(person, {}, {}, PROFILES)
    assert found["profile"] == "prod" and found["max_api_cost"] == "0.2"
    assert found["metric"] == "list"
    assert any("Did you mean prod?" in text for text in person.told)


def test_several_profiles_at_once() -> None:
    assert answers(Script(), {"source": "aws", "profile": "prod,dev"}, {}, PROFILES)["profile"]
    with pytest.raises(UsageError, match="no AWS profile 'q'"):
        answers(Script(), {"source": "aws", "profile": "prod,q"}, {}, PROFILES)


def test_no_profile_means_the_credentials_of_the_environment() -> None:
    assert "profile" not in answers(Script(source="aws"), {}, {}, ())


@pytest.mark.parametrize(
    ("given", "flag"),
    [
        ({}, "--source"),
        ({"source": "aws"}, "--profile"),
        (AWS, "--max-api-cost"),
        ({**AWS, "max_api_cost": "1"}, "--max-api-cost-per-month"),
        ({"source": "demo"}, "--metric"),
    ],
)
def test_with_nobody_to_ask_a_missing_answer_names_its_flag(
    given: dict[str, str], flag: str
) -> None:
    with pytest.raises(UsageError) as caught:
        answers(Flags(defaults=False), given, {}, PROFILES)
    assert f"Give {flag}" in caught.value.hint


def test_yes_takes_the_defaults_but_guesses_no_source() -> None:
    assert answers(Flags(defaults=True), AWS, {}, PROFILES)["max_api_cost"] == "0.50"
    assert "profile" not in answers(Flags(defaults=True), {"source": "aws"}, {}, ())
    with pytest.raises(UsageError, match="Source"):
        answers(Flags(defaults=True), {}, {}, PROFILES)


def test_flags_replace_nothing_without_yes() -> None:
    file = Path("config.toml")
    Flags(defaults=False).allow({"metric": "list"}, {}, file)
    Flags(defaults=True).allow({"metric": "list"}, {"metric": "unblended"}, file)
    with pytest.raises(UsageError) as caught:
        Flags(defaults=False).allow({"metric": "list"}, {"metric": "unblended"}, file)
    assert "metric = unblended" in caught.value.message and "--yes" in caught.value.hint
