"""The bill asks a source as little as it can, and no more than it can group by."""

from datetime import date

from finops_cli.domain.frame import COST
from tests.aws_endpoint.bill import Bill
from tests.endpoint.clients import TODAY, bill
from tests.fakes import FakeSource

NAMES = ("account", "charge_category", "region", "service")


def test_more_dimensions_than_the_source_can_group_by() -> None:
    rows = bill(date(2026, 9, 1)).rows
    wide, narrow = Bill(FakeSource(rows, TODAY)), Bill(FakeSource(rows, TODAY, max_group_by=2))
    for metric in ("UnblendedCost", "UsageQuantity"):
        expected, found = wide.days(NAMES, metric), narrow.days(NAMES, metric)
        assert {day: sorted(lines, key=str) for day, lines in found.items()} == {
            day: sorted(lines, key=str) for day, lines in expected.items()
        }
    assert sum(row[COST] for row in rows) == sum(
        cost for lines in narrow.days(NAMES, "UnblendedCost").values() for _, cost, _ in lines
    )


class OneCurrency(FakeSource):
    """A source that stays itself when it is narrowed, so that its queries can be counted."""

    def in_currency(self, currency: str) -> "OneCurrency":
        return self


def test_each_way_of_grouping_is_fetched_once() -> None:
    source = OneCurrency(bill(date(2026, 9, 1)).rows, TODAY)
    served = Bill(source)
    for _ in range(3):
        served.days(("service",), "UnblendedCost")
    assert len(source.queries) == 1


def test_a_dimension_that_is_not_there_is_none_everywhere() -> None:
    lines = Bill(bill(date(2026, 9, 1))).days(("nothing", "service"), "UnblendedCost")
    assert [raw for raw, _, _ in lines[date(2026, 9, 2)]] == [(None, "EC2"), (None, "S3")]
