"""A Route in a file: what was written is read, and what is none is told."""

from datetime import date
from typing import Any

import pytest

from finops_cli.domain.plan import Route
from finops_cli.supervisor import route

WRITTEN = route("compare s3 in frankfurt in october with september", date(2026, 11, 15)).to_dict()


def test_a_route_is_read_as_it_was_written() -> None:
    assert Route.from_dict(WRITTEN).to_dict() == WRITTEN


@pytest.mark.parametrize(
    "change",
    [
        {"domains": [3]},
        {"domains": 3},
        {"route": "slow"},
        {"slots": "none"},
        {"slots": {"period": {"start": "2026-10-01"}}},
        {"slots": {"period": {"start": "october", "end": "2026-11-01"}}},
        {"slots": {"period": {"start": "2026-11-01", "end": "2026-10-01"}}},
        {"slots": {"compare_period": "september"}},
        {"slots": {"services": "s3"}},
        {"slots": {"regions": [3]}},
        {"confidence": "high"},
        {"confidence": None},
    ],
)
def test_what_is_no_route_is_told(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r".*"):
        Route.from_dict({**WRITTEN, **change})


def test_a_route_without_a_part_is_told() -> None:
    for name in WRITTEN:
        with pytest.raises(ValueError, match="no Route"):
            Route.from_dict({key: value for key, value in WRITTEN.items() if key != name})
