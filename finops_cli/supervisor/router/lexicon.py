"""What words mean: the vocabulary of cost questions, as data.

Phrases are grouped in families ("why", "what caused" and "root cause" are all WHY), and rules speak
of families only. The longest phrase wins and takes its words: the "savings" of "savings plan" is
no wish to save. To teach the router a new way of saying something, add a phrase to a table here.
"""

from dataclasses import dataclass
from functools import cache

from finops_cli.domain.services import SERVICES
from finops_cli.domain.tables import read_table
from finops_cli.supervisor.router import phrases
from finops_cli.supervisor.router.languages import MARKERS

Phrase = tuple[str, ...]


def _families(table: str) -> dict[Phrase, tuple[str, ...]]:
    found: dict[Phrase, tuple[str, ...]] = {}
    for name, spellings in read_table(table):
        for spelling in spellings:
            phrase = tuple(spelling.split())
            found[phrase] = (*found.get(phrase, ()), name)
    return found


FAMILIES = _families(phrases.FAMILIES)

# Ways of writing a word, read as the word itself.
ALIASES: dict[str, str] = dict(
    pair.split("=")
    for pair in """
    svcs=services svc=service acct=account accts=accounts
    nxt=next lst=last prev=previous mth=month mths=months mnth=month mo=month mos=months wk=week
    wks=weeks qtr=quarter qtrs=quarters yr=year yrs=years hrs=hours hr=hour recs=recommendations
    rec=recommendation recos=recommendations opps=opportunities opp=opportunity
    optimisation=optimization
    optimise=optimize utilisation=utilization avg=average ttl=total breakdwn=breakdown
    envs=environments env=environment regs=regions rgn=region proj=projected fcst=forecast
    fcast=forecast anoms=anomalies anom=anomaly spendings=spending pls=please plz=please
    comp=compare
    cmp=compare diff=difference mgmt=management util=utilization vms=instances yest=yesterday
    ydy=yesterday tmrw=tomorrow expensve=expensive cheapst=cheapest ytdate=ytd thru=through
    wich=which whcih=which teh=the till=until apps=applications app=application usg=usage
    """.split()
)

_CORRECTABLE = frozenset(
    """
    forecast forecasts breakdown budget budgets anomaly anomalies savings recommendations services
    service region regions account accounts monthly spending reserved utilization coverage unused
    compare optimize optimization month months quarter yesterday unusual trend instances lambda
    dynamodb cloudwatch cloudfront elasticache redshift opensearch sagemaker bedrock reduce increase
    increased spike spiked unattached rightsizing expensive amazon threshold exceed commitment
    september october november december january february august predict projected
    """.split()
)

# Common words one letter away from a word above, which are themselves.
_NOT_TYPOS = frozenset(
    """
    serve server servers served serviced accounted budgeted counts mouths mouth moths spice spoke
    predicts prediction reduced reducer reduces increases unused trends tread trended instance
    commitments preserved reserves reserve deserved services thresholds exceeds regional reason
    months monthly servicing optimizer optimized unusually
    """.split()
)


def _spellings() -> dict[Phrase, str]:
    found: dict[Phrase, str] = {}
    for service in SERVICES:
        for spelling in (service.name, *service.spellings):
            words = _cut(spelling)
            if words not in _NOT_ALONE:
                found.setdefault(words, service.name)
    return found


def _cut(spelling: str) -> Phrase:
    return tuple("".join(char if char.isalnum() else " " for char in spelling.casefold()).split())


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

# What "by", "per", "each" and "which" may be followed by.
_DIMENSION_TABLE = """
SERVICE = service | services | aws service | aws services | product | products | service type
REGION = region | regions | aws region | aws regions | location | locations
LINKED_ACCOUNT = account | accounts | linked account | linked accounts | member account
    | member accounts | aws account | aws accounts | sub account | sub accounts | subaccount
    | subaccounts | account id | account ids
USAGE_TYPE = usage type | usage types | usagetype | storage class | storage classes | storage tier
    | model | models | foundation model
INSTANCE_TYPE = instance type | instance types | instance size | instance sizes | node type
    | machine type
INSTANCE_TYPE_FAMILY = instance family | instance families | instance type family | family
    | families
RESOURCE_ID = resource | resources | resource id | resource ids | bucket | buckets | s3 bucket
    | s3 buckets | file system | file systems | function | functions | lambda function
    | lambda functions | table | tables | queue | queues | distribution | cluster | clusters
    | db instance | volume | volumes | instance | instances | database | databases | log group
    | log groups | load balancer | nat gateway | workgroup
OPERATION = operation | operations | api operation | api operations | api | action
PURCHASE_TYPE = purchase option | purchase options | purchase type | pricing model
    | payment option | billing mode
RECORD_TYPE = charge type | charge types | record type | record types | line item type
    | charge category | discount line | discount lines | credit line | credit lines
AZ = az | azs | availability zone | availability zones
DATABASE_ENGINE = engine | engines | database engine | database engines | db engine | db engines
"""

TAG_WORDS: dict[str, str] = {
    **{word: word for word in ("team", "project", "department", "application", "environment")},
    **{word: word for word in ("owner", "customer", "tenant", "workload", "product", "squad")},
    "teams": "team",
    "projects": "project",
    "departments": "department",
    "dept": "department",
    "depts": "department",
    "applications": "application",
    "environments": "environment",
    "owners": "owner",
    "customers": "customer",
    "tenants": "tenant",
    "workloads": "workload",
    "squads": "squad",
    "stage": "stage",
    "component": "component",
    "cost center": "cost_center",
    "cost centers": "cost_center",
    "cost centre": "cost_center",
    "cost centres": "cost_center",
    "business unit": "business_unit",
    "business units": "business_unit",
    "bu": "business_unit",
}


def _dimensions() -> dict[Phrase, str]:
    found: dict[Phrase, str] = {}
    for code, names in read_table(_DIMENSION_TABLE):
        found.update((tuple(name.split()), code) for name in names)
    for name, key in TAG_WORDS.items():
        found.setdefault(tuple(name.split()), f"TAG:{key}")
    return found


DIMENSIONS = _dimensions()

ENVIRONMENTS: dict[str, str] = {
    "prod": "prod",
    "production": "production",
    "prd": "production",
    "staging": "staging",
    "stg": "staging",
    "dev": "dev",
    "development": "development",
    "nonprod": "non-prod",
    "qa": "qa",
    "uat": "uat",
    "preprod": "preprod",
}

NUMBERS: dict[str, int] = {
    word: value
    for value, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve".split(), start=1
    )
} | {"couple": 2, "few": 3, "dozen": 12, "fifteen": 15, "twenty": 20, "thirty": 30}

NEGATIONS = frozenset({"no", "without", "not", "dont", "skip", "ignore", "excluding", "except"})


@dataclass(frozen=True, slots=True)
class Entry:
    """What one phrase means: families, or a service, or a region."""

    phrase: Phrase
    families: tuple[str, ...] = ()
    service: str = ""
    region: str = ""


@dataclass(frozen=True, slots=True)
class PhraseIndex:
    """Every phrase by how it begins: single words, and longer phrases by their first two."""

    singles: dict[str, list[Entry]]
    pairs: dict[Phrase, list[Entry]]


@cache
def phrase_index() -> PhraseIndex:
    """Return the index of all phrases, the longest first where several begin alike."""
    entries = [Entry(phrase, families=names) for phrase, names in FAMILIES.items()]
    entries += [Entry(phrase, service=name) for phrase, name in SERVICE_PHRASES.items()]
    entries += [Entry(phrase, region=code) for phrase, code in REGION_PHRASES.items()]
    index = PhraseIndex({}, {})
    for entry in sorted(entries, key=lambda entry: -len(entry.phrase)):
        if len(entry.phrase) == 1:
            index.singles.setdefault(entry.phrase[0], []).append(entry)
        else:
            index.pairs.setdefault(entry.phrase[:2], []).append(entry)
    return index


_ENGLISH: frozenset[str] = (
    frozenset(word for table in (FAMILIES, DIMENSIONS) for phrase in table for word in phrase)
    | {word for table in (SERVICE_PHRASES, REGION_PHRASES) for phrase in table for word in phrase}
    | _NOT_TYPOS
    | set(ENVIRONMENTS)
    | set(EVERYDAY)
)

# Words that say "this is not English" by themselves.
FOREIGN: frozenset[str] = MARKERS - _ENGLISH

VOCABULARY: frozenset[str] = _ENGLISH | FOREIGN


def correction(word: str) -> str:
    """Return the word of the vocabulary that ``word`` misspells by one letter, or ``word``."""
    if len(word) < 5 or word in _NOT_TYPOS:
        return word
    near = _typos()
    for variant in (word, *_deletions(word)):
        if variant in near:
            return near[variant]
    return word


def _deletions(word: str) -> list[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]


@cache
def _typos() -> dict[str, str]:
    table: dict[str, str] = {}
    for word in sorted(_CORRECTABLE):
        for variant in _deletions(word):
            table.setdefault(variant, word)
    table.update((word, word) for word in _CORRECTABLE)
    return table
