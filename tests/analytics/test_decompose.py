"""The dimension that tells most, and what each value explains."""

from fractions import Fraction

from finops_cli.analytics.comparison import Amount
from finops_cli.analytics.decompose import choose, dominant, explanatory_power, parts, split


def amounts(**values: tuple[int, int]) -> dict[str | None, Amount]:
    """Amounts as ``name=(before, now)``; the name ``none`` stands for no value."""
    return {
        None if name == "none" else name: Amount(Fraction(now), Fraction(before))
        for name, (before, now) in values.items()
    }


def test_news_go_before_a_large_share_that_grew_as_expected() -> None:
    region = split("region", amounts(us=(800, 1600), eu=(200, 400)))
    kind = split("instance_type", amounts(p4d=(0, 1000), m6i=(1000, 1000)))
    assert kind.surprise > region.surprise
    best = choose([region, kind])
    assert best is not None
    assert (best.dimension, best.values) == ("instance_type", ("p4d",))


def test_growth_in_proportion_is_no_news() -> None:
    assert choose([split("region", amounts(us=(800, 1600), eu=(200, 400)))]) is None


def test_a_change_spread_thin_is_not_explained_by_a_few() -> None:
    thin = amounts(**{f"v{i}": (10, 12) for i in range(40)})
    assert split("account", thin).values == ()


def test_no_value_is_not_chosen() -> None:
    assert choose([split("instance_type", amounts(none=(0, 900), m6i=(1000, 1000)))]) is None


def test_equals_are_decided_by_their_order() -> None:
    first = split("instance_type", amounts(p4d=(0, 1000), m6i=(1000, 1000)))
    second = split("usage_type", amounts(box=(0, 1000), other=(1000, 1000)))
    assert choose([first, second]) is first
    assert choose([second, first]) is second


def test_all_new_is_equally_new_and_dominance_names_it() -> None:
    new = amounts(a=(0, 90), b=(0, 10))
    assert dominant(new) == "a"
    assert dominant(amounts(a=(0, 60), b=(0, 40))) is None


def test_drops_are_explained_like_rises() -> None:
    drop = amounts(a=(500, 20), b=(500, 500))
    best = choose([split("account", drop)])
    assert best is not None and best.values == ("a",)


def test_credits_that_vanish_have_power_although_no_share() -> None:
    power = explanatory_power(amounts(credit=(-400, 0), usage=(1000, 1000)))
    assert power["credit"] == 1


def test_offsetting_parts_do_not_each_explain_a_small_net_change() -> None:
    power = explanatory_power(amounts(a=(0, 500), b=(490, 0)))
    assert power["a"] < 1.1


def test_no_change_explains_nothing() -> None:
    still = amounts(a=(5, 5), b=(0, 0))
    assert set(explanatory_power(still).values()) == {0.0}
    assert split("account", still).values == ()
    found = parts({("a",): Amount()}, Amount(), 3)
    assert (found.rows, found.rest, found.rest_share) == ((), 0, None)


def test_small_parts_go_to_everything_else() -> None:
    found = parts(
        {("a",): Amount(Fraction(99)), ("b",): Amount(Fraction(1))}, Amount(Fraction(100)), 6
    )
    assert [row.where for row in found.rows] == [("a",)]
    assert found.rest == 1


def test_parts_that_all_but_cancel_out_have_no_shares() -> None:
    found = parts(
        {("a",): Amount(Fraction(100)), ("b",): Amount(Fraction(-99))}, Amount(Fraction(1)), 6
    )
    assert [row.share for row in found.rows] == [None, None]
    assert (found.change, found.rest, found.rest_share) == (1, 0, None)
