"""A Route whose action somebody else chose: the rest is still read from the text by code."""

import json
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.errors import UnknownName
from finops_cli.supervisor.router import ACTIONS, as_action
from finops_cli.supervisor.router.actions import domain_of

TODAY = date(2026, 11, 15)
S3 = "Amazon Simple Storage Service"


def test_the_slots_are_read_from_the_text() -> None:
    found = as_action("so, s3 in frankfurt... october?", "cost.explain", TODAY)
    assert (found.domains, found.route, found.action) == (("cost",), "fast", "cost.explain")
    assert (found.confidence, found.why) == (0.7, "chosen by the model")
    assert (found.slots["services"], found.slots["regions"]) == ([S3], ["eu-central-1"])
    assert found.slots["period"]["start"] == "2026-10-01"


def test_the_action_decides_whether_a_month_lies_ahead() -> None:
    spans = {
        action: as_action("december", action, TODAY).slots["period"]["start"]
        for action in ("cost.summary", "forecast.spend")
    }
    assert spans == {"cost.summary": "2025-12-01", "forecast.spend": "2026-12-01"}


def test_rolling_periods_end_where_charges_are_complete() -> None:
    complete = date(2026, 11, 16)
    found = as_action("last 7 days", "cost.trend", TODAY, complete_until=complete)
    assert found.slots["period"]["end"] == "2026-11-16"


@pytest.mark.parametrize(
    ("action", "route", "name"),
    [("help", "fast", "help"), ("none", "out_of_scope", "none")],
)
def test_what_is_no_question_of_money_has_no_domain(action: str, route: str, name: str) -> None:
    found = as_action("ec2 last month", action, TODAY)
    assert (found.domains, found.route, found.action) == ((), route, name)
    assert dict(found.slots) == {}


def test_an_action_that_is_none_of_ours_is_named_with_those_that_are() -> None:
    with pytest.raises(UnknownName, match=r"budget\.delete") as caught:
        as_action("delete it", "budget.delete", TODAY)
    assert "budget.status" in str(caught.value.hint)


def test_every_domain_has_actions_each_told_in_one_sentence() -> None:
    assert {domain_of(action) for action in ACTIONS} - {None} == {
        "cost",
        "forecast",
        "anomaly",
        "advisor",
        "budget",
    }
    for sentence in ACTIONS.values():
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert len(sentence) < 120


@settings(max_examples=200)
@given(st.text(max_size=200), st.sampled_from(sorted(ACTIONS)))
def test_any_text_under_any_action_gives_a_route_in_json(text: str, action: str) -> None:
    found = as_action(text, action, TODAY)
    assert found.action == action
    json.dumps(found.to_dict())
