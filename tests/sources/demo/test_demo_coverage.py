from datetime import date, timedelta
from decimal import Decimal

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.sources.demo.commitments import commitments
from finops_cli.sources.demo.coverage import NO_TERM, Cover, Metered, flatten, shares
from finops_cli.sources.demo.days import days_until
from finops_cli.sources.demo.model import Commitment
from finops_cli.sources.demo.usage import TICKS

TODAY = date(2026, 11, 15)
DAYS = days_until(TODAY)
TERMS = commitments(TODAY)
RATES = st.sampled_from([Decimal("0.28"), Decimal("0.5"), Decimal("0.131"), Decimal("0.57")])
HOURS = st.lists(st.tuples(st.integers(0, 24 * TICKS), RATES), min_size=1, max_size=30)


def constant(ticks: int) -> np.ndarray:
    return np.full(len(DAYS.ordinals), ticks, dtype=np.int64)


@given(HOURS)
def test_cover_gives_in_order_until_it_is_spent(fleet: list[tuple[int, Decimal]]) -> None:
    cover = Cover("compute-sp", TERMS, DAYS)
    left = TERMS[0].daily
    for ticks, rate in fleet:
        covered = int(cover.take(0, constant(ticks), rate).ticks[-1])
        cost = Decimal(covered) / TICKS * rate
        assert 0 <= covered <= ticks
        assert cost <= left
        left -= cost
        # Either it is covered whole, or not one more tick could be paid for.
        assert covered == ticks or left < rate / TICKS


@given(HOURS)
def test_shares_add_up_to_what_was_used(fleet: list[tuple[int, Decimal]]) -> None:
    metered = [
        Metered(item, rate, "database-ri", constant(ticks))
        for item, (ticks, rate) in enumerate(fleet)
    ]
    table = flatten(shares(metered, TERMS, DAYS))
    used = np.zeros(len(fleet), dtype=np.int64)
    np.add.at(used, table["item"], table["ticks"])
    assert used.tolist() == [ticks * len(DAYS.ordinals) for ticks, _ in fleet]
    assert (table["ticks"] > 0).all()


def test_only_days_of_a_term_are_covered() -> None:
    term = next(term for term in TERMS if term.family == "cache-ri")
    cover = Cover("cache-ri", [term], DAYS)
    share = cover.take(7, constant(TICKS), term.rate)
    first = (term.start - DAYS.period.start).days
    assert share.terms[first - 1] == NO_TERM and share.ticks[first - 1] == 0
    assert share.terms[first] == 0 and share.ticks[first] == TICKS


def test_terms_of_a_family_follow_one_another_without_gap_or_overlap() -> None:
    families: dict[str, list[Commitment]] = {}
    for term in TERMS:
        families.setdefault(term.family, []).append(term)
    assert set(families) == {"compute-sp", "database-ri", "cache-ri"}
    for terms in families.values():
        assert all(old.end == new.start for new, old in zip(terms, terms[1:], strict=False))
        assert terms[-1].start <= DAYS.period.start <= TODAY < terms[0].end
        assert len({term.id for term in terms}) == len(terms)
    assert TODAY + timedelta(days=90) < families["compute-sp"][0].end
