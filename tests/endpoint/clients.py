"""An endpoint over a small bill, and boto3 clients that call it."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from tests.aws_endpoint.endpoint import Endpoint
from tests.aws_endpoint.identity import SECRET, access_key
from tests.fakes import FakeSource

TODAY = date(2026, 11, 24)
PROD, LAB = "222222222222", "333333333333"
NAMES = {"account": {PROD: "prod", LAB: "lab"}}
USAGE: dict[str, Any] = {"charge_category": "Usage", "purchase_option": "On Demand"}


def charge(day: date, cost: str, service: str, account: str, **more: Any) -> dict[str, Any]:
    """Return one row of a bill."""
    return {"date": day, "cost": Decimal(cost), "service": service, "account": account, **more}


def bill(start: date = date(2025, 7, 1)) -> FakeSource:
    """Return a bill of two accounts and three services, with tags, a tax and a credit."""
    rows = []
    for i in range((TODAY - start).days):
        day = start + timedelta(days=i)
        ec2 = charge(day, "10.10", "EC2", PROD, region="us-east-1", usage_type="Box:m5", **USAGE)
        rows.append({**ec2, "tags": {"team": "data"}, "usage": Decimal(24), "usage_unit": "Hrs"})
        s3 = charge(day, "1.000000001", "S3", LAB, region="eu-west-1", usage_type="Bytes", **USAGE)
        rows.append({**s3, "tags": {}, "usage": Decimal("2.5"), "usage_unit": "GB-Mo"})
        if day.day == 1:
            rows.append(charge(day, "7", "Tax", PROD, charge_category="Tax"))
            rows.append(charge(day, "-3", "S3", LAB, charge_category="Credit"))
    return FakeSource(rows, TODAY, names=NAMES)


@cache
def _session() -> Any:
    """Return the session of all clients: it reads the model of a service once."""
    import boto3

    return boto3.Session()


def client(endpoint: Endpoint, service: str, account: str | None = None) -> Any:
    """Return a boto3 client that does not try again, and leaves refusing to the server."""
    from botocore.config import Config

    return _session().client(
        service,
        region_name="us-east-1",
        endpoint_url=endpoint.url,
        aws_access_key_id=access_key(account or endpoint.organisation.payer),
        aws_secret_access_key=SECRET,
        config=Config(
            retries={"total_max_attempts": 1}, read_timeout=5, parameter_validation=False
        ),
    )


def costs(start: str, end: str, granularity: str = "MONTHLY", **more: Any) -> dict[str, Any]:
    """Return the parameters of a GetCostAndUsage."""
    period = {"TimePeriod": {"Start": start, "End": end}, "Granularity": granularity}
    return {"Metrics": ["UnblendedCost"], **period, **more}


def dimensions(*keys: str) -> list[dict[str, str]]:
    """Return a GroupBy of dimensions."""
    return [{"Type": "DIMENSION", "Key": key} for key in keys]


def pages(call: Any, token: str = "NextPageToken", **parameters: Any) -> Iterator[dict[str, Any]]:
    """Yield every page of an operation."""
    while True:
        page = call(**parameters)
        yield page
        if token not in page:
            return
        parameters[token] = page[token]
