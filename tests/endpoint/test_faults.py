"""Faults strike as often as asked, and where asked."""

import http.client
import json
import time
from typing import Any

import pytest
from botocore.exceptions import ClientError, ConnectionClosedError

from tests.aws_endpoint.endpoint import Endpoint
from tests.endpoint.clients import LAB, client, costs, dimensions

BY_SERVICE = costs("2026-10-01", "2026-11-01", GroupBy=dimensions("SERVICE"))


def ask(aws: Endpoint, account: str | None = None, **more: Any) -> dict[str, Any]:
    asked: dict[str, Any] = client(aws, "ce", account).get_cost_and_usage(**BY_SERVICE, **more)
    return asked


def code_of(aws: Endpoint, account: str | None = None) -> tuple[str, int]:
    with pytest.raises(ClientError) as caught:
        ask(aws, account)
    answer = caught.value.response
    return answer["Error"]["Code"], answer["ResponseMetadata"]["HTTPStatusCode"]


def keys(page: dict[str, Any]) -> list[str]:
    return [g["Keys"][0] for r in page["ResultsByTime"] for g in r["Groups"]]


def test_throttles_end(aws: Endpoint) -> None:
    aws.faults.throttle(2)
    assert [code_of(aws), code_of(aws)] == [("ThrottlingException", 400)] * 2
    assert keys(ask(aws)) == ["EC2", "S3", "Tax"]
    assert aws.billed() == 1


def test_refusals_that_stay_until_cleared(aws: Endpoint) -> None:
    for fault, expected in (
        (aws.faults.expire, "ExpiredTokenException"),
        (aws.faults.unknown_key, "UnrecognizedClientException"),
        (aws.faults.deny, "AccessDeniedException"),
        (aws.faults.disabled, "AccessDeniedException"),
        (aws.faults.unready, "DataUnavailableException"),
    ):
        fault()
        assert [code_of(aws), code_of(aws)] == [(expected, 400)] * 2
        aws.faults.clear()
    assert ask(aws)


def test_too_many_and_broken(aws: Endpoint) -> None:
    aws.faults.limit()
    assert code_of(aws)[0] == "LimitExceededException"
    aws.faults.server_error()
    assert code_of(aws) == ("InternalServerException", 500)


def test_a_fault_strikes_one_operation_or_one_account(aws: Endpoint) -> None:
    aws.faults.deny("GetTags")
    assert ask(aws)
    aws.faults.deny(account=LAB)
    assert ask(aws)
    with pytest.raises(ClientError, match="ce:GetCostAndUsage on resource"):
        ask(aws, LAB)
    with pytest.raises(ClientError) as caught:
        client(aws, "sts", LAB).get_caller_identity()
    assert caught.value.response["Error"]["Code"] == "AccessDenied"


def test_slow_answers(aws: Endpoint) -> None:
    aws.faults.slow(0.2, "GetCostAndUsage", times=1)
    started = time.monotonic()
    ask(aws)
    assert time.monotonic() - started >= 0.2


def test_a_cut_body_was_billed(aws: Endpoint) -> None:
    aws.faults.cut()
    with pytest.raises(http.client.IncompleteRead):
        _post(aws)
    assert aws.billed() == 1
    assert json.loads(_post(aws))["ResultsByTime"]


def test_a_line_that_breaks_before_the_answer(aws: Endpoint) -> None:
    aws.faults.hang_up()
    with pytest.raises(ConnectionClosedError):
        ask(aws)
    assert aws.billed() == 0
    assert ask(aws)


def _post(aws: Endpoint) -> bytes:
    """Post as nothing between does: botocore takes half a body for an empty answer."""
    connection = http.client.HTTPConnection("127.0.0.1", int(aws.url.rpartition(":")[2]), timeout=5)
    try:
        target = {"X-Amz-Target": "AWSInsightsIndexService.GetCostAndUsage"}
        connection.request("POST", "/", json.dumps(BY_SERVICE).encode(), target)
        return connection.getresponse().read()
    finally:
        connection.close()


def test_tokens_that_lie(aws: Endpoint) -> None:
    aws.organisation.page_size = 2
    first = ask(aws)
    token = first["NextPageToken"]
    aws.faults.repeat_token()
    assert ask(aws, NextPageToken=token)["NextPageToken"] == token
    assert "NextPageToken" not in ask(aws, NextPageToken=token)

    aws.faults.drop_token()
    assert "NextPageToken" not in ask(aws)
    assert ask(aws)["NextPageToken"] == token

    aws.faults.empty_page()
    empty = ask(aws)
    assert keys(empty) == []
    assert keys(ask(aws, NextPageToken=empty["NextPageToken"])) == keys(first)
