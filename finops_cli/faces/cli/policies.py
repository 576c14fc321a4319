"""``finops iam-policy``: the document alone on stdout, what to do with it on stderr."""

import json
import sys
from collections.abc import Mapping, Sequence
from typing import Any

from finops_cli.bootstrap import setup
from finops_cli.errors import UsageError
from finops_cli.faces.cli.options import Common
from finops_cli.faces.cli.session import settings_of

_POLICY = """\
Save it and make a policy of it, then attach that to the user or role finops runs as:
  finops iam-policy{commands} > finops-policy.json
  aws iam create-policy --policy-name finops --policy-document file://finops-policy.json
It can read and nothing else, and ask the model of Bedrock if one is set. Resource is "*" where an
action knows no resources, or where all of an account's are meant (budgets, billing views).
"""
_TRUST = """\
Save it and make the role with it, in each account that is to be read:
  finops iam-policy --trust {account}{secret} > finops-trust.json
  aws iam create-role --role-name {role} --assume-role-policy-document file://finops-trust.json
Give the role what `finops iam-policy` prints, and the account {account} leave to take it:
  finops iam-policy --role {role}
"""
_ANYONE = """\
No external id: any user or role of account {account} that may take roles can take this one.
"""
_ROLE = "finops-reader"


def show_permissions(
    common: Common, commands: Sequence[str], role: str | None, partition: str
) -> int:
    """Print the policy for commands; the role is the one of the settings where none is named."""
    settings = settings_of(common)
    document = setup.permissions(commands, role or settings["role"], partition, settings)
    words = "".join(f" {command}" for command in commands) + (f" --role {role}" if role else "")
    _print(document, common, _POLICY.format(commands=words))
    return 0


def show_trust(
    common: Common, account: str, external_id: str | None, commands: Sequence[str]
) -> int:
    """Print the trust policy of the role that other accounts need.

    Raises:
        UsageError: Commands are named too: whom a role trusts does not depend on them.
    """
    if commands:
        raise UsageError(
            "--trust prints whom a role trusts, and that is the same for all commands.",
            f"Leave out {' '.join(commands)}, or leave out --trust.",
        )
    settings = settings_of(common)
    secret = external_id or settings["external_id"]
    document = setup.trust(account, secret)
    option = f" --external-id {external_id}" if external_id else ""
    advice = _TRUST if secret else _TRUST + _ANYONE
    role = settings["role"] or _ROLE
    _print(document, common, advice.format(account=account, role=role, secret=option))
    return 0


def _print(document: Mapping[str, Any], common: Common, advice: str) -> None:
    """Print a document; a person at a terminal is told what it is for as well."""
    sys.stdout.write(json.dumps(document, indent=2) + "\n")
    if sys.stdout.isatty() and not common.quiet:
        sys.stdout.flush()
        sys.stderr.write("\n" + advice)
