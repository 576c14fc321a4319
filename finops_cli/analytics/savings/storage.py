"""Storage that only ever grows, and logs that cost twice what they might."""

from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise
from typing import Final

from finops_cli.analytics.savings.bill import Bill
from finops_cli.analytics.savings.public_prices import INFREQUENT_LOGS
from finops_cli.domain.advice import Check, Evidence, Line

GROWING_SNAPSHOTS: Final = Check(
    name="growing-snapshots",
    title="Let a policy delete old snapshots",
    rule=(
        "Snapshots cost 25 or more in 30 days, and each of the last three full months held more "
        "than the one before."
    ),
    formula="none: the bill does not tell which snapshots are still needed",
    page="https://docs.aws.amazon.com/ebs/latest/userguide/snapshot-lifecycle.html",
    effort="medium",
    risk="medium: a snapshot that is deleted is gone; agree first how long they are kept",
    restart=False,
    confidence="medium",
    steps=(
        "Agree how long snapshots of each kind are kept.",
        "Let a lifecycle policy delete what is older; archive what must stay for years.",
    ),
    commands=(
        "aws ec2 describe-snapshots --owner-ids self --query 'sort_by(Snapshots,&StartTime)[:20]'",
        'resource "aws_dlm_lifecycle_policy" "NAME" { ... retain_rule { count = 30 } }',
    ),
)
UNTIERED_BUCKET: Final = Check(
    name="s3-without-tiering",
    title="Let S3 tier what is seldom read",
    rule="A bucket holds a terabyte or more in S3 Standard, and nothing of it in any other class.",
    formula="none: how much of it is seldom read is not in the bill",
    page="https://docs.aws.amazon.com/AmazonS3/latest/userguide/intelligent-tiering-overview.html",
    effort="low",
    risk="low: Intelligent-Tiering charges for watching each object of 128 KB or more",
    restart=False,
    confidence="medium",
    steps=(
        "Look with S3 Storage Lens how much of it is read, and how small its objects are.",
        "Add a lifecycle rule that moves objects to Intelligent-Tiering.",
    ),
    commands=(
        "aws s3api put-bucket-lifecycle-configuration --bucket BUCKET "
        "--lifecycle-configuration file://tiering.json",
    ),
)
LOG_INGESTION: Final = Check(
    name="log-ingestion",
    title="Write less logs, or into the Infrequent Access class",
    rule="A log group of the Standard class takes in logs for 100 or more in 30 days.",
    formula="cost × (1 - 0.25/0.50): the Infrequent Access class, if all of it goes there",
    page="https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/"
    "CloudWatch_Logs_Log_Classes.html",
    effort="medium",
    risk="medium: that class has no metric filters, alarms or live tail; a group cannot change it",
    restart=False,
    confidence="medium",
    steps=(
        "See whether debug messages are written in production; turn them off first.",
        "Make a log group of the Infrequent Access class, and write there what is seldom read.",
    ),
    commands=(
        "aws logs create-log-group --log-group-class INFREQUENT_ACCESS --log-group-name GROUP",
    ),
)

_MONTHS = 4
_LEAST_SNAPSHOTS, _LEAST_LOGS = Decimal(25), Decimal(100)
_TERABYTE = Decimal(1000)
_STANDARD = "TimedStorage-ByteHrs"


def growing_snapshots(bill: Bill) -> Iterator[Evidence]:
    """Yield snapshots that each month holds more of."""
    for line in bill.lines:
        if line.kind == "EBS:SnapshotUsage" and bill.per_month(line.cost) >= _LEAST_SNAPSHOTS:
            months = bill.months_of(line)[-_MONTHS:]
            if len(months) == _MONTHS and all(a < b for a, b in pairwise(months)):
                yield Evidence(line, None, f"grew {months[-1] / months[0] - 1:.1%} in 3 months")


def untiered_buckets(bill: Bill) -> Iterator[Evidence]:
    """Yield each large bucket that has one storage class; none where buckets are not told apart."""
    tiered = {line.resource for line in bill.lines if _is_storage(line) and line.kind != _STANDARD}
    for line in bill.lines:
        held = bill.per_month(line.usage or Decimal(0))
        named = line.resource and bill.has_resources and line.resource not in tiered
        if _is_s3(line) and line.kind == _STANDARD and named and held >= _TERABYTE:
            yield Evidence(line, None)


def ingested_logs(bill: Bill) -> Iterator[Evidence]:
    """Yield each log group that takes in a lot."""
    for line in bill.lines:
        ingested = line.kind == "DataProcessing-Bytes" and line.operation == "PutLogEvents"
        if ingested and bill.per_month(line.cost) >= _LEAST_LOGS:
            yield Evidence(line, bill.per_month(line.cost * (1 - INFREQUENT_LOGS)))


def _is_storage(line: Line) -> bool:
    return line.kind.startswith("TimedStorage-")


def _is_s3(line: Line) -> bool:
    """Tell S3 from what names its storage alike: registries, log groups, file systems."""
    names = ("S3", "Simple Storage")
    return any(name in (line.service or "") for name in names)
