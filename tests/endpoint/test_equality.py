"""Whatever is asked, the endpoint answers with the source's own figures."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.domain.frame import COST, DATE
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity
from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, bill, client, costs, pages
from tests.fakes import FakeSource

FIRST = date(2026, 9, 1)
NAMES = {
    "service": ("DIMENSION", "SERVICE"),
    "region": ("DIMENSION", "REGION"),
    "account": ("DIMENSION", "LINKED_ACCOUNT"),
    "tag:team": ("TAG", "team"),
}
ABSENT = {"region": "NoRegion", "tag:team": ""}


@pytest.fixture(scope="module")
def served() -> Iterator[tuple[FakeSource, Endpoint, Any]]:
    source = bill(FIRST)
    with Endpoint(source, TODAY, page_size=17) as endpoint:
        yield source, endpoint, client(endpoint, "ce")
        assert endpoint.mishaps == []


days = st.integers(0, (TODAY - FIRST).days - 1)
filters = st.none() | st.tuples(
    st.sampled_from(["EC2", "S3", "Tax"]), st.booleans(), st.sampled_from([PROD, LAB])
)


@settings(max_examples=40, deadline=None)
@given(
    ends=st.tuples(days, days),
    granularity=st.sampled_from([Granularity.DAILY, Granularity.MONTHLY]),
    names=st.lists(st.sampled_from(sorted(NAMES)), max_size=2, unique=True),
    narrowed=filters,
)
def test_figures_are_the_sources(
    served: tuple[FakeSource, Endpoint, Any],
    ends: tuple[int, int],
    granularity: Granularity,
    names: list[str],
    narrowed: tuple[str, bool, str] | None,
) -> None:
    source, _, ce = served
    first, last = sorted(ends)
    period = Period(FIRST + timedelta(days=first), FIRST + timedelta(days=last + 1))
    rules, expression = _filters(narrowed)
    frame = source.fetch(
        CostQuery(period, granularity=granularity, group_by=tuple(names), filters=rules)
    )
    expected = {
        (max(day, period.start), *_words(names, values)): cost
        for day, *values, cost in frame.select(DATE, *names, COST)
    }
    groups = [dict(zip(("Type", "Key"), NAMES[name], strict=True)) for name in names]
    asked = costs(str(period.start), str(period.end), granularity.name, GroupBy=groups)
    found = pages(ce.get_cost_and_usage, **asked, **expression)
    assert _read(found, grouped=bool(names)) == expected


def _filters(narrowed: tuple[str, bool, str] | None) -> tuple[tuple[Filter, ...], dict[str, Any]]:
    if narrowed is None:
        return (), {}
    service, exclude, account = narrowed
    one = {"Dimensions": {"Key": "SERVICE", "Values": [service]}}
    other = {"Dimensions": {"Key": "LINKED_ACCOUNT", "Values": [account]}}
    both = {"And": [{"Not": one} if exclude else one, other]}
    rules = (Filter("service", (service,), exclude), Filter("account", (account,)))
    return rules, {"Filter": both}


def _words(names: list[str], values: list[str | None]) -> list[str]:
    return [
        ("team$" if name == "tag:team" else "") + (value or ABSENT.get(name, ""))
        for name, value in zip(names, values, strict=True)
    ]


def _read(found: Iterator[dict[str, Any]], grouped: bool) -> dict[tuple[Any, ...], Decimal]:
    """Return amounts by day and keys; what is not grouped has no row where nothing was charged."""
    amounts: dict[tuple[Any, ...], Decimal] = {}
    for result in (result for page in found for result in page["ResultsByTime"]):
        day = date.fromisoformat(result["TimePeriod"]["Start"])
        for group in result["Groups"]:
            key = (day, *group["Keys"])
            assert key not in amounts
            amounts[key] = Decimal(group["Metrics"]["UnblendedCost"]["Amount"])
        if not grouped:
            amount = Decimal(result["Total"]["UnblendedCost"]["Amount"])
            if amount:
                amounts[(day,)] = amount
    return amounts
