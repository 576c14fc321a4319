"""More dimensions than a request groups by: one step a value, as far as can be afforded."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import product

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.frame import COST, SMALLER, Frame
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.domain.source import Meter
from finops_cli.errors import SpendCap
from finops_cli.sources.aws.bill.steps import in_steps
from tests.fakes import FakeSource

BY = (q.SERVICE, q.ACCOUNT, q.REGION)
ROWS = [
    {
        "date": date(2026, 10, 1) + timedelta(days=n % 3),
        "cost": Decimal(n * n % 17) / 4,
        q.SERVICE: service,
        q.ACCOUNT: account,
        q.REGION: region,
    }
    for n, (service, account, region) in enumerate(
        product(("EC2", "S3", "RDS"), ("1", "2"), ("us-east-1", "eu-west-1", None))
    )
]
SOURCE = FakeSource(ROWS)
PERIOD = SOURCE.coverage()


@pytest.mark.parametrize("granularity", Granularity)
def test_steps_give_what_one_query_gives(granularity: Granularity) -> None:
    query = CostQuery(PERIOD, granularity=granularity, group_by=BY)
    assert in_steps(query, SOURCE.fetch, Meter()) == SOURCE.fetch(query)


def test_what_a_cap_leaves_out_is_added_up() -> None:
    meter, calls = Meter(), []

    def fetch(query: CostQuery) -> Frame:
        calls.append(query)
        if len(calls) > 2:
            raise SpendCap("The cap is reached.")
        return SOURCE.fetch(query)

    query = CostQuery(PERIOD, granularity=Granularity.DAILY, group_by=BY)
    found = in_steps(query, fetch, meter)
    assert found.total() == SOURCE.fetch(query).total()
    split = {region for region, service in found.select(q.REGION, q.SERVICE) if service != SMALLER}
    assert len(split) == 1
    assert [short.code for short in meter.shortfalls] == [6]
    largest = max(("us-east-1", "eu-west-1", None), key=lambda r: _cost(found, r))
    assert split == {largest}


def test_without_the_first_step_there_is_no_answer() -> None:
    def fetch(query: CostQuery) -> Frame:
        raise SpendCap("The cap is reached.")

    with pytest.raises(SpendCap):
        in_steps(CostQuery(PERIOD, group_by=BY), fetch, Meter())


def _cost(frame: Frame, region: str | None) -> Decimal:
    costs = (cost for value, cost in frame.select(q.REGION, COST) if value == region)
    return sum(costs, Decimal(0))
