"""A failed request, told to a person: one sentence, and what mends it.

AWS's own words are often right and seldom helpful: ``UnrecognizedClientException`` is a wrong key,
``AccessDeniedException`` may be a policy, the organization's payer or the root user's switch. What
concerns credentials is in ``sources/aws/mending.py``.
"""

import re
from collections.abc import Callable

from finops_cli.errors import Denied, Disabled, Expired, FinopsError, NoAnswer, NoData, Refused
from finops_cli.sources.aws.guard.calls import CallFailed, Failure
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.session.mending import expired, unusable, words_of

_BILLING = ("ce", "budgets", "cost-optimization-hub")
_BOUNDS = {
    "service control policy": "a service control policy of the organization",
    "resource control policy": "a resource control policy of the organization",
    "permissions boundary": "the permissions boundary of this user or role",
    "session policy": "the policy that this session was started with",
    "endpoint policy": "the policy of a VPC endpoint",
}
_PLANS = "Business Support+, Enterprise or Unified Operations"


def told(failed: CallFailed, operation: Operation) -> FinopsError:
    """Return the error that a user sees for a request that AWS did not answer.

    Args:
        failed: The failure.
        operation: What was asked of AWS.
    """
    return _TELLERS[failed.failure](failed, operation)


def _denied(failed: CallFailed, operation: Operation) -> FinopsError:
    words = failed.message.lower()
    if "linked account" in words:
        return Denied(
            f"Not allowed: the payer keeps this member account from it ({words_of(failed)}).",
            "In the payer account, turn on linked account access in the preferences of Cost "
            "Management, or use a profile of the payer.",
        )
    action = operation.action or str(operation)
    bound = next((who for name, who in _BOUNDS.items() if name in words), None)
    if bound:
        return Denied(
            f"Not allowed: {bound} keeps {action} from being used, and it is needed to "
            f"{operation.why}.",
            f"Ask whoever keeps {bound}: no policy of your own can allow it.",
        )
    return Denied(f"Not allowed: {action} is needed to {operation.why}.", _grant(failed, operation))


def _grant(failed: CallFailed, operation: Operation) -> str:
    if str(operation) == "sts:AssumeRole":
        return (
            "Check that the role exists in that account and trusts you, that you may assume it, "
            "and its external id if it asks for one (`finops config set external_id ID`)."
        )
    who = re.search(r"arn:[\w-]+:(?:iam|sts)::\d*:[\w+=,.@/:-]+", failed.message)
    hint = f"Give {who[0] if who else 'your user or role'} what `finops iam-policy` prints."
    if operation.service in _BILLING:
        hint += (
            " If it has that already, the root user must activate IAM access to billing on the"
            " account page, and no policy may deny it."
        )
    return hint


def _disabled(failed: CallFailed, operation: Operation) -> FinopsError:
    words = failed.message.lower()
    if failed.code == "AWSOrganizationsNotInUseException":
        return Disabled("This account belongs to no organization.", "Nothing to mend.")
    if failed.code == "SubscriptionRequiredException" or "support level" in words:
        return Disabled(
            f"The support plan of this account does not include {operation}.",
            f"It comes with {_PLANS}; Business and Developer Support end on 2027-01-01.",
        )
    if operation.service == "ce":
        return Disabled(
            "Cost Explorer is not enabled for this account.",
            "Open it once in the console, in the payer account if there is one; its data is "
            "there about 24 hours later.",
        )
    if operation.service == "cost-optimization-hub":
        return Disabled(
            "This account is not enrolled in Cost Optimization Hub.",
            "`aws cost-optimization-hub update-enrollment-status --status Active` enrolls it, "
            "free of charge.",
        )
    if operation.service == "compute-optimizer":
        return Disabled(
            "This account has not opted in to Compute Optimizer.",
            "`aws compute-optimizer update-enrollment-status --status Active` opts in, "
            "free of charge.",
        )
    return Disabled(
        f"{operation} is not switched on for this account: {words_of(failed)}.",
        "Enable the service, or the region, in the console.",
    )


def _unavailable(failed: CallFailed, operation: Operation) -> FinopsError:
    if failed.code == "BillingViewHealthStatusException":
        return NoData(
            f"The billing view cannot be read: {words_of(failed)}.",
            "Wait until its status is healthy, or read without it: take billing_view out of the "
            "settings (`finops config`).",
        )
    if failed.code == "BillExpirationException":
        return NoData("AWS no longer keeps the bill of this period.", "Ask for a later period.")
    return NoData(
        f"AWS has no data yet to {operation.why}: {words_of(failed)}.",
        "Normal for a young account, and for up to 24 hours after Cost Explorer was first opened.",
    )


def _network(failed: CallFailed, operation: Operation) -> FinopsError:
    if failed.code in ("ProxyConnectionError", "407"):
        return NoAnswer(
            "The proxy does not let the request to AWS through.",
            "Check HTTPS_PROXY (and a user name and password in it, if the proxy wants them), or "
            "name AWS in NO_PROXY.",
        )
    if failed.code == "SSLError":
        return NoAnswer(
            "The certificate of the server that answers for AWS is not trusted.",
            "If a proxy reads your traffic, name its certificates in AWS_CA_BUNDLE.",
        )
    return NoAnswer(
        f"AWS cannot be reached to {operation.why}.",
        "Check the connection; behind a proxy, set HTTPS_PROXY. `--offline` answers from the "
        "cache.",
    )


def _throttled(failed: CallFailed, operation: Operation) -> FinopsError:
    return NoAnswer(
        f"AWS is asked too often: {operation} was throttled until we gave up.",
        "Other programs of this account may be asking too; try again in a minute.",
    )


def _server(failed: CallFailed, operation: Operation) -> FinopsError:
    return NoAnswer(
        f"AWS failed to answer {operation} ({words_of(failed)}).",
        "Try again in a few minutes; status.aws.amazon.com tells whether AWS has trouble.",
    )


def _cut(failed: CallFailed, operation: Operation) -> FinopsError:
    return NoAnswer(
        f"The answer to {operation} did not arrive whole.",
        "Try again; AWS may bill the request all the same.",
    )


def _refused(failed: CallFailed, operation: Operation) -> FinopsError:
    words = words_of(failed)
    if "historical data beyond 14 months" in words:
        return Refused(
            "Cost Explorer keeps 14 months for this account, and the period begins earlier.",
            "Ask for a later period, or turn on multi-year data in the preferences of Cost "
            "Management.",
        )
    if failed.code == "ResourceNotFoundException" and operation.service == "ce":
        return Refused(
            f"AWS does not know what was named: {words}.",
            "Check the billing view in the settings: `finops config`.",
        )
    return Refused(f"AWS calls {operation} wrong: {words}.", "")


def _expired(failed: CallFailed, operation: Operation) -> Expired:
    return expired(failed)


def _unusable(failed: CallFailed, operation: Operation) -> FinopsError:
    return unusable(failed)


_TELLERS: dict[Failure, Callable[[CallFailed, Operation], FinopsError]] = {
    Failure.THROTTLED: _throttled,
    Failure.SERVER: _server,
    Failure.NETWORK: _network,
    Failure.CUT: _cut,
    Failure.DENIED: _denied,
    Failure.EXPIRED: _expired,
    Failure.CREDENTIALS: _unusable,
    Failure.UNAVAILABLE: _unavailable,
    Failure.DISABLED: _disabled,
    Failure.REFUSED: _refused,
}
