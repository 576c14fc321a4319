"""What the account may not ask, does not have, or does not have yet."""

from datetime import date

from tests.aws_endpoint.endpoint import PAYER
from tests.faces.aws_faults.live import A_DAY, LAST_30_DAYS, TODAY, Live, Seen, bill, keys
from tests.faces.aws_faults.page import fault
from tests.fakes import FakeSource


@fault("Costs may not be read")
def test_costs_denied(live: Live) -> Seen:
    live.faults.deny("GetCostAndUsage")
    seen = live.cost()
    assert seen.total is None
    assert live.endpoint.billed() == 0
    return seen


@fault("Costs may not be read any more, but some are kept")
def test_costs_denied_later(live: Live) -> Seen:
    live.cost()
    live.faults.deny("GetCostAndUsage")
    seen = live.cost("--period", "2026-10-01..2026-11-15")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("Account names may not be read")
def test_organizations_denied(live: Live) -> Seen:
    live.faults.deny("ListAccounts")
    live.faults.deny("DescribeOrganization")
    seen = live.cost("--by", "account")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("The names of services may not be read")
def test_dimension_values_denied(live: Live) -> Seen:
    live.faults.deny("GetDimensionValues")
    return live.cost("--filter", "service=ec2")


@fault("Tags may not be read")
def test_tags_denied(live: Live) -> Seen:
    live.faults.deny("GetTags")
    return live.cost("--by", "tag:team")


@fault("Tags may not be read, and an explanation would look at them")
def test_tags_denied_for_an_explanation(live: Live) -> Seen:
    live.endpoint.organisation.page_size = 5000
    live.faults.deny("GetTags")
    return live.run("explain", "--period", "2026-10")


@fault("Cost Explorer was never opened")
def test_disabled(live: Live) -> Seen:
    live.faults.disabled()
    return live.cost()


@fault("Cost Explorer was opened today")
def test_unready(live: Live) -> Seen:
    live.faults.unready()
    return live.cost()


@fault("The account has had charges for a few days only")
def test_young_account(live: Live) -> Seen:
    live.serve(bill(date(2026, 11, 12)))
    seen = live.cost()
    assert seen.total == 4 * A_DAY
    return seen


@fault("A forecast for an account with charges of a few days")
def test_young_forecast(live: Live) -> Seen:
    live.serve(bill(date(2026, 11, 12)))
    return live.run("forecast")


@fault("The account has no charges")
def test_empty_bill(live: Live) -> Seen:
    live.serve(_nothing())
    seen = live.cost()
    assert seen.total is None
    return seen


@fault("A period before what Cost Explorer keeps")
def test_too_early(live: Live) -> Seen:
    seen = live.cost("--period", "2024-05")
    assert seen.total is None
    return seen


@fault("A profile of GovCloud")
def test_govcloud(live: Live) -> Seen:
    live.profiles(gov=keys(PAYER, "region = us-gov-west-1"))
    seen = live.cost("--profile", "gov")
    assert live.endpoint.billed() == 0
    return seen


@fault("A profile of China")
def test_china(live: Live) -> Seen:
    live.profiles(cn=keys(PAYER, "region = cn-north-1"))
    seen = live.cost("--profile", "cn")
    assert seen.total == LAST_30_DAYS
    return seen


def _nothing() -> FakeSource:
    row = {"date": date(2020, 1, 1), "cost": 0, "service": "EC2", "account": PAYER}
    return FakeSource([row], TODAY)
