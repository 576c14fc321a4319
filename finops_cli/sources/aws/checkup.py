"""What a doctor asks of AWS: which of its services answer for this account, and how they are set.

Every question but the one of ``cost_explorer`` is free. A service that does not answer is no
failure: most of them only add to what a bill tells. What the bill itself needs fails.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finops_cli.domain.check import Check, failed, ok, skipped, warning
from finops_cli.domain.period import Period, add_months, first_of_month
from finops_cli.errors import FinopsError
from finops_cli.sources.aws import operations as aws
from finops_cli.sources.aws.calls import CallFailed, Calls, Reply, Send
from finops_cli.sources.aws.failures import told
from finops_cli.sources.aws.identity import Identity
from finops_cli.sources.aws.operations import Operation

SPEND = "finops doctor --spend"
_HUB = "aws cost-optimization-hub update-enrollment-status --status Active --region us-east-1"
_OPTIMIZER = "aws compute-optimizer update-enrollment-status --status Active"
_ORGANIZATION = "organization"
_AT_ONCE = 8
_MOST_PAGES = 500

Look = Callable[[Send], Check]


def services(send: Send, account: str) -> tuple[Check, ...]:
    """Ask all free services at once, and return what was found in a fixed order.

    Args:
        send: Sends a request.
        account: The account whose credentials are used.
    """
    looks: tuple[Look, ...] = (
        lambda ask: organization(ask, account),
        lambda ask: budgets(ask, account),
        support_plan,
        trusted_advisor,
        optimization_hub,
        compute_optimizer,
        models,
    )
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return tuple(pool.map(lambda look: look(send), looks))


def organization(send: Send, account: str) -> Check:
    """Tell whether the account pays for others, is paid for, or stands alone."""
    name = "Organizations"

    def look() -> Check:
        found = send(aws.DESCRIBE_ORGANIZATION, {}).get("Organization", {})
        payer = found.get("MasterAccountId", "")
        if payer == account:
            return _look(name, aws.LIST_ACCOUNTS, lambda: _accounts(name, send))
        said = f"Member of {found.get('Id', 'an organization')}, paid for by {payer}."
        return ok(name, f"{said} Only its own costs are seen.")

    try:
        return look()
    except CallFailed as error:
        if error.code == "AWSOrganizationsNotInUseException":
            return ok(name, "The account belongs to no organization.")
        return _lacking(name, told(error, aws.DESCRIBE_ORGANIZATION))
    except FinopsError as error:
        return _lacking(name, error)


def budgets(send: Send, account: str) -> Check:
    """Tell whether budgets can be read."""
    name = "Budgets"

    def look() -> Check:
        reply = send(aws.DESCRIBE_BUDGETS, {"AccountId": account, "MaxResults": 100})
        more = " or more" if reply.get("NextToken") else ""
        return ok(name, f"{_counted(len(reply.get('Budgets', [])), 'budget')}{more}.")

    return _look(name, aws.DESCRIBE_BUDGETS, look)


def support_plan(send: Send) -> Check:
    """Tell whether the account's support plan opens the APIs of AWS Support."""
    name = "support plan"

    def look() -> Check:
        found = send(aws.DESCRIBE_CHECKS, {"language": "en"}).get("checks", [])
        return ok(name, f"It includes the Support API: {_counted(len(found), 'check')}.")

    return _look(name, aws.DESCRIBE_CHECKS, look)


def trusted_advisor(send: Send) -> Check:
    """Tell whether Trusted Advisor can be read."""
    name = "Trusted Advisor"

    def look() -> Check:
        reply = send(aws.LIST_CHECKS, {"maxResults": 200})
        more = " or more" if reply.get("nextToken") else ""
        return ok(name, f"{_counted(len(reply.get('checkSummaries', [])), 'check')}{more}.")

    return _look(name, aws.LIST_CHECKS, look)


def optimization_hub(send: Send) -> Check:
    """Tell whether the account is enrolled in Cost Optimization Hub."""
    name = "Cost Optimization Hub"

    def look() -> Check:
        items = send(aws.HUB_ENROLLMENT, {}).get("items", [])
        if any(item.get("status") == "Active" for item in items):
            return ok(name, "The account is enrolled.")
        return warning(name, "The account is not enrolled; enrolling is free.", _HUB)

    return _look(name, aws.HUB_ENROLLMENT, look)


def compute_optimizer(send: Send) -> Check:
    """Tell whether the account has opted in to Compute Optimizer."""
    name = "Compute Optimizer"

    def look() -> Check:
        status = str(send(aws.OPTIMIZER_ENROLLMENT, {}).get("status"))
        if status == "Active":
            return ok(name, "The account has opted in.")
        if status == "Pending":
            return warning(name, "The account has opted in; AWS is still setting it up.")
        return warning(name, f"The account has not opted in ({status}); it is free.", _OPTIMIZER)

    return _look(name, aws.OPTIMIZER_ENROLLMENT, look)


def models(send: Send) -> Check:
    """Tell whether the models of Bedrock can be listed: needed only by answers in prose."""
    name = "Bedrock models"

    def look() -> Check:
        found = send(aws.FOUNDATION_MODELS, {"byOutputModality": "TEXT"}).get("modelSummaries", [])
        active = [m for m in found if m.get("modelLifecycle", {}).get("status") != "LEGACY"]
        if not active:
            return warning(name, "None in this region.", "export AWS_REGION=us-east-1")
        return ok(name, f"{_counted(len(active), 'text model')}; none is used unless you say so.")

    return _look(name, aws.FOUNDATION_MODELS, look)


def cost_explorer(calls: Calls, today: date) -> Check:
    """Tell whether Cost Explorer answers, and since when there are costs; this is one paid request.

    Args:
        calls: Requests that are counted and capped.
        today: The day that counts as today.
    """
    name = "Cost Explorer"
    months = {
        "TimePeriod": {
            "Start": add_months(first_of_month(today), -13).isoformat(),
            "End": add_months(first_of_month(today), 1).isoformat(),
        },
        "Granularity": "MONTHLY",
        "Metrics": ["UnblendedCost"],
    }
    try:
        reply = calls.call(aws.COST_AND_USAGE, months)
    except FinopsError as error:
        return _needed(name, error)
    billed = (one for one in reply.get("ResultsByTime", []) if _amount(one))
    first = next((one["TimePeriod"]["Start"][:7] for one in billed), None)
    if first is None:
        return warning(name, "It is enabled, and has no costs of the last 14 months.")
    return ok(name, f"It is enabled, with costs since {first} (of the last 14 months).")


def unasked_cost_explorer(remembered: Callable[[], Period]) -> Check:
    """Return what is known of Cost Explorer without asking it.

    Args:
        remembered: Returns the days that the cache knows costs of, or raises where it knows none.
    """
    name = "Cost Explorer"
    try:
        known = remembered()
    except FinopsError:
        return skipped(name, "Asking it costs $0.01.", SPEND)
    return ok(name, f"It has answered before: costs since {known.start}, as the cache knows.")


def roles(send: Send, name: str, accounts: Sequence[str], take: Callable[[str], Identity]) -> Check:
    """Tell in which of the accounts that are read by a role that role can be taken.

    Args:
        send: Sends a request.
        name: The role's name.
        accounts: Their ids, or ``organization`` alone for all of the organization.
        take: Takes the role in an account and returns who that makes of the caller.
    """

    def refusal(account: str) -> FinopsError | None:
        try:
            take(account)
        except CallFailed as error:
            return told(error, aws.ASSUME_ROLE)
        except FinopsError as error:
            return error
        return None

    try:
        ids = list(accounts) if list(accounts) != [_ORGANIZATION] else _ids(send)
    except CallFailed as error:
        return _needed("role", told(error, aws.LIST_ACCOUNTS))
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        refused = {i: e for i, e in zip(ids, pool.map(refusal, ids), strict=True) if e}
    if not refused:
        return ok("role", f"{name} can be taken in {_counted(len(ids), 'account')}.")
    first, reason = next(iter(refused.items()))
    said = f"{name} cannot be taken in {len(refused)} of {_counted(len(ids), 'account')}."
    tell = warning if len(refused) < len(ids) else failed
    check = tell("role", f"{said} {first}: {reason.message}", reason.hint)
    return replace(check, exit_code=reason.exit_code)


def _look(name: str, operation: Operation, look: Callable[[], Check]) -> Check:
    """Return what a look finds; a service that does not answer is less, but no failure."""
    try:
        return look()
    except CallFailed as error:
        return _lacking(name, told(error, operation))
    except FinopsError as error:
        return _lacking(name, error)


def _needed(name: str, error: FinopsError) -> Check:
    return failed(name, error.message, error.hint, error.exit_code)


def _lacking(name: str, error: FinopsError) -> Check:
    return warning(name, error.message, error.hint)


def _accounts(name: str, send: Send) -> Check:
    count = len(_ids(send))
    return ok(name, f"This account pays for {_counted(count, 'account')}; their names are known.")


def _ids(send: Send) -> list[str]:
    found: list[str] = []
    token: dict[str, str] = {}
    for _ in range(_MOST_PAGES):
        reply = send(aws.LIST_ACCOUNTS, token)
        found += [each.get("Id", "") for each in reply.get("Accounts", [])]
        if not reply.get("NextToken"):
            break
        token = {"NextToken": reply["NextToken"]}
    return found


def _amount(bucket: Reply) -> bool:
    return Decimal(bucket.get("Total", {}).get("UnblendedCost", {}).get("Amount", "0")) != 0


def _counted(number: int, one: str) -> str:
    return f"{number} {one}{'' if number == 1 else 's'}"
