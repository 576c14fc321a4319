"""``ask --plan`` on live AWS: what it says is what is then sent, and it sends nothing itself."""

import json
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

import pytest

from tests.aws_endpoint.endpoint import Endpoint
from tests.faces.cli import finops
from tests.fakes import FakeSource

TODAY = date(2026, 11, 15)
EC2 = "Amazon Elastic Compute Cloud - Compute"
BILL = [
    {
        "date": date(2025, 10, 1) + timedelta(days=n),
        "cost": Decimal(10 + n % 7) * (4 if service == EC2 and n > 400 else 1),
        "service": service,
        "account": "111111111111",
        "region": "us-east-1",
        "usage_type": f"{service[-3:]}-use",
        "charge_category": "Usage",
        "tags": {"team": "web"},
    }
    for n in range((TODAY - date(2025, 10, 1)).days + 1)
    for service in (EC2, "Amazon Simple Storage Service", "AmazonCloudWatch")
]
ON_AWS = ("--source", "aws", "--as-of", str(TODAY))
SURE = (
    "what did we spend last month",
    "top 5 services last month",
    "ec2 costs by region last month",
    "monthly trend for the last 6 months",
    "compare october with september",
    "forecast next 3 months",
    "any anomalies",
)


@pytest.fixture
def aws(monkeypatch: pytest.MonkeyPatch, tmp_path: object) -> Iterator[Endpoint]:
    with Endpoint(FakeSource(BILL, today=TODAY), TODAY, page_size=100_000) as endpoint:
        for name, value in endpoint.environment().items():
            monkeypatch.setenv(name, value)
        monkeypatch.setenv("FINOPS_CACHE_DIR", f"{tmp_path}/cache")
        yield endpoint


def planned(question: str) -> tuple[int, Decimal]:
    done = finops("ask", "--plan", question, *ON_AWS, "-o", "json")
    assert done.code == 0, done.err
    (table,) = json.loads(done.out)["tables"]
    rows = table["rows"]
    return sum(r["api_calls"] for r in rows), sum(
        (Decimal(r["api_cost"]) for r in rows), Decimal(0)
    )


@pytest.mark.parametrize("question", SURE)
def test_the_price_is_what_is_sent(aws: Endpoint, question: str) -> None:
    requests, cost = planned(question)
    assert aws.billed() == 0
    assert cost == Decimal("0.01") * requests > 0
    done = finops("ask", question, *ON_AWS)
    assert done.code == 0, done.err
    assert aws.billed() == requests
    assert planned(question) == (0, 0)


def test_an_explanation_is_priced_about_right(aws: Endpoint) -> None:
    requests, _ = planned("why did EC2 spike")
    done = finops("ask", "--plan", "why did EC2 spike", *ON_AWS)
    assert "about" in done.out
    finops("ask", "why did EC2 spike", *ON_AWS)
    assert requests / 2 <= aws.billed() <= requests * 2


def test_a_plan_leaves_the_cache_as_it_is(aws: Endpoint) -> None:
    planned("top 5 services last month")
    done = finops("cost", "--by", "service", *ON_AWS, "--offline")
    assert done.code != 0 and "cache" in done.err


def test_without_credentials_the_plan_is_all_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    done = finops("ask", "--plan", "top 5 services", "--source", "aws")
    assert done.code == 0
    assert "cost.breakdown" in done.out
