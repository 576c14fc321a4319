"""The total is the sum of its parts, and no line of the bill is saved twice."""

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from finops_cli.analytics.savings.bill import Bill
from finops_cli.analytics.savings.find import find
from finops_cli.analytics.savings.total import counted
from finops_cli.domain.advice import Line

_TYPES = (
    *("EBS:VolumeUsage.gp2", "BoxUsage:m4.large", "BoxUsage:m5.large", "EU-LoadBalancerUsage"),
    *("InstanceUsage:db.r5.large", "PublicIPv4:IdleAddress", "USE1-DataProcessing-Bytes"),
)
_LINES = st.builds(
    Line,
    service=st.just("S"),
    account=st.sampled_from(["1", "2"]),
    region=st.just("us-east-1"),
    usage_type=st.sampled_from(_TYPES),
    operation=st.sampled_from(["RunInstances", "CreateDBInstance:0002", "PutLogEvents"]),
    resource=st.sampled_from(["a", "b", "c"]),
    owner=st.sampled_from([None, "web"]),
    cost=st.decimals(0, 10_000, places=4),
    usage=st.decimals(0, 5_000, places=2),
    unit=st.just("Hrs"),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINES, max_size=12, unique=True))
def test_the_total_is_the_best_saving_of_each_line(lines: list[Line]) -> None:
    found = find(Bill(lines, 30))
    best: dict[Line, Decimal] = {}
    for one in found:
        for evidence in one.evidence if one.check.confidence != "low" else ():
            best[evidence.line] = max(best.get(evidence.line, Decimal(0)), evidence.saving or 0)
    counts = counted(found)
    assert sum(counts.values()) == sum(best.values())
    assert sum(counts.values()) <= sum(line.cost for line in lines)
    assert all(0 <= counts[one.id] <= (one.monthly_saving or 0) for one in found)
    assert len({one.id for one in found}) == len(found)


@settings(max_examples=60, deadline=None)
@given(st.lists(_LINES, max_size=12, unique=True))
def test_a_saving_is_the_sum_of_its_evidence(lines: list[Line]) -> None:
    for one in find(Bill(lines, 30)):
        savings = [e.saving for e in one.evidence]
        assert one.monthly_saving == (None if None in savings else sum(s or 0 for s in savings))
        assert one.cost == sum(e.line.cost for e in one.evidence)
