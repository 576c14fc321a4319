"""IAM policies with the least that finops needs, made from the one table of operations.

Written out by hand, a policy would be behind the code within a month. Made from the table, it
grants what can be called and nothing else: whatever is not in the table cannot be called at all.
"""

import re
from collections.abc import Iterable, Sequence
from typing import Any

from finops_cli.errors import UnknownName, UsageError, did_you_mean
from finops_cli.sources.aws.guard.operations import ASSUME_ROLE, OPERATIONS, Operation

Document = dict[str, Any]

ASKING = ("ask", "chat")
"""The commands that take questions: they do what the others do, and may ask a language model."""

COMMANDS = (
    *ASKING,
    "cost",
    "explain",
    "forecast",
    "anomalies",
    "advisor",
    "budget",
    "doctor",
)
"""The commands that call AWS; ``doctor`` alone does what no question needs."""

PARTITIONS = ("aws", "aws-cn", "aws-us-gov")

_VERSION = "2012-10-17"
_ACCOUNT = re.compile(r"\d{12}")
_ROLE = re.compile(r"([\w+=,.@-]+/)*[\w+=,.@-]{1,64}", re.ASCII)
_GEOGRAPHY = re.compile(r"^[a-z-]{2,6}\.(?=[a-z0-9]+\.)")
_EXTERNAL_ID = re.compile(r"[\w+=,.@:/-]{2,1224}", re.ASCII)

STATEMENTS = {
    "ce": ("ReadCosts", "an account has one bill, and any of its billing views may be read"),
    "organizations": ("NameAccounts", "the two actions know no resources"),
    "budgets": ("ReadBudgets", "every budget of the account is read"),
    "support": ("KnowSupportPlan", "AWS Support knows no resources"),
    "trustedadvisor": ("ReadTrustedAdvisor", "listing the checks knows no resources"),
    "cost-optimization-hub": ("KnowCostOptimizationHub", "the hub knows no resources"),
    "compute-optimizer": ("KnowComputeOptimizer", "enrolment is one for the account"),
    "bedrock": ("ListModels", "listing the models knows no resources, and any may be set"),
}
"""For each API: what its statement is called, and why its resource is ``*``.

After the Service Authorization Reference: of all these actions only ``budgets:ViewBudget``
(budgets) and those of Cost Explorer (billing views) can be narrowed to a resource.
"""


def permissions(
    commands: Sequence[str],
    role: str | None = None,
    partition: str = PARTITIONS[0],
    model: str | None = None,
) -> Document:
    """Return the policy that lets these commands do their work.

    Args:
        commands: Names out of ``COMMANDS``; none means all of them.
        role: The role that is taken in other accounts, where several are read.
        partition: Where that role is.
        model: The model of Bedrock that questions may be put to, by its id or ARN.

    Raises:
        UnknownName: A command that does not call AWS, or is none; an unknown partition.
        UsageError: No name for a role.
    """
    wanted = {_known(name, COMMANDS, "command that calls AWS") for name in commands or COMMANDS}
    granted = [one for one in OPERATIONS if one.action and _calls(wanted, one)]
    statements = [
        _reading(service, [one.action for one in granted if one.service == service])
        for service in dict.fromkeys(one.service for one in granted if one is not ASSUME_ROLE)
    ]
    if role:
        statements.append(_taking(role, partition))
    if model and wanted & set(ASKING):
        statements.append(_asking(model, partition))
    return {"Version": _VERSION, "Statement": statements}


def trust(account: str, external_id: str | None = None) -> Document:
    """Return the trust policy of a role that another account's credentials may take.

    Args:
        account: The account whose users and roles may take it.
        external_id: What they have to name as well.

    Raises:
        UsageError: No account's id, or no external id.
    """
    if not _ACCOUNT.fullmatch(account):
        raise UsageError(f"{account!r} is no AWS account.", "Write its 12 digits.")
    statement: Document = {
        "Sid": "LetFinopsIn",
        "Effect": "Allow",
        # An account by its digits means the same in every partition; an ARN does not.
        "Principal": {"AWS": account},
        "Action": ASSUME_ROLE.action,
    }
    if external_id:
        if not _EXTERNAL_ID.fullmatch(external_id):
            hint = "It has 2 to 1224 letters, digits and signs out of _+=,.@:/- and no spaces."
            raise UsageError("That is no external id.", hint)
        statement["Condition"] = {"StringEquals": {"sts:ExternalId": external_id}}
    return {"Version": _VERSION, "Statement": [statement]}


def _calls(commands: Iterable[str], operation: Operation) -> bool:
    own = set(operation.commands)
    if not own or own & set(commands):
        return True
    return bool(set(commands) & set(ASKING)) and bool(own & (set(COMMANDS) - {"doctor"}))


def _reading(service: str, actions: Iterable[str]) -> Document:
    sid, _reason = STATEMENTS[service]
    return {
        "Sid": sid,
        "Effect": "Allow",
        "Action": sorted(set(actions)),
        "Resource": "*",
    }


def _taking(role: str, partition: str) -> Document:
    """Return leave to take one role, by its name: leave to take any would be far too much."""
    if not _ROLE.fullmatch(role):
        raise UsageError(f"{role!r} is no name for a role.", "Write the name, not its ARN.")
    _known(partition, PARTITIONS, "partition")
    return {
        "Sid": "TakeRoleInOtherAccounts",
        "Effect": "Allow",
        "Action": ASSUME_ROLE.action,
        "Resource": f"arn:{partition}:iam::*:role/{role}",
    }


def _asking(model: str, partition: str) -> Document:
    """Return leave to ask one model, wherever an inference profile leads the request.

    It is not in the table of operations: the agents' own client sends it, and tokens are its price.
    """
    _known(partition, PARTITIONS, "partition")
    arn = f"arn:{partition}:bedrock"
    bare = _GEOGRAPHY.sub("", model.rpartition("/")[2])
    named = "*" if "application-inference-profile/" in model else bare
    # A global profile asks for the model with no region in its ARN: the star stands for that too.
    resources = [f"{arn}:*::foundation-model/{named}"]
    if model.startswith("arn:"):
        resources.append(model)
    elif bare != model:
        resources.append(f"{arn}:*:*:inference-profile/{model}")
    return {
        "Sid": "AskModel",
        "Effect": "Allow",
        "Action": ["bedrock:InvokeModel", "bedrock:InvokeModelWithResponseStream"],
        "Resource": sorted(set(resources)),
    }


def _known(name: str, names: Sequence[str], what: str) -> str:
    if name not in names:
        hint = did_you_mean(name, names) or f"There are {', '.join(names)}."
        raise UnknownName(f"{name!r} is no {what}.", hint)
    return name
