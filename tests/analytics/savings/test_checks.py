"""Each check on a case that fires, on one that must not, and at the edge."""

from decimal import Decimal
from typing import Any

import pytest

from finops_cli.analytics.savings.bill import Bill, key_of
from finops_cli.analytics.savings.find import find
from finops_cli.analytics.savings.registry import CHECKS
from finops_cli.domain.advice import Line, Recommendation

_PLAIN: dict[str, Any] = {
    "service": "EC2 - Other",
    "account": "1",
    "region": "us-east-1",
    "usage_type": "EBS:VolumeUsage.gp2",
    "operation": None,
    "resource": "one",
    "owner": "web",
    "usage": Decimal(100),
    "unit": "GB-Mo",
}


def line(cost: str, **more: Any) -> Line:
    return Line(**{**_PLAIN, "cost": Decimal(cost), **more})


def advised(check: str, *lines: Line, **more: Any) -> list[Recommendation]:
    bill = Bill(lines, more.pop("days", 30), **more)
    return [one for one in find(bill) if one.check.name == check]


def saved(check: str, *lines: Line, **more: Any) -> Decimal | None:
    (one,) = advised(check, *lines, **more)
    return one.monthly_saving


BALANCER = {"usage_type": "EU-LoadBalancerUsage", "service": "AWSELB"}
DATABASE = {"service": "RDS", "operation": "CreateDBInstance:0002", "usage": Decimal(720)}
HOURS = {"usage_type": "BoxUsage:m4.2xlarge", "operation": "RunInstances"}


def test_a_small_gp2_volume_saves_a_fifth() -> None:
    assert saved("gp2-to-gp3", line("10")) == 2
    assert saved("gp2-to-gp3", line("10", usage_type="APN1-EBS:VolumeUsage.gp2")) == 2
    assert not advised("gp2-to-gp3", line("10", usage_type="EBS:VolumeUsage.gp3"))


def test_iops_that_gp3_sells_apart_are_taken_off_a_large_volume() -> None:
    months = 30 / Decimal("30.4375")
    edge = 1000 * months  # 3,000 IOPS for the window: what gp3 includes
    assert saved("gp2-to-gp3", line("100", usage=edge)) == 20
    more = saved("gp2-to-gp3", line("200", usage=2 * edge))
    assert more == pytest.approx(40 - 3000 * months * (200 / (2 * edge)) * Decimal("0.05"))
    together = saved("gp2-to-gp3", line("200", usage=2 * edge, resource=None))
    assert together == 40


def test_a_previous_generation_is_replaced_by_the_same_size_of_the_next() -> None:
    assert saved("previous-generation", line("100", **HOURS)) == 4
    other = {**HOURS, "usage_type": "EU-BoxUsage:c4.4xlarge"}
    assert saved("previous-generation", line("100", **other)) == 15
    assert not advised("previous-generation", line("100", usage_type="BoxUsage:m5.2xlarge"))


@pytest.mark.parametrize(
    "odd",
    [
        {"usage_type": "BoxUsage:c4.8xlarge"},
        {"usage_type": "BoxUsage:m3.large"},
        {"usage_type": "BoxUsage:m4.10xlarge"},
        {"operation": "RunInstances:0002"},
    ],
)
def test_a_size_or_licence_without_a_known_ratio_has_no_saving(odd: dict[str, str]) -> None:
    assert saved("previous-generation", line("100", **{**HOURS, **odd})) is None


def test_graviton_is_advised_where_linux_runs_on_demand() -> None:
    m5 = {**HOURS, "usage_type": "BoxUsage:m5.large"}
    assert saved("graviton", line("96", **m5)) == 19
    assert not advised("graviton", line("96", **{**m5, "operation": "RunInstances:0002"}))
    assert not advised("graviton", line("96", **{**m5, "usage_type": "BoxUsage:m6g.large"}))
    assert not advised("graviton", line("96", **{**m5, "usage_type": "SpotUsage:m5.large"}))


def test_databases_move_to_what_undercuts_them_by_their_engine() -> None:
    r5 = {**DATABASE, "usage_type": "InstanceUsage:db.r5.large"}
    m4 = {**DATABASE, "usage_type": "EU-Multi-AZUsage:db.m4.large"}
    assert saved("graviton-db", line("240", **r5)) == 25
    assert not advised("graviton-db", line("240", **{**r5, "operation": "CreateDBInstance:0014"}))
    assert saved("previous-generation-db", line("175", **m4)) == 23
    oracle = {**m4, "operation": "CreateDBInstance:0020"}
    assert saved("previous-generation-db", line("175", **oracle)) is None


def still(months: str, *more: Line, **odd: Any) -> list[Recommendation]:
    database = line("720", **{**DATABASE, "usage_type": "InstanceUsage:db.r6g.large", **odd})
    disk = line("100", service="RDS", usage_type="RDS:GP2-Storage")
    history = {key_of(disk): tuple(map(Decimal, months.split()))}
    return advised("unused-db", database, disk, *more, history=history)


def test_a_database_whose_storage_stands_still_may_be_unused() -> None:
    (one,) = still("100 100 100 100.1")
    assert one.monthly_saving == 720 and one.check.confidence == "low"
    assert not still("100 100 100 100.2"), "it grew"
    assert not still("100 100"), "too young to tell"
    assert not still("100 100 100", usage=Decimal(23 * 30 - 1)), "it is stopped at times"
    assert still("100 100 100", usage=Decimal(23 * 30))
    io = line("1", service="RDS", usage_type="RDS:StorageIOUsage")
    assert not still("100 100 100", io), "there is I/O beside it"


def test_a_balancer_is_idle_where_nothing_is_charged_beside_its_hours() -> None:
    hours = line("16.2", **BALANCER)
    units = line(
        "0.01",
        **{**BALANCER, "usage_type": "EU-LCUUsage"},
    )
    assert saved("idle-load-balancer", hours) == Decimal("16.2")
    assert not advised("idle-load-balancer", hours, units)
    unused = line("0.01", **{**BALANCER, "usage_type": "EU-LCUUsage", "usage": Decimal(0)})
    assert advised("idle-load-balancer", hours, unused)
    untold = line("16.2", **{**BALANCER, "resource": None})
    assert not advised("idle-load-balancer", untold, has_resources=False)


def test_an_address_is_idle_where_the_bill_calls_it_so() -> None:
    idle = line("3.6", usage_type="EUC1-PublicIPv4:IdleAddress")
    assert saved("idle-ipv4", idle) == Decimal("3.6")
    assert not advised("idle-ipv4", line("3.6", usage_type="PublicIPv4:InUseAddress"))


@pytest.mark.parametrize(
    ("cost", "months", "found"),
    [
        ("25", "1 2 3 4", 1),
        ("24.99", "1 2 3 4", 0),
        ("25", "1 2 2 4", 0),
        ("25", "1 2 3", 0),
        ("25", "9 1 2 3 4", 1),
    ],
)
def test_snapshots_only_grow(cost: str, months: str, found: int) -> None:
    snapshots = line(cost, usage_type="EBS:SnapshotUsage")
    history = {key_of(snapshots): tuple(map(Decimal, months.split()))}
    hits = advised("growing-snapshots", snapshots, history=history)
    assert len(hits) == found and all(one.monthly_saving is None for one in hits)


def test_a_large_bucket_of_one_class_is_named_without_a_saving() -> None:
    s3 = {"service": "Amazon Simple Storage Service", "usage_type": "EU-TimedStorage-ByteHrs"}
    bucket = line("23", **s3, usage=Decimal(1000))
    assert saved("s3-without-tiering", bucket) is None
    assert not advised("s3-without-tiering", line("23", **s3, usage=Decimal("999.9")))
    cold = line("1", **{**s3, "usage_type": "EU-TimedStorage-INT-FA-ByteHrs"})
    assert not advised("s3-without-tiering", bucket, cold)
    registry = line("99", **{**s3, "service": "Amazon ECR"}, usage=Decimal(2000))
    assert not advised("s3-without-tiering", registry)


def test_logs_cost_half_in_the_infrequent_class() -> None:
    logs = {"usage_type": "USE1-DataProcessing-Bytes", "operation": "PutLogEvents"}
    assert saved("log-ingestion", line("100", **logs)) == 50
    assert not advised("log-ingestion", line("99.99", **logs))
    assert saved("log-ingestion", line("50", **logs), days=15) == 50, "scaled to 30 days"


def test_a_nat_gateway_whose_data_cost_more_than_its_hours() -> None:
    data = line("100", usage_type="NatGateway-Bytes")
    assert saved("nat-processing", data) is None
    assert not advised("nat-processing", line("99.99", usage_type="NatGateway-Bytes"))
    assert not advised("nat-processing", data, line("100", usage_type="NatGateway-Hours"))


def test_traffic_between_zones_and_extended_support() -> None:
    assert saved("inter-az-transfer", line("100", usage_type="DataTransfer-Regional-Bytes")) is None
    assert not advised("inter-az-transfer", line("9", usage_type="DataTransfer-Regional-Bytes"))
    engine = line("70", usage_type="USE1-ExtendedSupport:Yr1-Yr2:MySQL5.7")
    cluster = line("70", usage_type="USE1-AmazonEKS-Hours:extendedSupport")
    assert saved("extended-support", engine) == 70
    assert saved("extended-support", cluster) is None
    assert not advised("extended-support", line("70", usage_type="AmazonEKS-Hours:perCluster"))


def test_an_id_stays_whatever_it_saves_and_differs_between_places() -> None:
    first, again = advised("gp2-to-gp3", line("10")), advised("gp2-to-gp3", line("11"))
    (other,) = advised("gp2-to-gp3", line("10", region="eu-west-1"))
    assert first[0].id == again[0].id != other.id


def test_every_check_says_what_backs_it() -> None:
    names = [check.name for check, _ in CHECKS]
    assert len(set(names)) == len(names) == 14
    for check, _ in CHECKS:
        aws = ("https://docs.aws.amazon.com/", "https://aws.amazon.com/")
        assert check.page.startswith(aws) and check.steps and check.commands
