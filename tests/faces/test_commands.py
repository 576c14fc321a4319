"""Whole outputs, as a person or a script gets them; rewritten by ``make golden``."""

import csv
import io
import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from tests import golden
from tests.faces.cli import DEMO, finops

_DOCS = Path(__file__).parents[2] / "docs"
COMMANDS = {
    "ask-why-ec2": ("ask", "why did EC2 spike"),
    "cost": ("cost",),
    "cost-by-service": ("cost", "--by", "service", "--period", "last-month"),
    "cost-by-two": ("cost", "--by", "account,region", "--top", "5", "--period", "2026-09"),
    "cost-by-tag": ("cost", "--by", "tag:team", "--period", "mtd"),
    "cost-monthly": ("cost", "--granularity", "monthly", "--period", "ytd"),
    "cost-daily-by": ("cost", "-g", "daily", "--by", "service", "--top", "3", "-t", "last-7d"),
    "cost-compare": ("cost", "--compare", "previous", "--period", "last-month"),
    "cost-amortized": ("cost", "--metric", "amortized", "--by", "charge-category"),
    "explain": ("explain",),
    "explain-nat": ("explain", "usage_type=EU-NatGateway-Bytes"),
    "explain-month": ("explain", "--period", "last-month"),
    "inspect": ("source", "inspect"),
    "advisor": ("advisor",),
    "advisor-list": ("advisor", "list", "--effort", "low"),
    "ask-plan": ("ask", "--plan", "top 5 services last month in eu-west-1"),
    "ask-off-topic": ("ask", "tell me a joke about kubernetes"),
    "ask-help": ("ask", "what can you do"),
}


@pytest.mark.parametrize("name", COMMANDS)
@pytest.mark.parametrize("form", ["terminal", "markdown", "json", "csv"])
def test_golden(name: str, form: str) -> None:
    done = finops(*COMMANDS[name], *DEMO, "-o", form)
    assert done.err == ""
    text = done.text
    if form == "json":
        document = json.loads(done.out)
        document["provenance"] |= {"seconds": 0, "queries": 0}
        text = json.dumps(document, indent=2, ensure_ascii=False) + "\n"
    golden.check(f"{name}.{form}", text)


FORECASTS = {
    "forecast": ("forecast", "--months", "12"),
    "forecast-by": ("forecast", "--by", "service", "--months", "3", "--top", "4"),
    "forecast-adjusted": ("forecast", "-m", "2", "--adjust", "2026-12 +10 %", "--level", "90"),
    "backtest": ("forecast", "--backtest"),
    "budget": ("budget",),
    "budget-history": ("budget", "history"),
    "budget-check": ("budget", "check", "--fail-on", "forecast-over,any:30%"),
    "ask-budget": ("ask", "budget history for production"),
    "ask-forecast": ("ask", "will S3 hit 10k next quarter"),
}


@pytest.mark.parametrize("name", FORECASTS)
@pytest.mark.parametrize("form", ["terminal", "markdown"])
def test_golden_of_estimates(name: str, form: str) -> None:
    """Forms for people only: the last digits of a float are not the same on every machine."""
    done = finops(*FORECASTS[name], *DEMO, "-o", form)
    assert done.err == ""
    golden.check(f"{name}.{form}", done.text)


@pytest.mark.parametrize("name", [*FORECASTS, "anomalies"])
def test_the_json_of_estimates_is_as_its_schema_says(name: str) -> None:
    schema = json.loads((_DOCS / "answer.schema.json").read_text(encoding="utf-8"))
    done = finops(*FORECASTS.get(name, (name, "--since", "all")), *DEMO, "-o", "json")
    document = json.loads(done.out)
    Draft202012Validator(schema).validate(document)
    assert document["tables"][0]["rows"]


@pytest.mark.parametrize("width", ["60", "160"])
@pytest.mark.parametrize("name", ["ask-why-ec2", "cost-by-service", "cost-compare", "forecast"])
def test_golden_at_other_widths(name: str, width: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", width)
    done = finops(*{**COMMANDS, **FORECASTS}[name], *DEMO, "-o", "terminal")
    assert max(len(line) for line in done.out.splitlines() if "finops " not in line) <= int(width)
    golden.check(f"{name}.{width}.terminal", done.text)


def _main_table(*arguments: str) -> dict[str, Any]:
    document = json.loads(finops(*arguments, *DEMO, "-o", "json").out)
    table: dict[str, Any] = document["tables"][0]
    return table


@pytest.mark.parametrize("name", ["cost-by-service", "cost-by-two", "cost-by-tag", "cost-monthly"])
def test_rows_add_up_to_the_total(name: str) -> None:
    table = _main_table(*COMMANDS[name])
    assert sum(Decimal(row["cost"]) for row in table["rows"]) == Decimal(table["total"]["cost"])


def test_the_parts_of_an_explanation_add_up_to_the_change() -> None:
    table = _main_table("explain", "ec2")
    parts = [Decimal(row["change"]) for row in table["rows"]]
    assert len(parts) > 1
    assert sum(parts) == Decimal(table["total"]["change"])


def test_csv_is_the_main_table_and_adds_up() -> None:
    done = finops("cost", "--by", "service", *DEMO, "-o", "csv")
    rows = list(csv.DictReader(io.StringIO(done.out)))
    total = Decimal(_main_table("cost", "--by", "service")["total"]["cost"])
    assert sum(Decimal(row["cost"]) for row in rows) == total


def test_ask_and_flags_give_the_same_answer() -> None:
    asked = json.loads(finops("ask", "cost by service last month", *DEMO, "-o", "json").out)
    flagged = json.loads(
        finops("cost", "--by", "service", "--period", "last-month", *DEMO, "-o", "json").out
    )
    assert asked["tables"] == flagged["tables"]
    assert asked["question"] == "cost by service last month"
    assert asked["route"]["action"] == "cost.breakdown"


def test_a_question_comes_through_a_pipe_too() -> None:
    done = finops("ask", "-", *DEMO, "-o", "json", stdin="cost by service last month\n")
    assert json.loads(done.out)["question"] == "cost by service last month"


def test_off_topic_is_refused_without_a_source() -> None:
    done = finops("ask", "what is the weather in Berlin")
    assert done.code == 2
    assert "outside what I can answer" in done.out


def test_what_is_not_built_yet_is_said() -> None:
    done = finops("ask", "should we buy a savings plan")
    assert done.code == 1
    assert "a question about commitments" in done.out


def test_a_pipe_gets_markdown_without_escape_codes() -> None:
    done = finops("cost", "--by", "service", *DEMO)
    assert done.out.startswith("**The bill is $")
    assert "\x1b" not in done.out


def test_next_commands_run_as_they_are() -> None:
    import shlex

    for name in ("ask-why-ec2", "cost-by-service", "cost-compare", "cost"):
        document = json.loads(finops(*COMMANDS[name], *DEMO, "-o", "json").out)
        for command in document["next"]:
            program, *arguments = shlex.split(command)
            assert program == "finops"
            done = finops(*arguments, "-o", "json")
            assert done.code == 0, (command, done.out)


@pytest.mark.parametrize("arguments", [(), ("source",), ("config",)])
def test_a_command_alone_shows_its_help(arguments: tuple[str, ...]) -> None:
    done = finops(*arguments)
    assert done.code == 0
    assert done.out.startswith("Usage: finops") and done.err == ""


def test_verbose_tells_the_steps_on_stderr() -> None:
    done = finops("explain", *DEMO, "-v")
    assert "finops: Reading the daily costs" in done.err
    assert "finops:" not in done.out.splitlines()[0]
