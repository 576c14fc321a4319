"""The public JSON is what docs/answer.schema.json says, and exact."""

import json
from copy import deepcopy
from dataclasses import replace
from datetime import date
from decimal import Decimal as D
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from finops_cli.domain.answer import Answer, Column, Kind, Provenance, Sentence, Table
from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.period import Period
from finops_cli.errors import FinopsError, SourceNotFound
from finops_cli.output import Style, as_json, exact, render, render_error
from tests import golden
from tests.output import examples
from tests.output.written import texts

JSON = Style(format="json")
SCHEMA = json.loads(
    (Path(__file__).parents[2] / "docs" / "answer.schema.json").read_text(encoding="utf-8")
)


def closed(schema: dict[str, Any]) -> dict[str, Any]:
    """Return the schema with unknown members refused, so that none goes undocumented."""
    tight = deepcopy(schema)
    for part in tight["$defs"].values():
        for one in (part, *part.get("properties", {}).values()):
            if "properties" in one:
                one["additionalProperties"] = False
    return tight


CHECKER = Draft202012Validator(closed(SCHEMA), format_checker=Draft202012Validator.FORMAT_CHECKER)


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(SCHEMA)


@pytest.mark.parametrize("name", examples.ALL)
def test_every_example_is_valid_and_one_document(name: str) -> None:
    text = render(examples.ALL[name], JSON)
    document = json.loads(text)
    CHECKER.validate(document)
    assert document == as_json(examples.ALL[name])
    if name in examples.SHORT:
        golden.check(f"{name}.json", text)


@pytest.mark.parametrize(
    "error", [FinopsError("It failed."), SourceNotFound("No file at \x1b.", "Look elsewhere.")]
)
def test_an_error_is_valid(error: FinopsError) -> None:
    document = json.loads(render_error(error, JSON))
    CHECKER.validate(document)
    assert document == {
        "schema": "finops.answer/1",
        "error": {"code": error.code, "message": error.message, "hint": error.hint},
        "exit": {"code": error.exit_code, "reason": error.code},
    }


@pytest.mark.parametrize(
    "broken",
    [
        {"title": ""},
        {"findings": [{"severity": "bad", "text": "", "figures": []}]},
        {"exit": {"code": 300, "reason": ""}},
        {"error": {"code": "x", "message": "", "hint": ""}},
        {"schema": "finops.answer/2"},
        {"prose": {"text": "x", "matched": 1}},
        {
            "prose": {
                "text": "x",
                "matched": 1,
                "unmatched": [{"text": "$5", "start": -1, "end": 1}],
            }
        },
        {"parts": [{}]},
    ],
)
def test_the_schema_refuses(broken: dict[str, Any]) -> None:
    assert not CHECKER.is_valid(as_json(examples.EXPLAIN) | broken)


def test_the_schema_refuses_a_rounded_float_for_money() -> None:
    document = as_json(examples.EXPLAIN)
    document["findings"][0]["figures"][0]["value"] = 4795.1  # type: ignore[index]
    assert not CHECKER.is_valid(document)


def test_the_schema_refuses_a_price_that_is_no_decimal() -> None:
    asked = replace(examples.EXPLAIN.provenance, model=ModelUse("x", cost=D("0.5")))
    document = as_json(replace(examples.EXPLAIN, provenance=asked))
    assert CHECKER.is_valid(document)
    model = document["provenance"]["model"]  # type: ignore[index]
    assert model["cost"] == "0.50"
    model["cost"] = 0.5
    assert not CHECKER.is_valid(document)


def test_what_is_written_is_valid() -> None:
    for answer in (texts.WRITTEN, texts.HOSTILE):
        text = render(answer, JSON)
        CHECKER.validate(json.loads(text))
        assert json.loads(text)["prose"]["text"] == answer.prose.text  # type: ignore[union-attr]
        assert not any(sign in text for sign in "\x1b\x9b\u202e")


def test_a_hostile_name_is_exact_but_harmless_in_a_terminal() -> None:
    text = render(examples.HOSTILE_TEXT, JSON)
    assert not any(sign in text for sign in "\x1b\x9b\u202e")
    assert json.loads(text)["tables"][0]["rows"][0]["tag:=cmd|x"] == examples.HOSTILE


def test_two_columns_of_one_name_are_our_mistake() -> None:
    table = Table("t", (Column("a", Kind.TEXT), Column("a", Kind.TEXT)), ())
    with pytest.raises(ValueError, match="one name"):
        as_json(Answer(Sentence("x"), Provenance("demo"), tables=(table,)))


@pytest.mark.parametrize(
    ("value", "kind", "expected"),
    [
        (D("4812.004"), Kind.MONEY, "4812.004"),
        (D("4.5000"), Kind.MONEY, "4.50"),
        (D("4"), Kind.CHANGE, "4.00"),
        (D("-0"), Kind.MONEY, "0.00"),
        (D("1E+3"), Kind.MONEY, "1000.00"),
        (D("1E-9"), Kind.MONEY, "0.000000001"),
        (D("12.50"), Kind.QUANTITY, "12.5"),
        (D("1200"), Kind.QUANTITY, "1200"),
        (D("NaN"), Kind.MONEY, None),
        (D("Infinity"), Kind.SHARE, None),
        (D(1) / 3, Kind.SHARE, 0.333333),
        (date(2026, 10, 1), Kind.MONTH, "2026-10"),
        (date(2026, 10, 1), Kind.DATE, "2026-10-01"),
        (
            Period(date(2026, 10, 1), date(2026, 11, 1)),
            Kind.PERIOD,
            {"start": "2026-10-01", "end": "2026-11-01"},
        ),
        (None, Kind.MONEY, None),
        (3, Kind.COUNT, 3),
    ],
)
def test_values(value: Any, kind: Kind, expected: Any) -> None:
    assert exact.value_of(value, kind) == expected


@given(st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**20), max_value=10**20))
def test_money_is_exact(value: D) -> None:
    text = exact.decimal(value, 2)
    assert D(text) == value
    assert "E" not in text and len(text.partition(".")[2]) >= 2
