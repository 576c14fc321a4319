"""What a doctor asks of AWS: which of its services answer for this account, and how they are set.

Every question is free. A service that does not answer is no failure: all of them only add to what a
bill tells. What the bill itself cannot be read without is in ``sources/aws/essentials.py``.
"""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from finops_cli.domain.check import Check, ok, warning
from finops_cli.errors import FinopsError
from finops_cli.sources.aws.guard import operations as aws
from finops_cli.sources.aws.guard.calls import CallFailed, Send
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.session.failures import told

_HUB = "aws cost-optimization-hub update-enrollment-status --status Active --region us-east-1"
_OPTIMIZER = "aws compute-optimizer update-enrollment-status --status Active"
AT_ONCE = 8
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
    with ThreadPoolExecutor(AT_ONCE) as pool:
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
        return ok(name, f"{counted(len(reply.get('Budgets', [])), 'budget')}{more}.")

    return _look(name, aws.DESCRIBE_BUDGETS, look)


def support_plan(send: Send) -> Check:
    """Tell whether the account's support plan opens the APIs of AWS Support."""
    name = "support plan"

    def look() -> Check:
        found = send(aws.DESCRIBE_CHECKS, {"language": "en"}).get("checks", [])
        return ok(name, f"It includes the Support API: {counted(len(found), 'check')}.")

    return _look(name, aws.DESCRIBE_CHECKS, look)


def trusted_advisor(send: Send) -> Check:
    """Tell whether Trusted Advisor can be read."""
    name = "Trusted Advisor"

    def look() -> Check:
        reply = send(aws.LIST_CHECKS, {"maxResults": 200})
        more = " or more" if reply.get("nextToken") else ""
        return ok(name, f"{counted(len(reply.get('checkSummaries', [])), 'check')}{more}.")

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
        return ok(name, f"{counted(len(active), 'text model')}; none is used unless you say so.")

    return _look(name, aws.FOUNDATION_MODELS, look)


def _look(name: str, operation: Operation, look: Callable[[], Check]) -> Check:
    """Return what a look finds; a service that does not answer is less, but no failure."""
    try:
        return look()
    except CallFailed as error:
        return _lacking(name, told(error, operation))
    except FinopsError as error:
        return _lacking(name, error)


def _lacking(name: str, error: FinopsError) -> Check:
    return warning(name, error.message, error.hint)


def _accounts(name: str, send: Send) -> Check:
    count = len(account_ids(send))
    return ok(name, f"This account pays for {counted(count, 'account')}; their names are known.")


def account_ids(send: Send) -> list[str]:
    """Return the accounts of the organization.

    Raises:
        CallFailed, FinopsError: AWS does not tell them.
    """
    found: list[str] = []
    token: dict[str, str] = {}
    for _ in range(_MOST_PAGES):
        reply = send(aws.LIST_ACCOUNTS, token)
        found += [each.get("Id", "") for each in reply.get("Accounts", [])]
        if not reply.get("NextToken"):
            break
        token = {"NextToken": reply["NextToken"]}
    return found


def counted(number: int, one: str) -> str:
    """Return a number of things in words, such as ``1 account``."""
    return f"{number} {one}{'' if number == 1 else 's'}"
