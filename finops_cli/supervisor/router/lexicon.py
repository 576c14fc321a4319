"""What phrases stand for: families, services and regions, as data.

The longest phrase wins and takes its words: the "savings" of "savings plan" is no wish to save. To
teach the router a new way of saying something, add a phrase to `phrases`; a new name of a service
goes into `domain.services`.
"""

import re

from finops_cli.domain.services import SERVICES
from finops_cli.domain.tables import read_table
from finops_cli.supervisor.router import phrases
from finops_cli.supervisor.router.dimensions import DIMENSIONS, NUMBERS
from finops_cli.supervisor.router.families import BITS

__all__ = [
    "DIMENSIONS",
    "EVERYDAY",
    "FAMILIES",
    "NUMBERS",
    "REGION_PHRASES",
    "SERVICE_PHRASES",
    "Phrase",
]

Phrase = tuple[str, ...]

_WORD = re.compile(r"[^\W_]+")


def _families() -> dict[Phrase, int]:
    found: dict[Phrase, int] = {}
    for name, spellings in read_table(phrases.FAMILIES):
        for spelling in spellings:
            phrase = tuple(spelling.split())
            found[phrase] = found.get(phrase, 0) | BITS[name]
    return found


FAMILIES = _families()


# What a bill files under a service without naming it.
_IMPLIED: dict[Phrase, str] = {
    ("vpc", "endpoint"): "Amazon Virtual Private Cloud",
    ("vpc", "endpoints"): "Amazon Virtual Private Cloud",
    ("gp2", "to", "gp3"): "EC2 - Other",
}


def _spellings() -> dict[Phrase, str]:
    found: dict[Phrase, str] = {}
    for service in SERVICES:
        for spelling in (service.name, *service.spellings):
            words = _cut(spelling)
            if words not in _NOT_ALONE:
                found.setdefault(words, service.name)
    return _glued(found) | found | _IMPLIED


def _glued(spellings: dict[Phrase, str]) -> dict[Phrase, str]:
    """Return the names of two words as people run them together: "secretsmanager"."""
    return {("".join(words),): name for words, name in spellings.items() if len(words) == 2}


def _cut(spelling: str) -> Phrase:
    return tuple(_WORD.findall(spelling.casefold()))


# Service names that are everyday words too: a service only beside a word of cost or of AWS.
EVERYDAY: dict[str, str] = {
    "batch": "AWS Batch",
    "config": "AWS Config",
    "connect": "Amazon Connect",
    "support": "AWS Support",
    "organizations": "AWS Organizations",
    "forecast": "Amazon Forecast",
    "budgets": "AWS Budgets",
    "translate": "Amazon Translate",
    "transcribe": "Amazon Transcribe",
    "personalize": "Amazon Personalize",
    "comprehend": "Amazon Comprehend",
    "shield": "AWS Shield",
    "inspector": "Amazon Inspector",
    "detective": "Amazon Detective",
    "marketplace": "AWS Marketplace",
    "backup": "AWS Backup",
    "backups": "AWS Backup",
    "lex": "Amazon Lex",
    "chime": "Amazon Chime",
    "glue": "AWS Glue",
    "tax": "Tax",
    "taxes": "Tax",
    "vat": "Tax",
    "kubernetes": "Amazon Elastic Container Service for Kubernetes",
    "k8s": "Amazon Elastic Container Service for Kubernetes",
}
_NOT_ALONE = frozenset(
    (
        *((word,) for word in EVERYDAY),
        ("aws", "budgets"),
        ("cdn",),
        ("amp",),
        ("amg",),
        ("cw",),
        ("connect",),
    )
) | {("virtual", "machines"), ("pinpoint",), ("registrar",), ("gst",), ("ivs",)}

SERVICE_PHRASES = _spellings()

_REGION_TABLE = """
us-east-1 = n virginia | north virginia | northern virginia | virginia | use1 | iad
us-east-2 = ohio | use2 | cmh
us-west-1 = n california | northern california | california | usw1 | sfo
us-west-2 = oregon | usw2 | pdx
ca-central-1 = canada | montreal | cac1
ca-west-1 = calgary | caw1
mx-central-1 = mexico
sa-east-1 = sao paulo | brazil | sae1
eu-west-1 = ireland | dublin | euw1
eu-west-2 = london | euw2
eu-west-3 = paris | euw3
eu-central-1 = frankfurt | euc1
eu-central-2 = zurich | euc2
eu-north-1 = stockholm | eun1
eu-south-1 = milan | eus1
eu-south-2 = spain | eus2
ap-northeast-1 = tokyo | apne1 | apn1
ap-northeast-2 = seoul | apne2 | apn2
ap-northeast-3 = osaka | apne3 | apn3
ap-southeast-1 = singapore | apse1 | aps1
ap-southeast-2 = sydney | apse2 | aps2
ap-southeast-3 = jakarta | apse3
ap-southeast-4 = melbourne | apse4
ap-southeast-5 = malaysia
ap-southeast-7 = thailand
ap-south-1 = mumbai | aps3
ap-south-2 = hyderabad | aps4
ap-east-1 = hong kong | ape1
ap-east-2 = taipei
me-south-1 = bahrain | mes1
me-central-1 = uae | dubai | mec1
af-south-1 = cape town | afs1
il-central-1 = tel aviv | ilc1
us-gov-west-1 = govcloud west | usgw1
us-gov-east-1 = govcloud east | usge1
"""


def _regions() -> dict[Phrase, str]:
    found: dict[Phrase, str] = {}
    for line in _REGION_TABLE.strip().splitlines():
        code, _, names = line.partition(" = ")
        for name in (code.replace("-", " "), *names.split(" | ")):
            found[tuple(name.split())] = code
    return found


REGION_PHRASES = _regions()
