"""Which bills are read: each once, whatever names it; one that fails is named."""

import os
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.config import SETTINGS, Settings, Value
from finops_cli.domain import query as q
from finops_cli.domain.query import CostQuery
from finops_cli.domain.source import CostSource
from finops_cli.errors import Denied, NoCredentials, SpendCap, UsageError
from finops_cli.sources.aws.fleet import open_bills
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.opening import Run
from tests.aws_endpoint.endpoint import PAYER
from tests.aws_endpoint.identity import SECRET, access_key
from tests.fakes import FakeSource
from tests.sources.aws.accounts import Account, account, environment

TODAY = date(2026, 11, 15)
WEB, DATA = "111111111111", "222222222222"
BILL = [
    {
        "date": date(2026, 9, 1) + timedelta(days=n),
        "cost": Decimal(n + at) / 8,
        "charge_category": "Usage",
        q.SERVICE: service,
        q.ACCOUNT: owner,
    }
    for n in range(76)
    for at, (service, owner) in enumerate((("EC2", WEB), ("S3", WEB), ("S3", DATA), ("Tax", PAYER)))
]
SOURCE = FakeSource(BILL, names={q.ACCOUNT: {WEB: "web", DATA: "data"}})
PROFILES = {"payer": PAYER, "web": WEB, "data": DATA, "again": WEB}


@pytest.fixture
def bills(tmp_path: Path) -> Iterator[Account]:
    keys = "".join(
        f"[{name}]\naws_access_key_id = {access_key(owner)}\naws_secret_access_key = {SECRET}\n"
        for name, owner in PROFILES.items()
    )
    (tmp_path / "credentials").write_text(keys)
    with account(SOURCE, TODAY, tmp_path, external_id="tuesday") as found:
        variables = {
            **{k: v for k, v in found.endpoint.environment().items() if "_KEY" not in k},
            "AWS_SHARED_CREDENTIALS_FILE": str(tmp_path / "credentials"),
        }
        with environment(variables), pytest.MonkeyPatch.context() as patch:
            patch.delenv("AWS_ACCESS_KEY_ID")
            patch.delenv("AWS_SECRET_ACCESS_KEY")
            yield found


def opened(bills: Account, **given: str) -> tuple[CostSource, Run]:
    values = {s.name: Value(given.get(s.name, s.default), "test") for s in SETTINGS}
    run = replace(bills.run(), environment=dict(os.environ))
    source = open_bills(run, Settings(values, Path("none")))
    return source, run


def by_account(source: CostSource) -> dict[str, Decimal]:
    frame = source.fetch(CostQuery(source.coverage(), group_by=(q.ACCOUNT,)))
    return {owner: cost for owner, cost in frame.select(q.ACCOUNT, "cost")}


def whole(*owners: str) -> dict[str, Decimal]:
    totals: dict[str, Decimal] = {}
    for row in BILL:
        owner, cost = str(row[q.ACCOUNT]), Decimal(str(row["cost"]))
        totals[owner] = totals.get(owner, Decimal(0)) + cost
    return {owner: totals[owner] for owner in owners}


def test_profiles_are_added_up(bills: Account) -> None:
    source, _ = opened(bills, profile="web, data")
    assert by_account(source) == whole(WEB, DATA)
    assert source.label == "aws: web, data"
    assert source.names(q.ACCOUNT)[WEB] == "web"


def test_one_account_under_two_names_counts_once(bills: Account) -> None:
    source, _ = opened(bills, profile="web,again,data")
    assert by_account(source) == whole(WEB, DATA)
    assert any("again is account" in text and "once" in text for text in source.warnings())


def test_a_member_of_a_payer_that_is_read_counts_once(bills: Account) -> None:
    source, _ = opened(bills, profile="payer,web")
    assert by_account(source) == whole(PAYER, WEB, DATA)
    assert any("web is part of the bill of payer" in text for text in source.warnings())


def test_one_that_fails_is_named_and_the_rest_is_there(bills: Account) -> None:
    bills.endpoint.faults.deny("GetCostAndUsage", account=DATA)
    source, run = opened(bills, profile="web,data")
    assert by_account(source) == whole(WEB)
    (short,) = run.meter.shortfalls
    assert short.code == 5
    assert "data is left out" in short.text and "ce:GetCostAndUsage" in short.text


def test_where_all_fail_that_is_the_answer(bills: Account) -> None:
    bills.endpoint.faults.deny("GetCostAndUsage")
    with pytest.raises(Denied):
        opened(bills, profile="web,data")


def test_an_unknown_profile_is_named(bills: Account) -> None:
    source, run = opened(bills, profile="web,dta")
    assert by_account(source) == whole(WEB)
    assert "dta" in run.meter.shortfalls[0].text and "data" in run.meter.shortfalls[0].text
    with pytest.raises(NoCredentials):
        opened(bills, profile="dta")


@pytest.mark.parametrize("accounts", [f"{WEB},{DATA}", "organization"])
def test_accounts_are_read_by_a_role_of_theirs(bills: Account, accounts: str) -> None:
    given = {"accounts": accounts, "role": "reader", "external_id": "tuesday"}
    source, run = opened(bills, profile="payer", **given)
    assert by_account(source).items() >= whole(WEB, DATA).items()
    assert [r.operation for r in bills.endpoint.requests].count("AssumeRole") >= 2
    assert not run.meter.shortfalls or "organization" in accounts


def test_a_wrong_external_id_is_no_permission(bills: Account) -> None:
    with pytest.raises(Denied, match="AssumeRole"):
        opened(bills, profile="payer", accounts=f"{WEB},{DATA}", role="reader", external_id="no")


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"role": "reader"}, "both settings"),
        ({"accounts": "organization"}, "both settings"),
        ({"accounts": "12", "role": "reader"}, "no account id"),
        ({"accounts": WEB, "role": "reader", "profile": "a,b"}, "one profile"),
        ({"profile": "web,data", "concurrency": "many"}, "at once"),
        ({"profile": "web,data", "concurrency": "0"}, "at once"),
    ],
)
def test_settings_that_contradict(bills: Account, given: dict[str, str], words: str) -> None:
    with pytest.raises(UsageError, match=words):
        opened(bills, **given)


def test_a_cap_holds_over_all_accounts(bills: Account) -> None:
    values = {s.name: Value(s.default, "test") for s in SETTINGS}
    values["profile"] = Value("web,data", "test")
    run = bills.run(caps=Caps(run=Decimal("0.03")), environment=dict(os.environ))
    source = open_bills(run, Settings(values, Path("none")))
    with pytest.raises(SpendCap):
        source.fetch(CostQuery(source.coverage(), group_by=(q.SERVICE,)))
    assert bills.endpoint.billed() == run.meter.api_calls == 3
