"""Who asks: keys, roles, and the organisation with its names."""

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from botocore.exceptions import ClientError

from tests.aws_endpoint.endpoint import PAYER, Endpoint
from tests.endpoint.clients import LAB, PROD, TODAY, bill, client

ROOT = Path(__file__).parents[2]


def role(account: str) -> dict[str, Any]:
    return {"RoleArn": f"arn:aws:iam::{account}:role/finops-reader", "RoleSessionName": "finops"}


def test_the_payer_is_who_the_environment_signs_for(aws: Endpoint) -> None:
    assert client(aws, "sts").get_caller_identity()["Account"] == PAYER
    assert client(aws, "sts", LAB).get_caller_identity()["Account"] == LAB


def test_a_role_leads_into_a_member(aws: Endpoint) -> None:
    taken = client(aws, "sts").assume_role(**role(PROD))
    assert (
        taken["AssumedRoleUser"]["Arn"] == f"arn:aws:sts::{PROD}:assumed-role/finops-reader/finops"
    )

    import boto3

    keys = taken["Credentials"]
    session = boto3.Session(
        keys["AccessKeyId"], keys["SecretAccessKey"], keys["SessionToken"], "us-east-1"
    )
    assert session.client("sts", endpoint_url=aws.url).get_caller_identity()["Account"] == PROD


def test_a_role_of_a_stranger_is_denied(aws: Endpoint) -> None:
    with pytest.raises(ClientError) as caught:
        client(aws, "sts").assume_role(**role("999999999999"))
    assert caught.value.response["Error"]["Code"] == "AccessDenied"


def test_a_role_may_ask_for_an_external_id() -> None:
    with Endpoint(bill(), TODAY, external_id="secret-1") as aws:
        sts = client(aws, "sts")
        with pytest.raises(ClientError):
            sts.assume_role(**role(PROD))
        assert sts.assume_role(**role(PROD), ExternalId="secret-1")["Credentials"]


def test_organizations_knows_the_names(aws: Endpoint) -> None:
    organizations = client(aws, "organizations")
    names = {a["Id"]: a["Name"] for a in organizations.list_accounts()["Accounts"]}
    assert names == {PAYER: "management", PROD: "prod", LAB: "lab"}
    organisation = client(aws, "organizations", LAB).describe_organization()["Organization"]
    assert organisation["MasterAccountId"] == PAYER
    with pytest.raises(ClientError):
        client(aws, "organizations", LAB).list_accounts()


def test_s3_keeps_what_is_put(aws: Endpoint) -> None:
    s3 = client(aws, "s3")
    s3.create_bucket(Bucket="exports")
    s3.put_object(Bucket="exports", Key="a folder/b", Body=b"hello")
    assert s3.get_object(Bucket="exports", Key="a folder/b")["Body"].read() == b"hello"


def test_nothing_but_cost_explorer_is_billed(aws: Endpoint) -> None:
    client(aws, "sts").get_caller_identity()
    client(aws, "organizations").list_accounts()
    assert len(aws.requests) == 2
    assert aws.billed() == 0


def test_a_command_runs_against_it() -> None:
    code = "import boto3; print(boto3.client('sts').get_caller_identity()['Account'])"
    words = ["-m", "tests.aws_endpoint", "--as-of", "2026-11-16", sys.executable, "-c", code]
    ran = subprocess.run(
        [sys.executable, *words], capture_output=True, text=True, timeout=60, cwd=ROOT
    )
    assert (ran.returncode, ran.stdout.strip()) == (0, PAYER)
