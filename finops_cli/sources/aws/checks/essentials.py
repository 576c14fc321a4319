"""What a bill cannot be read without: Cost Explorer, and the role in the accounts it is read in.

Asking Cost Explorer is the one question of a doctor that costs money: only ``--spend`` permits it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from decimal import Decimal

from finops_cli.domain.check import Check, failed, ok, skipped, warning
from finops_cli.domain.period import Period, add_months, first_of_month
from finops_cli.errors import FinopsError
from finops_cli.sources.aws.checks.checkup import AT_ONCE, account_ids, counted
from finops_cli.sources.aws.guard import operations as aws
from finops_cli.sources.aws.guard.calls import CallFailed, Calls, Reply, Send
from finops_cli.sources.aws.session.failures import told
from finops_cli.sources.aws.session.identity import Identity

_SPEND = "finops doctor --spend"
_ORGANIZATION = "organization"


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
        return skipped(name, "Asking it costs $0.01.", _SPEND)
    return ok(name, f"It has answered before: costs since {known.start}, as the cache knows.")


def roles(send: Send, name: str, accounts: Sequence[str], take: Callable[[str], Identity]) -> Check:
    """Tell in which of the accounts that are read by a role that role can be taken.

    Args:
        send: Sends a request.
        name: The role's name.
        accounts: Their ids, or ``organization`` alone for all of the organization.
        take: Takes the role in an account and returns who that makes of the caller.
    """
    try:
        ids = list(accounts) if list(accounts) != [_ORGANIZATION] else account_ids(send)
    except CallFailed as error:
        return _needed("role", told(error, aws.LIST_ACCOUNTS))
    refused = _refusals(ids, take)
    if not refused:
        return ok("role", f"{name} can be taken in {counted(len(ids), 'account')}.")
    first, reason = next(iter(refused.items()))
    said = f"{name} cannot be taken in {len(refused)} of {counted(len(ids), 'account')}."
    tell = warning if len(refused) < len(ids) else failed
    check = tell("role", f"{said} {first}: {reason.message}", reason.hint)
    return replace(check, exit_code=reason.exit_code)


def _refusals(ids: Sequence[str], take: Callable[[str], Identity]) -> dict[str, FinopsError]:
    """Return why the role cannot be taken, for each account in which it cannot."""

    def refusal(account: str) -> FinopsError | None:
        try:
            take(account)
        except CallFailed as error:
            return told(error, aws.ASSUME_ROLE)
        except FinopsError as error:
            return error
        return None

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return {i: why for i, why in zip(ids, pool.map(refusal, ids), strict=True) if why}


def _needed(name: str, error: FinopsError) -> Check:
    return failed(name, error.message, error.hint, error.exit_code)


def _amount(bucket: Reply) -> bool:
    return Decimal(bucket.get("Total", {}).get("UnblendedCost", {}).get("Amount", "0")) != 0
