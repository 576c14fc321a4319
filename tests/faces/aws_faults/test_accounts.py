"""Several accounts at once, of which some cannot be read."""

from decimal import Decimal

from tests.aws_endpoint.endpoint import PAYER
from tests.faces.aws_faults.live import LAST_30_DAYS, MEMBER, Live, Seen, keys
from tests.faces.aws_faults.page import fault

OF_MEMBER = Decimal("142.50")


@fault("One of two profiles may not read costs")
def test_one_of_two(live: Live) -> Seen:
    live.profiles(shop=keys(PAYER), data=keys("999988887777"))
    live.faults.deny("GetCostAndUsage", account="999988887777")
    seen = live.cost("--profile", "shop,data")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("One of two profiles does not exist")
def test_one_is_unknown(live: Live) -> Seen:
    live.profiles(shop=keys(PAYER))
    seen = live.cost("--profile", "shop,nobody")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("Neither of two profiles may read costs")
def test_both(live: Live) -> Seen:
    live.profiles(shop=keys(PAYER), data=keys("999988887777"))
    live.faults.deny("GetCostAndUsage")
    seen = live.cost("--profile", "shop,data")
    assert seen.total is None
    return seen


@fault("Two profiles lead to the same account")
def test_same_account(live: Live) -> Seen:
    live.profiles(shop=keys(PAYER), again=keys(PAYER))
    seen = live.cost("--profile", "shop,again")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("A profile is a member of the organisation that another one pays for")
def test_member_of_payer(live: Live) -> Seen:
    live.profiles(shop=keys(PAYER), data=keys(MEMBER))
    seen = live.cost("--profile", "shop,data")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("A role cannot be taken in one of several accounts")
def test_role(live: Live) -> Seen:
    live.set({"FINOPS_ROLE": "finops", "FINOPS_ACCOUNTS": f"{MEMBER},999988887777"})
    seen = live.cost()
    assert seen.total == OF_MEMBER
    return seen


@fault("The accounts of the organisation may not be listed")
def test_accounts_not_listed(live: Live) -> Seen:
    live.set({"FINOPS_ROLE": "finops", "FINOPS_ACCOUNTS": "organization"})
    live.faults.deny("ListAccounts")
    return live.cost()
