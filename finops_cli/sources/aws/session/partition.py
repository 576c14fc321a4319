"""Which AWS this is, and where its billing services answer.

Billing services live in one region of a partition, whatever region a user works in. So a user's
region decides the partition and, for the few services that are truly regional, the endpoint.

Source: the endpoint rule sets and ``partitions.json`` of botocore 1.44.8; for GovCloud, "AWS
GovCloud (US) User Guide": its usage is billed to the standard account that it belongs to.
"""

from finops_cli.errors import Disabled

STANDARD = "aws"
CHINA = "aws-cn"
GOVCLOUD = "aws-us-gov"

_BY_PREFIX = {
    "cn": CHINA,
    "us-gov": GOVCLOUD,
    "eusc-de": "aws-eusc",
    "us-iso": "aws-iso",
    "us-isob": "aws-iso-b",
    "eu-isoe": "aws-iso-e",
    "us-isof": "aws-iso-f",
}
_GLOBAL_REGIONS = {
    STANDARD: "us-east-1",
    CHINA: "cn-northwest-1",
    GOVCLOUD: "us-gov-west-1",
    "aws-eusc": "eusc-de-east-1",
    "aws-iso": "us-iso-east-1",
    "aws-iso-b": "us-isob-east-1",
    "aws-iso-e": "eu-isoe-west-1",
    "aws-iso-f": "us-isof-south-1",
}
_REGIONAL = ("bedrock", "compute-optimizer", "sts")
_ELSEWHERE = {("support", CHINA): "cn-north-1"}
_NAMES = {
    "bedrock": "Amazon Bedrock",
    "budgets": "AWS Budgets",
    "ce": "Cost Explorer",
    "cost-optimization-hub": "Cost Optimization Hub",
    "support": "The Support API",
    "trustedadvisor": "The Trusted Advisor API",
}
_PLACES = {CHINA: "the China regions", GOVCLOUD: "GovCloud"}
_ABSENT = {
    GOVCLOUD: ("ce", "budgets", "cost-optimization-hub", "trustedadvisor"),
    CHINA: ("cost-optimization-hub", "trustedadvisor", "bedrock"),
}


def partition_of(region_or_arn: str | None) -> str:
    """Return the partition of a region or an ARN; ``aws`` where neither is known."""
    words = region_or_arn or ""
    if words.startswith("arn:"):
        return words.split(":")[1] or STANDARD
    if words.endswith("-global"):
        return words.removesuffix("-global")
    prefix = words.rsplit("-", 2)[0]
    return _BY_PREFIX.get(prefix, STANDARD)


def global_region(partition: str) -> str:
    """Return the region in which a partition keeps what is not regional."""
    return _GLOBAL_REGIONS.get(partition, _GLOBAL_REGIONS[STANDARD])


def home_region(service: str, partition: str, region: str | None = None) -> str:
    """Return the region whose endpoint answers for a service.

    Args:
        service: Its name in botocore, such as ``ce``.
        partition: Such as ``aws``.
        region: The user's own, for services that differ by region.

    Raises:
        Disabled: The partition does not have the service.
    """
    if service in _ABSENT.get(partition, ()):
        raise _absent(service, partition)
    if service in _REGIONAL and region and partition_of(region) == partition:
        return region
    return _ELSEWHERE.get((service, partition), global_region(partition))


def _absent(service: str, partition: str) -> Disabled:
    said = f"{_NAMES[service]} does not exist in {_PLACES[partition]}."
    if partition == GOVCLOUD:
        return Disabled(said, "Use a profile of the standard AWS account that pays for this one.")
    return Disabled(said, "Nothing to do: this is left out there.")
