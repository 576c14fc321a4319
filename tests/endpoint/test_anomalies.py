"""GetAnomalies: found in the bill or given, in AWS's form and within its 90 days."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.anomalies import Anomaly, Cause
from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, USAGE, bill, charge, client, pages
from tests.fakes import FakeSource

SPIKE = (date(2026, 11, 10), date(2026, 11, 11))


def spiked() -> FakeSource:
    rows = bill().rows
    for day in SPIKE:
        spike = charge(day, "500", "S3", LAB, region="eu-west-1", usage_type="Requests", **USAGE)
        rows.append(spike)
    return FakeSource(rows, TODAY, names={"account": {PROD: "prod", LAB: "lab"}})


def ask(aws: Endpoint, start: str, end: str, **more: Any) -> list[dict[str, Any]]:
    dates = {"StartDate": start, "EndDate": end}
    found: list[dict[str, Any]] = client(aws, "ce").get_anomalies(DateInterval=dates, **more)[
        "Anomalies"
    ]
    return found


def test_a_spike_is_found_with_its_cause() -> None:
    with Endpoint(spiked(), TODAY) as aws:
        (found,) = ask(aws, "2026-09-01", "2026-11-24")

    assert found["DimensionValue"] == "S3"
    assert found["AnomalyStartDate"] == "2026-11-10T00:00:00Z"
    assert found["AnomalyEndDate"] == "2026-11-11T00:00:00Z"
    assert found["Impact"]["TotalImpact"] == pytest.approx(1000)
    assert found["RootCauses"] == [
        {
            "Service": "S3",
            "Region": "eu-west-1",
            "LinkedAccount": LAB,
            "LinkedAccountName": "lab",
            "UsageType": "Requests",
            "Impact": {"Contribution": 1000.0},
        }
    ]


def test_both_ends_of_the_interval_are_in_it() -> None:
    with Endpoint(spiked(), TODAY) as aws:
        assert len(ask(aws, "2026-11-11", "2026-11-11")) == 1
        assert ask(aws, "2026-11-12", "2026-11-20") == []
        assert ask(aws, "2026-11-01", "2026-11-10") == []
        with pytest.raises(ClientError, match="90 days"):
            ask(aws, "2026-08-25", "2026-11-20")


def test_given_anomalies_are_filtered_and_paged() -> None:
    given = [
        Anomaly(f"a{n}", "EC2", date(2026, 11, n), date(2026, 11, n), 10.0, 10.0 + n, float(n), ())
        for n in (1, 2, 3)
    ]
    more = Anomaly(
        "b", "S3", *SPIKE, 5.0, 905.0, 450.0, (Cause("S3", "", LAB, "", 900.0),), "PLANNED_ACTIVITY"
    )
    with Endpoint(bill(), TODAY, anomalies=[*given, more]) as aws:
        ce = client(aws, "ce")
        november = {"StartDate": "2026-11-01", "EndDate": "2026-11-30"}
        found = list(pages(ce.get_anomalies, DateInterval=november, MaxResults=3))
        assert [[a["AnomalyId"] for a in page["Anomalies"]] for page in found] == [
            ["b", "a3", "a2"],
            ["a1"],
        ]
        large = {"NumericOperator": "GREATER_THAN", "StartValue": 100.0}
        assert [
            a["AnomalyId"] for a in ask(aws, "2026-11-01", "2026-11-30", TotalImpact=large)
        ] == ["b"]
        assert len(ask(aws, "2026-11-01", "2026-11-30", Feedback="PLANNED_ACTIVITY")) == 1
        of_lab = client(aws, "ce", LAB).get_anomalies(DateInterval=november)["Anomalies"]
        assert [a["AnomalyId"] for a in of_lab] == ["b"]


def test_an_even_bill_has_no_anomalies(aws: Endpoint) -> None:
    assert ask(aws, "2026-09-01", "2026-11-24") == []
    assert Decimal(aws.billed()) == 1
