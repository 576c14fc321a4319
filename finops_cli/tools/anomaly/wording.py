"""What people call a line of the bill: "EC2 p4d.24xlarge", as short as it still says it.

The exact values travel beside it, in columns of their own.
"""

import re
from collections.abc import Mapping

from finops_cli.domain import query as q
from finops_cli.domain.memory import Reason
from finops_cli.domain.services import short_name

_MAKERS = re.compile(r"^(?:Amazon|AWS)[ -]?(?=[A-Z])")
_REGION = re.compile(r"^(?:EU|CPT|[A-Z]{2}[NSEWC]\d)-(?=.)")
_PLAIN = re.compile(r"^(?:BoxUsage|InstanceUsage|HeavyUsage):(?=.)")
_ACRONYM = 4


def line_name(where: Mapping[str, str | None]) -> str:
    """Return what a line of the bill is called, its region and account left out."""
    service = service_name(where.get(q.SERVICE) or "")
    usage = _usage_name(where.get(q.USAGE_TYPE) or "")
    if not usage or usage == service:
        return service or "the bill"
    repeated = usage.casefold().startswith(service.casefold())
    return usage if repeated else f"{service} {usage}"


def service_name(name: str) -> str:
    """Return a service as people say it: EC2, CloudFront, EC2 - Other."""
    word = short_name(name)
    if len(word) <= _ACRONYM and word.isalnum():
        return word.upper()
    return _MAKERS.sub("", name)


def _usage_name(name: str) -> str:
    return _PLAIN.sub("", _REGION.sub("", name))


def said_reason(reason: Reason) -> str:
    """Return what an event is that was dismissed for a reason: planned, ignored."""
    return "ignored" if reason == "ignore" else reason
