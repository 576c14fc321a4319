"""Which part of the bill moved: contributions, the dimension that tells most, the parts of a table.

The choice of dimension follows Adtributor (Bhagwan et al., "Adtributor: Revenue Debugging in
Advertising Systems", NSDI 2014): a value matters by its *explanatory power*, its change over the
whole change, and by its *surprise*, how far its share of the cost is from the share it used to
have (its term of the Jensen-Shannon divergence). us-east-1 may carry 80 % of a rise and be no news
since it carries 80 % of the bill; an instance type that was not there before is news.

Two departures, since bills are not ad revenue: negative amounts (credits) have no share and count
as zero in the surprise, and where parts offset each other the explanatory power is taken of at
least half the gross movement, so that a small net change does not make every part explain it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import log

from finops_cli.analytics.comparison import Amount, Key, exact, less, total

_EACH = 0.1
"""Least explanatory power of a value, T_EEP in the paper."""
_TOGETHER = 0.67
"""Least explanatory power of the values together, T_EP in the paper."""
_MOST_VALUES = 4
_NEWS = 0.004
_DOMINANT = 0.8
_LEAST_PART = Fraction(2, 100)
_LEAST_NET = Fraction(5, 100)


@dataclass(frozen=True, slots=True)
class Split:
    """A cost cut by one dimension, and what that tells.

    ``values`` are those that explain the change, the one that explains most first; empty where no
    few values explain it. ``surprise`` is the sum of their surprises.
    """

    dimension: str
    values: tuple[str | None, ...]
    surprise: float


@dataclass(frozen=True, slots=True)
class Part:
    """One row of the decomposition: where, and by how much it changed."""

    where: Key
    amount: Amount
    change: Decimal
    share: Decimal | None


@dataclass(frozen=True, slots=True)
class Parts:
    """The parts worth a row, largest first, and everything else. They add up to ``change``.

    There are no shares where the parts all but cancel out: 1,600 % of nearly nothing tells nobody
    anything.
    """

    rows: tuple[Part, ...]
    change: Decimal
    rest: Decimal
    rest_share: Decimal | None


def split(dimension: str, amounts: Mapping[str | None, Amount]) -> Split:
    """Return the values of one dimension that explain a change and how surprising they are."""
    power = explanatory_power(amounts)
    surprise = _surprise(amounts)
    ranked = sorted(
        (value for value in amounts if power[value] > _EACH),
        key=lambda value: (-surprise[value], -power[value], value or ""),
    )
    chosen: list[str | None] = []
    for value in ranked[:_MOST_VALUES]:
        chosen.append(value)
        if sum(power[v] for v in chosen) >= _TOGETHER:
            chosen.sort(key=lambda v: (-power[v], v or ""))
            return Split(dimension, tuple(chosen), sum(surprise[v] for v in chosen))
    return Split(dimension, (), 0.0)


def choose(splits: Sequence[Split]) -> Split | None:
    """Return the split that tells most, or None where none tells any news.

    The order of the splits decides between equals. A split whose main value is *no value*
    (untagged, no instance type) points at nothing and is not chosen.
    """
    telling = [s for s in splits if s.values and s.values[0] is not None and s.surprise > _NEWS]
    return max(telling, key=lambda s: round(s.surprise, 6), default=None)


def dominant(amounts: Mapping[str | None, Amount]) -> str | None:
    """Return the value that holds at least 80 % of a change, or None."""
    power = explanatory_power(amounts)
    top = max(power, key=lambda value: (power[value], value or ""), default=None)
    return top if top is not None and power[top] >= _DOMINANT else None


def explanatory_power(amounts: Mapping[str | None, Amount]) -> dict[str | None, float]:
    """Return each value's change over the whole change; above zero where it goes the same way."""
    change = total(amounts.values()).change
    gross = sum((abs(amount.change) for amount in amounts.values()), Fraction(0))
    whole = max(abs(change), gross / 2)
    if not whole:
        return dict.fromkeys(amounts, 0.0)
    sign = -1 if change < 0 else 1
    return {value: float(sign * amount.change / whole) for value, amount in amounts.items()}


def parts(amounts: Mapping[Key, Amount], whole: Amount, most: int) -> Parts:
    """Return the largest parts and the remainder, adding up to the change exactly.

    Args:
        amounts: The amounts found; they need not be the whole.
        whole: What they are parts of.
        most: The most rows to show.
    """
    change = exact(whole.change)
    gross = sum((abs(amount.change) for amount in amounts.values()), Fraction(0))
    ranked = sorted(
        (item for item in amounts.items() if abs(item[1].change) > gross * _LEAST_PART),
        key=lambda item: (-abs(item[1].change), [value or "" for value in item[0]]),
    )
    shared = bool(change) and abs(whole.change) >= gross * _LEAST_NET
    rows = tuple(
        Part(
            where,
            amount,
            exact(amount.change),
            exact(amount.change / whole.change) if shared else None,
        )
        for where, amount in ranked[:most]
    )
    rest = less(change, [row.change for row in rows])
    shares = [row.share for row in rows if row.share is not None]
    return Parts(rows, change, rest, less(Decimal(1), shares) if shared else None)


def _surprise(amounts: Mapping[str | None, Amount]) -> dict[str | None, float]:
    before = sum((max(a.before, Fraction(0)) for a in amounts.values()), Fraction(0))
    now = sum((max(a.now, Fraction(0)) for a in amounts.values()), Fraction(0))
    return {
        value: _divergence(
            float(max(amount.before, Fraction(0)) / before) if before else 0.0,
            float(max(amount.now, Fraction(0)) / now) if now else 0.0,
        )
        for value, amount in amounts.items()
    }


def _divergence(p: float, q: float) -> float:
    """Return one value's term of the Jensen-Shannon divergence, in nats."""
    mean = (p + q) / 2
    return sum(0.5 * x * log(x / mean) for x in (p, q) if x > 0)
