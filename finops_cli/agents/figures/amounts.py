"""The numbers in a prose, with the units around them: $1.31–1.55 M, 48 %, 1.2 TB, 214 snapshots.

Whole counts up to twelve are ordinary words ("3 accounts", "top 5", "1-year"), not claims, unless
they are money, a percentage, a multiple or bytes.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from decimal import Decimal

from finops_cli.agents.figures import units
from finops_cli.agents.figures.claim import Claim, Moment, Unit
from finops_cli.agents.figures.numbers import NUMBER, is_whole, readings
from finops_cli.agents.figures.veil import COVER

_SIGNS = 7
_WORDS = 20
_ORDINARY = 12
_JOINT = re.compile(r"[*_]{0,2}[ ]?(?:[-–—]|to|and|bis|und|or|a|à|y|e|et|から|〜|~)[ ]?[*_]{0,2}")
_LONGEST_JOINT = 12
_TOGETHER = re.compile(r"[-–—~]|\b(?:to|bis|à|a)\b")
_NOUN = re.compile(r"\+?[*_]{0,2}[ -]([A-Za-zÀ-ÿ]+)")
_NO_NOUN = frozenset(
    """in on of for and to or a an the per is was were are from more less by with at as than each
    every against versus vs over under between until up down this that which while but so total
    compared if after before month monthly year annual higher lower above below im und für pro an
    mehr weniger por para en de al el la y o e em no na par pour et le du""".split()
)
# "2x p4d.24xlarge" and "2 x $50" are no multiples.
_FACTORS = (f" {COVER}", " $", " €", " £")
_PERCENT = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class _Number:
    """A number as written, with the signs and words around it."""

    digits: str
    start: int
    end: int
    about: bool
    currencies: frozenset[str] | None
    scale: Decimal | None
    shared_scale: Decimal | None
    unit: Unit | None
    size: Decimal | None


def amounts(text: str) -> Iterator[Claim]:
    """Read the numbers of a text, in order; its dates and names are covered already."""
    for number in _in_ranges(_numbers(text), text):
        claim = _claim(number, text)
        if claim is not None:
            yield claim


def _numbers(text: str) -> list[_Number]:
    found: list[_Number] = []
    for match in NUMBER.finditer(text):
        found.append(_number(match, text, found[-1].end if found else 0))
    return found


def _number(match: re.Match[str], text: str, first: int) -> _Number:
    """Read a number with what stands around it, from ``first`` on."""
    before = units.BEFORE.search(text, max(first, match.start() - _SIGNS), match.start())
    after = units.AFTER.match(text, match.end())
    assert before and after, "Both match nothing too."
    unit = after["unit"] or ""
    named = units.currencies(before["money"] or "") or units.currencies(unit)
    start = _start(before, text)
    return _Number(
        match[0],
        start,
        after.end(),
        units.is_about(text[max(0, start - _WORDS) : start]),
        named,
        units.factor(after["scale"]),
        units.other_factor(after["scale"]),
        _unit(unit, named, text[after.end() : after.end() + 2]),
        units.byte_size(unit),
    )


def _start(before: re.Match[str], text: str) -> int:
    """Return where a number begins with its sign; the dash of a range is no sign."""
    start = before.start()
    is_sign = start == 0 or text[start - 1] in " \n\t(|*_~>"
    return start if is_sign else start + len(before["sign"])


def _unit(written: str, named: frozenset[str] | None, then: str) -> Unit | None:
    if units.is_percent(written):
        return Unit.PERCENT
    if named:
        return Unit.MONEY
    if units.is_multiple(written):
        return Unit.COUNT if then in _FACTORS else Unit.MULTIPLE
    return Unit.BYTES if units.byte_size(written) else None


def _in_ranges(numbers: list[_Number], text: str) -> Iterator[_Number]:
    """Give both ends of a range what only one of them bears: "$1.31–1.55 M", "12 to 15 %"."""
    for at, number in enumerate(numbers):
        if at and _is_joined(numbers[at - 1], number, text):
            number = _with_sign_of(numbers[at - 1], number)
        if at + 1 < len(numbers) and _is_joined(number, numbers[at + 1], text):
            number = _with_unit_of(numbers[at + 1], number)
        yield number


def _is_joined(left: _Number, right: _Number, text: str) -> bool:
    if right.start - left.end > _LONGEST_JOINT:
        return False
    between = text[left.end : right.start]
    if not _JOINT.fullmatch(between):
        return False
    return (
        bool(_TOGETHER.search(between)) or "between" in text[max(0, left.start - 12) : left.start]
    )


def _with_sign_of(left: _Number, right: _Number) -> _Number:
    if right.unit is not None or left.unit is not Unit.MONEY:
        return right
    return replace(right, unit=Unit.MONEY, currencies=left.currencies)


def _with_unit_of(right: _Number, left: _Number) -> _Number:
    if left.unit is None and right.unit is not None:
        left = replace(left, unit=right.unit, currencies=right.currencies, size=right.size)
    if left.scale is None and left.shared_scale is None and right.unit in (None, left.unit):
        left = replace(left, shared_scale=right.scale)
    return left


def _claim(number: _Number, text: str) -> Claim | None:
    unit = number.unit or _counted(number, text)
    if unit in (Unit.COUNT, Unit.BARE) and _is_ordinary(number):
        return None
    factors = {number.scale or Decimal(1), number.shared_scale or number.scale or Decimal(1)}
    if unit is Unit.PERCENT:
        factors = {_PERCENT}
    elif unit is Unit.BYTES:
        factors = {number.size or Decimal(1)}
    is_plain = unit not in (Unit.PERCENT, Unit.MULTIPLE, Unit.BYTES) and factors == {Decimal(1)}
    found = readings(number.digits, about=number.about, plain=is_plain)
    meant = tuple(one.times(factor) for one in found for factor in sorted(factors))
    return Claim(number.start, number.end, _year(number, unit), unit, meant, number.currencies)


def _counted(number: _Number, text: str) -> Unit:
    """Tell a number of something named from one of which nothing is said."""
    noun = _NOUN.match(text, number.end)
    return Unit.COUNT if noun and noun[1].lower() not in _NO_NOUN else Unit.BARE


def _is_ordinary(number: _Number) -> bool:
    if number.scale or number.shared_scale or not is_whole(number.digits):
        return False
    return int(number.digits) <= _ORDINARY


def _year(number: _Number, unit: Unit) -> tuple[Moment, ...]:
    if unit not in (Unit.BARE, Unit.COUNT) or number.scale or len(number.digits) != 4:
        return ()
    is_year = is_whole(number.digits) and number.digits.startswith(("19", "20"))
    return (Moment(int(number.digits)),) if is_year else ()
