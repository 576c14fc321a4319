"""What there is to find in the demo, on every as-of date."""

from datetime import timedelta
from decimal import Decimal

from finops_cli.sources.demo.story import LAUNCH_DAYS, LEAK_DAYS, SPIKE_DAYS
from tests.sources.demo.demo_bill import Bill

EC2 = "ServiceName = 'Amazon Elastic Compute Cloud - Compute'"
P4D = "x_UsageType = 'BoxUsage:p4d.24xlarge'"
G5 = "x_UsageType = 'BoxUsage:g5.12xlarge'"
LEAK = "x_UsageType = 'EU-NatGateway-Bytes'"
EGRESS = "x_UsageType = 'DataTransfer-Out-Bytes' AND ServiceName = 'EC2 - Other'"


def test_the_spike_is_two_p4d_in_one_account_and_region_around_the_clock(bill: Bill) -> None:
    days = bill.rows(
        "SELECT day, SubAccountName, RegionId, count(DISTINCT ResourceId), sum(ConsumedQuantity),"
        f" sum(BilledCost) FROM bill WHERE {P4D} GROUP BY 1, 2, 3 ORDER BY 1"
    )
    assert [day for day, *_ in days] == [
        bill.today - timedelta(days=ago) for ago in range(SPIKE_DAYS, 0, -1)
    ]
    cost = 48 * Decimal("32.7726")
    assert {tuple(rest) for _, *rest in days} == {("ml-research", "us-east-1", 2, 48, cost)}


def test_g5_hours_rise_with_it_at_the_same_price(bill: Bill) -> None:
    before = bill.cost(G5, since=SPIKE_DAYS + 6, until=SPIKE_DAYS)
    during = bill.cost(G5, since=SPIKE_DAYS)
    assert before * Decimal("1.3") < during < before * 3
    assert during - before < bill.cost(P4D, since=SPIKE_DAYS) / 10
    assert bill.one(f"SELECT count(DISTINCT ListUnitPrice) FROM bill WHERE {G5}") == 1


def test_ec2_rises_by_about_half_and_p4d_explains_it(bill: Bill) -> None:
    usual = bill.cost(EC2, since=28 + SPIKE_DAYS, until=SPIKE_DAYS) / 28
    now = bill.cost(EC2, since=SPIKE_DAYS) / SPIKE_DAYS
    assert Decimal("0.45") < now / usual - 1 < Decimal("0.66")
    assert bill.cost(P4D, since=SPIKE_DAYS) / SPIKE_DAYS > (now - usual) * Decimal("0.9")


def test_the_leak_climbs_for_five_weeks_in_prod_in_ireland(bill: Bill) -> None:
    weeks = [bill.cost(LEAK, since=7 * ago, until=7 * ago - 7) for ago in range(9, 0, -1)]
    assert weeks[-5:] == sorted(weeks[-5:])
    assert weeks[-1] > 6 * weeks[2]
    assert max(weeks[:4]) < min(weeks[:4]) * Decimal("1.5")
    assert bill.rows(
        f"SELECT DISTINCT SubAccountName, ServiceName, RegionId FROM bill WHERE {LEAK}"
    ) == [("prod", "EC2 - Other", "eu-west-1")]
    assert 500 < bill.cost(LEAK, since=LEAK_DAYS) < 5_000


def test_the_launch_lifts_internet_traffic_for_good(bill: Bill) -> None:
    before = bill.cost(EGRESS, since=LAUNCH_DAYS + 28, until=LAUNCH_DAYS)
    after = bill.cost(EGRESS, since=LAUNCH_DAYS, until=LAUNCH_DAYS - 28)
    now = bill.cost(EGRESS, since=28)
    assert after > before * Decimal("1.8")
    assert abs(now / after - 1) < Decimal("0.3")
    assert after - before > 500


def test_waste_has_lines_of_its_own(bill: Bill) -> None:
    a_month = {
        "x_UsageType LIKE '%VolumeUsage.gp2'": (1_500, 5_000),
        "ResourceName IN ('reporting-old', 'loadtest', 'migration-copy')"
        " AND x_UsageType LIKE '%InstanceUsage%'": (2_000, 2_400),
        "x_UsageType SIMILAR TO 'BoxUsage:(m4|c4)[.].*'": (3_000, 5_000),
        "ResourceName LIKE 'old-campaign%'": (20, 60),
        "x_UsageType LIKE '%IdleAddress'": (30, 60),
        "x_UsageType LIKE '%EBS:SnapshotUsage'": (700, 1_600),
        "x_UsageType LIKE '%DataProcessing-Bytes'": (700, 2_500),
        "ResourceName = 'raw-events' AND x_UsageType = 'TimedStorage-ByteHrs'": (1_000, 2_000),
    }
    for condition, (least, most) in a_month.items():
        assert least < bill.cost(condition, since=30) < most, condition


def test_idle_databases_never_move(bill: Bill) -> None:
    quantities = bill.rows(
        "SELECT DISTINCT ConsumedQuantity FROM bill"
        " WHERE x_UsageType = 'InstanceUsage:db.r5.2xlarge'"
    )
    assert quantities == [(Decimal(24),)]


def test_idle_balancers_serve_no_capacity_units(bill: Bill) -> None:
    idle = "ResourceName LIKE 'old-campaign%'"
    assert bill.rows(f"SELECT DISTINCT x_UsageType FROM bill WHERE {idle}") == [
        ("LoadBalancerUsage",)
    ]


def test_snapshots_only_grow(bill: Bill) -> None:
    held = [
        bill.one(
            "SELECT avg(ConsumedQuantity * day(last_day(day))) FROM bill"
            " WHERE ResourceName = 'nightly-snapshots' AND day >= $a AND day < $b",
            a=bill.today - timedelta(days=ago),
            b=bill.today - timedelta(days=ago - 30),
        )
        for ago in range(360, 0, -30)
    ]
    assert held == sorted(held)


def test_one_service_ended_and_another_began(bill: Bill) -> None:
    last_kinesis, first_kafka = bill.rows(
        "SELECT max(day) FILTER (ServiceName = 'Amazon Kinesis'), min(day) FILTER"
        " (ServiceName = 'Amazon Managed Streaming for Apache Kafka') FROM bill"
    )[0]
    assert bill.today - timedelta(days=150) < first_kafka < last_kinesis
    assert last_kinesis < bill.today - timedelta(days=90)
