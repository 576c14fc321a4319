"""Models write arguments in many ways; what they mean is one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.agents.loop.arguments import arguments
from finops_cli.errors import UsageError

SCHEMA: dict[str, Any] = {
    "properties": {
        "by": {"type": "array", "items": {"type": "string"}},
        "numbers": {"type": "array", "items": {"type": "integer"}},
        "period": {"type": "string"},
        "top": {"type": "integer"},
        "share": {"type": "number"},
        "new": {"type": "boolean"},
        "grain": {"enum": ["daily", "monthly", "none"], "type": "string"},
        "impact": {"anyOf": [{"type": "string"}, {"type": "number"}]},
    }
}


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ({"by": ["service", "region"]}, {"by": ["service", "region"]}),
        ({"by": "service, region"}, {"by": ["service", "region"]}),
        ({"by": '["service", "region"]'}, {"by": ["service", "region"]}),
        (
            {"by": "service=EC2,S3, region=us-east-1"},
            {"by": ["service=EC2,S3", "region=us-east-1"]},
        ),
        ({"by": {"service": ["EC2", "S3"], "region": "x"}}, {"by": ["service=EC2,S3", "region=x"]}),
        ({"by": 7}, {"by": ["7"]}),
        ({"numbers": "1, 2"}, {"numbers": [1, 2]}),
        ({"period": ["last-month"]}, {"period": "last-month"}),
        ({"period": 2026}, {"period": "2026"}),
        ({"top": "10"}, {"top": 10}),
        ({"top": 10.0}, {"top": 10}),
        ({"share": "0.5"}, {"share": 0.5}),
        ({"new": "False"}, {"new": False}),
        ({"new": True}, {"new": True}),
        ({"grain": "Daily"}, {"grain": "daily"}),
        ({"grain": "none"}, {"grain": "none"}),
        ({"impact": "50"}, {"impact": "50"}),
        ({"impact": 50}, {"impact": 50}),
        ({"top": None, "period": "null", "by": ""}, {}),
        ('{"top": 3}', {"top": 3}),
        (None, {}),
        ("", {}),
    ],
)
def test_what_is_meant(given: Any, meant: dict[str, Any]) -> None:
    assert arguments(given, SCHEMA) == meant


@pytest.mark.parametrize(
    ("given", "said", "hint"),
    [
        ([1], "no JSON object", "Write them as"),
        ("nonsense", "no JSON object", "Write them as"),
        ({"groups": "x"}, "no argument 'groups'", "It takes: by, numbers"),
        ({"peroid": "x"}, "no argument 'peroid'", "Did you mean period?"),
        ({"top": "ten"}, "top is a whole number, not 'ten'", "10"),
        ({"top": 1.5}, "whole number", "10"),
        ({"top": True}, "whole number", "10"),
        ({"top": 1e400}, "whole number", "10"),
        ({"share": "half"}, "share is a number", "50"),
        ({"new": "maybe"}, "true or false", "true"),
        ({"period": {"start": "x"}}, "period is one text", "text"),
        ({"period": ["a", "b"]}, "period is one text", "text"),
        ({"grain": "dayly"}, "'dayly' is no grain", "Did you mean daily?"),
    ],
)
def test_what_cannot_be_read_is_told_in_a_sentence(given: Any, said: str, hint: str) -> None:
    with pytest.raises(UsageError) as refused:
        arguments(given, SCHEMA)
    assert said in refused.value.message
    assert hint in refused.value.hint


def test_what_is_needed_is_asked_for() -> None:
    with pytest.raises(UsageError, match="period is needed"):
        arguments({"period": ""}, {**SCHEMA, "required": ["period"]})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=6,
)


@given(st.dictionaries(st.sampled_from([*SCHEMA["properties"], "other"]), JSON) | JSON)
def test_anything_is_read_or_refused(given: Any) -> None:
    try:
        read = arguments(given, SCHEMA)
    except UsageError as refused:
        assert refused.message.endswith(".") and refused.hint
    else:
        assert set(read) <= set(SCHEMA["properties"])
