"""What an organization knows of an account: what people call it, and who pays for it.

Both are kind extras. An account outside of any organization, or without the permission to ask, has
bills all the same, so neither is ever a reason to fail.
"""

from finops_cli.errors import Denied, Disabled
from finops_cli.sources.aws.guard.calls import Calls
from finops_cli.sources.aws.guard.operations import DESCRIBE_ORGANIZATION, LIST_ACCOUNTS


def account_names(calls: Calls) -> dict[str, str]:
    """Return the names of the organization's accounts by their ids; none where none may be known.

    Args:
        calls: Sends the requests, one for each page of 20 accounts.

    Raises:
        FinopsError: AWS did not answer after several tries, or the credentials do not work.
    """
    try:
        listed = [
            account
            for page in calls.pages(LIST_ACCOUNTS, {})
            for account in page.get("Accounts", ())
        ]
    except (Denied, Disabled):
        return {}
    return {each["Id"]: each["Name"] for each in listed if each.get("Id") and each.get("Name")}


def payer_of(calls: Calls) -> str | None:
    """Return the account that pays for the caller's, or None where that may not be known.

    Args:
        calls: Sends the request.

    Raises:
        FinopsError: AWS did not answer after several tries, or the credentials do not work.
    """
    try:
        reply = calls.call(DESCRIBE_ORGANIZATION, {})
    except (Denied, Disabled):
        return None
    payer = reply.get("Organization", {}).get("MasterAccountId")
    return payer if isinstance(payer, str) else None
