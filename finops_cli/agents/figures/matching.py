"""Whether a claim is one of the known figures."""

from collections.abc import Iterable
from decimal import Decimal

from finops_cli.agents.figures.claim import Claim, Unit
from finops_cli.agents.figures.known import Known, Values, in_currencies
from finops_cli.agents.figures.numbers import Reading

_MOST_NAMES = 20
_CENTS, _TENTHS = 2, 3  # the decimals of an amount in a table, and of a ratio
_PERCENT = Decimal("0.01")


def is_known(claim: Claim, text: str, known: Known) -> bool:
    """Tell whether a claim of a text is among the figures, or inside a name that it quotes."""
    if any(known.days.has(moment) for moment in claim.moments):
        return True
    if claim.unit is not None and _has_number(claim, text, known):
        return True
    return _is_quoted(claim, text, known)


def _has_number(claim: Claim, text: str, known: Known) -> bool:
    if any(values.has(one) for values in _values(claim, known) for one in claim.readings):
        return True
    if any(values.has(one.shown()) for values, one in _columns(claim, known)):
        return True
    if claim.unit is Unit.BARE and any(known.ratios.has(_as_ratio(one)) for one in claim.readings):
        return True
    in_name = claim.unit in (Unit.BARE, Unit.COUNT)
    return in_name and text[claim.start : claim.end] in known.in_names


def _values(claim: Claim, known: Known) -> Iterable[Values]:
    """Return where a number in its unit may be found."""
    match claim.unit:
        case Unit.MONEY:
            yield from in_currencies(known.money, claim.currencies)
        case Unit.PERCENT:
            yield known.ratios
        case Unit.MULTIPLE:
            yield known.multiples
        case Unit.BYTES:
            yield known.bytes
        case Unit.COUNT:
            yield known.numbers
        case _:
            yield known.numbers
            yield from in_currencies(known.money, None)


def _columns(claim: Claim, known: Known) -> Iterable[tuple[Values, Reading]]:
    """Return the columns that may show a number as it is written: to the cent, or 6.3 %."""
    for one in claim.readings:
        decimals = -int(one.value.as_tuple().exponent)
        if claim.unit in (Unit.MONEY, Unit.BARE) and decimals == _CENTS:
            for values in in_currencies(known.cells, claim.currencies):
                yield values, one
        elif claim.unit is Unit.PERCENT and decimals == _TENTHS:
            yield known.shares, one


def _as_ratio(reading: Reading) -> Reading:
    """Return the reading as the percentage that a table may give without its sign."""
    return reading.times(_PERCENT)


def _is_quoted(claim: Claim, text: str, known: Known) -> bool:
    """Tell whether a claim stands inside a name that the text quotes whole: "team 10% off".

    A name that is nothing but the figure does not count: a tag must not vouch for an amount.
    """
    written, at = text[claim.start : claim.end], -1
    for _ in range(_MOST_NAMES):
        at = known.names.find(written, at + 1)
        if at < 0:
            return False
        first = known.names.rfind("\n", 0, at) + 1
        last = known.names.find("\n", at)
        name = known.names[first : last if last >= 0 else None]
        has_letter = any(one.isalpha() for one in name.replace(written, ""))
        if has_letter and text.startswith(name, max(0, claim.start - (at - first))):
            return True
    return False
