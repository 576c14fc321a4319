"""How long figures are kept: recent days for hours, closed months for good."""

from datetime import UTC, date, datetime, timedelta

import pytest

from finops_cli.sources.aws.bill.freshness import Freshness, is_final
from finops_cli.sources.aws.cache.buckets import Span

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def hours(count: float) -> datetime:
    return NOW - timedelta(hours=count)


def day(start: date, fetched: datetime, estimated: bool = True) -> Span:
    return Span(start, start + timedelta(days=1), fetched, estimated)


@pytest.mark.parametrize(
    ("kept", "usable"),
    [
        (day(date(2026, 11, 23), hours(7.9)), True),
        (day(date(2026, 11, 23), hours(8.1)), False),
        (day(date(2026, 11, 5), hours(8.1)), True),
        (day(date(2026, 11, 5), hours(24.1)), False),
        # October, fetched while its bill could still change, and after.
        (day(date(2026, 10, 5), datetime(2026, 11, 3, tzinfo=UTC), False), False),
        (day(date(2026, 10, 5), datetime(2026, 11, 6, tzinfo=UTC), False), True),
        (day(date(2026, 10, 5), datetime(2026, 11, 6, tzinfo=UTC), True), False),
        (Span(date(2025, 1, 1), date(2025, 2, 1), datetime(2025, 3, 1, tzinfo=UTC), False), True),
    ],
)
def test_what_may_be_used(kept: Span, usable: bool) -> None:
    assert Freshness(NOW).allows(kept) is usable
    assert Freshness(NOW, offline=True).allows(kept)
    assert not Freshness(NOW, since=NOW).allows(kept)


def test_what_this_run_fetched_stands_a_refresh() -> None:
    assert Freshness(NOW, since=NOW).allows(day(date(2026, 11, 23), NOW + timedelta(seconds=1)))


def test_a_month_is_final_when_its_bill_is() -> None:
    fetched = datetime(2026, 11, 6, tzinfo=UTC)
    assert is_final(Span(date(2026, 10, 1), date(2026, 11, 1), fetched, False))
    assert not is_final(Span(date(2026, 11, 1), date(2026, 11, 6), fetched, False))
