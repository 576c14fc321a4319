"""STS: who signs a request, and taking a role in another account.

The account stands in the access key, so that the endpoint needs no memory of the keys it gave out.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import AwsError, Call, Reply

SECRET = "test-endpoint-secret"
_SIGNED = re.compile(r"Credential=(\w+)/\d+/([\w-]+)/([\w-]+)/")
_OURS = re.compile(r"A[KS]IA(\d{12})\w{4}")
_ROLE = re.compile(r"arn:[\w-]+:iam::(\d{12}):role/([\w+=,.@/-]+)")


def access_key(account: str, temporary: bool = False) -> str:
    """Return the access key of an account."""
    return f"{'ASIA' if temporary else 'AKIA'}{account}DEMO"


def signer(headers: Mapping[str, str], payer: str) -> str:
    """Return the account whose key signed a request: the payer for a key that is not ours."""
    signed = _SIGNED.search(headers.get("Authorization", ""))
    ours = _OURS.fullmatch(signed[1]) if signed else None
    return ours[1] if ours else payer


def scope(headers: Mapping[str, str]) -> tuple[str, str]:
    """Return the region and the service that a request was signed for; empty where unsigned."""
    signed = _SIGNED.search(headers.get("Authorization", ""))
    return (signed[2], signed[3]) if signed else ("", "")


class Identity:
    """Answers STS.

    Args:
        organisation: Whose accounts there are.
        external_id: The external id that roles ask for; None where they ask for none.
    """

    def __init__(self, organisation: Organisation, external_id: str | None) -> None:
        self._organisation = organisation
        self._external_id = external_id

    def caller(self, call: Call) -> Reply:
        """Answer GetCallerIdentity."""
        if call.account == self._organisation.payer:
            arn, user = f"arn:aws:iam::{call.account}:user/finops", "AIDATESTENDPOINTUSER"
        else:
            arn = f"arn:aws:sts::{call.account}:assumed-role/finops/session"
            user = "AROATESTENDPOINTROLE:session"
        return {"UserId": user, "Account": call.account, "Arn": arn}

    def assume(self, call: Call) -> Reply:
        """Answer AssumeRole for any role of an account of the organisation."""
        arn = str(call.parameters.get("RoleArn", ""))
        role = _ROLE.fullmatch(arn)
        if role is None:
            raise AwsError("ValidationError", f"{arn} is invalid")
        known = role[1] in self._organisation.names
        if not known or call.parameters.get("ExternalId") != self._external_id:
            raise AwsError(
                "AccessDenied",
                f"User: arn:aws:iam::{call.account}:user/finops is not authorized to perform: "
                f"sts:AssumeRole on resource: {arn}",
                403,
            )
        session = str(call.parameters.get("RoleSessionName", "session"))
        return {
            "Credentials": {
                "AccessKeyId": access_key(role[1], temporary=True),
                "SecretAccessKey": SECRET,
                "SessionToken": f"token-of-{role[1]}",
                "Expiration": _in_an_hour(),
            },
            "AssumedRoleUser": {
                "AssumedRoleId": f"AROATESTENDPOINTROLE:{session}",
                "Arn": f"arn:aws:sts::{role[1]}:assumed-role/{role[2].split('/')[-1]}/{session}",
            },
        }


def _in_an_hour() -> str:
    return (datetime.now(UTC) + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
