"""Parts and remainder add up to the whole, whatever the amounts."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from finops_cli.analytics.breakdown import differ, growth, layers, over_time, rank, share, sums
from finops_cli.domain.frame import SMALLER, Frame

AMOUNTS = st.decimals(-(10**9), 10**9, places=10)
SUMS = st.dictionaries(st.tuples(st.one_of(st.none(), st.text(max_size=4))), AMOUNTS, max_size=12)


@given(SUMS, st.integers(1, 6))
def test_a_ranking_adds_up(by_key: dict[tuple[str | None], Decimal], most: int) -> None:
    found = rank(by_key, most)
    assert found.total == sum(by_key.values(), Decimal(0))
    assert len(found.items) + found.rest_count == len(by_key)
    costs = [item.cost for item in found.items]
    assert costs == sorted(costs, reverse=True)


def test_a_remainder_of_one_is_named() -> None:
    found = rank({("a",): Decimal(3), ("b",): Decimal(2), ("c",): Decimal(1)}, 2)
    assert [item.key for item in found.items] == [("a",), ("b",), ("c",)]
    assert found.rest_count == 0


def test_what_a_source_added_up_is_never_an_item() -> None:
    found = rank({("a",): Decimal(1), (SMALLER,): Decimal(90), ("b",): Decimal(2)}, 5)
    assert [item.key for item in found.items] == [("b",), ("a",)]
    assert (found.rest, found.rest_count) == (90, 1)


@given(SUMS, SUMS, st.integers(1, 6))
def test_differences_add_up(
    before: dict[tuple[str | None], Decimal], now: dict[tuple[str | None], Decimal], most: int
) -> None:
    found = differ(before, now, most)
    assert found.total.before == sum(before.values(), Decimal(0))
    assert found.total.now == sum(now.values(), Decimal(0))
    parts = [*found.items, found.rest]
    assert sum((part.change for part in parts), Decimal(0)) == found.total.change
    changes = [abs(part.change) for part in found.items]
    assert changes == sorted(changes, reverse=True)


def test_new_and_gone_are_named_even_when_not_shown() -> None:
    before = {("kept",): Decimal(900), ("gone",): Decimal(1)}
    now = {("kept",): Decimal(100), ("new",): Decimal(2), ("other",): Decimal(3)}
    found = differ(before, now, 1)
    assert [d.key for d in found.items] == [("kept",)]
    assert found.new == (("other",), ("new",)) and found.gone == (("gone",),)


@given(st.dictionaries(st.sampled_from(["Usage", "Purchase", "Tax", "Credit", "Refund"]), AMOUNTS))
def test_layers_go_from_gross_to_net(by_name: dict[str, Decimal]) -> None:
    found = layers({(name,): cost for name, cost in by_name.items()})
    assert found.net == sum(by_name.values(), Decimal(0))
    assert found.gross == by_name.get("Usage", 0) + by_name.get("Purchase", 0)
    assert found.are_distinct is any(by_name.get(n) for n in ("Tax", "Credit", "Refund"))


def test_sums_and_series_of_a_frame() -> None:
    rows = (
        (date(2026, 1, 2), "a", "x", Decimal(1), None, None),
        (date(2026, 1, 1), "a", "y", Decimal(2), None, None),
        (date(2026, 1, 1), None, "y", Decimal(4), None, None),
    )
    frame = Frame(("date", "service", "region", "cost", "usage", "usage_unit"), rows)
    assert sums(frame, ("service",)) == {("a",): 3, (None,): 4}
    assert sums(frame, ()) == {(): 7}
    assert list(over_time(frame).items()) == [(date(2026, 1, 1), 6), (date(2026, 1, 2), 1)]


def test_a_credit_has_no_growth_and_nothing_has_no_share() -> None:
    assert growth(Decimal(5), Decimal(-10)) is None
    assert growth(Decimal(5), Decimal(0)) is None
    assert growth(Decimal(5), Decimal(10)) == Decimal("0.5")
    assert share(Decimal(5), Decimal(0)) is None
