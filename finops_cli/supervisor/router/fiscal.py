"""Fiscal years that a question states: "our fiscal year starts in april ... this fiscal year".

Without such a statement a fiscal year is the calendar year. With one, the years and quarters that
are called fiscal are moved to it, and the month that states it is no period of its own.
"""

from datetime import date

from finops_cli.domain.period import Period, add_months
from finops_cli.supervisor.router.dates import DAY, Finding
from finops_cli.supervisor.router.traits import MONTHS
from finops_cli.supervisor.router.words import Words

_FISCAL = frozenset({"fiscal", "financial", "fy"})
_STARTS = frozenset("starts start begins begin starting beginning runs".split())
_REACH = 4


def in_fiscal_years(words: Words, found: list[Finding], today: date) -> list[Finding]:
    """Return the findings with fiscal years and quarters moved to the year that is stated."""
    if _FISCAL.isdisjoint(words.words):
        return found
    at = _stated(words)
    if at < 0:
        return found
    month = MONTHS[words.words[at]]
    return [
        _moved(one, month, today) if _is_fiscal(words, one) else one
        for one in found
        if not one.first <= at < one.last
    ]


def _stated(words: Words) -> int:
    """Return where the month stands that a fiscal year is said to start in, or -1."""
    for i, word in enumerate(words.words):
        if word not in _STARTS or _FISCAL.isdisjoint(words.words[max(0, i - 3) : i]):
            continue
        for j in range(i + 1, min(i + 1 + _REACH, len(words))):
            if words.words[j] in MONTHS:
                return j
    return -1


def _is_fiscal(words: Words, one: Finding) -> bool:
    called = not _FISCAL.isdisjoint(words.words[max(0, one.first - 1) : one.last + 1])
    return one.unit == "quarter" if not called else one.unit in ("year", "quarter")


def _moved(one: Finding, month: int, today: date) -> Finding:
    """Move a calendar year or quarter to the fiscal one of the same number."""
    start = date(today.year - (today.month < month), month, 1)
    if one.unit == "year":
        start = add_months(start, 12 * (one.period.start.year - today.year))
        whole = Period(start, add_months(start, 12))
    elif one.kind == "relative":
        return one
    else:
        start = add_months(start, one.period.start.month - 1)
        whole = Period(start, add_months(start, 3))
    running = one.period != one.ahead and today in whole
    return one._replace(period=Period(start, today + DAY) if running else whole, ahead=whole)
