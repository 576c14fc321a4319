"""What spend can be cut by, and the small words beside it: tags, environments, numbers."""

from finops_cli.domain.tables import read_table

Phrase = tuple[str, ...]

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

LONGEST_DIMENSION: dict[str, int] = {}
"""By the first word of dimensions: how many words the longest of them takes."""
for _phrase in DIMENSIONS:
    LONGEST_DIMENSION[_phrase[0]] = max(len(_phrase), LONGEST_DIMENSION.get(_phrase[0], 0))

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
