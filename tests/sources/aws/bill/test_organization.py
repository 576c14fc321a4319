"""Names and payers where they may be known, and nothing lost where they may not."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from finops_cli.errors import Expired, FinopsError
from finops_cli.sources.aws.bill.organization import account_names, payer_of
from finops_cli.sources.aws.guard.calls import CallFailed, Parameters, Reply
from finops_cli.sources.aws.guard.operations import DESCRIBE_ORGANIZATION, LIST_ACCOUNTS, Operation
from finops_cli.sources.aws.session.codes import failure_of
from finops_cli.sources.aws.session.failures import told

RECORDINGS = Path(__file__).parents[3] / "data" / "aws"


class Says:
    """Answers page by page, or refuses as AWS did."""

    def __init__(self, *pages: Reply, error: FinopsError | None = None) -> None:
        self._pages = pages
        self._error = error

    def call(self, operation: Operation, parameters: Parameters) -> Reply:
        assert operation is DESCRIBE_ORGANIZATION
        return next(self._replies())

    def pages(self, operation: Operation, parameters: Parameters) -> Iterator[Reply]:
        assert operation is LIST_ACCOUNTS
        return self._replies()

    def _replies(self) -> Iterator[Reply]:
        yield from self._pages
        if self._error:
            raise self._error


def _recorded(name: str) -> Says:
    recording = json.loads((RECORDINGS / f"{name}.json").read_text())
    error = recording["data"].get("Error")
    if error is None:
        return Says(recording["data"])
    failure = failure_of(error["Code"], recording["status_code"], error["Message"])
    failed = CallFailed(failure, error["Code"], error["Message"])
    return Says(error=told(failed, DESCRIBE_ORGANIZATION))


def test_names_of_every_page() -> None:
    pages = (
        {"Accounts": [{"Id": "1", "Name": "shop"}, {"Id": "2", "Name": "shop"}]},
        {"Accounts": []},
        {"Accounts": [{"Id": "3", "Name": "data"}, {"Id": "4"}]},
    )
    assert account_names(Says(*pages)) == {"1": "shop", "2": "shop", "3": "data"}


@pytest.mark.parametrize("recording", ["organization_denied", "organization_none"])
def test_without_an_organization_there_are_no_names_and_no_payer(recording: str) -> None:
    assert account_names(_recorded(recording)) == {}
    assert payer_of(_recorded(recording)) is None


def test_half_a_list_is_no_list() -> None:
    denied = _recorded("organization_denied")._error
    assert account_names(Says({"Accounts": [{"Id": "1", "Name": "a"}]}, error=denied)) == {}


def test_the_payer_of_a_recorded_organization() -> None:
    assert payer_of(_recorded("organization")) == "644160558196"


def test_credentials_that_are_over_are_not_hidden() -> None:
    with pytest.raises(Expired):
        account_names(Says(error=Expired("over")))
    with pytest.raises(Expired):
        payer_of(Says(error=Expired("over")))
