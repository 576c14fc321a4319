"""Amounts of money that a question sets as a limit, a target, a threshold or a filter.

Most figures in questions are something else: days, percentages, counts, years, parts of names, or
the size of a past bill. An amount needs both the look of money and a word that makes it a limit.
"""

import re

from finops_cli.supervisor.router.evidence import Evidence
from finops_cli.supervisor.router.traits import NUMERIC, ZERO

_SIGN = re.compile(r"(?:[$€£]|\busd )\s?$")
_LONGEST_SIGN = 6
_AMOUNT = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?)"
    r"(?P<scale>k|m|mn|mil|thousand|million)?\b"
    r"(?P<after>\s{0,4}(?:%|usd\b|dollars?\b|bucks\b|\$|[a-z]+))?"
)
_SCALES = {"k": 1_000, "thousand": 1_000, "m": 10**6, "mn": 10**6, "mil": 10**6, "million": 10**6}
_MONEY_AFTER = ("usd", "dollar", "dollars", "buck", "bucks", "$", "dolares", "euro", "euros", "eur")
_LIMIT = re.compile(
    r"(?:over|above|under|below|pass(?:es)?|beyond|exceed(?:s|ed|ing)?|hit(?:ting)?|than|past|"
    r"reach(?:es)?|cross(?:es)?|limit(?: of)?|threshold(?: of)?|target(?: of)?|cap(?: of)?|"
    r"at least|within|stay(?:ing)? at|>=?|<=?)\s*~?$"
)
_BUDGET_CUE = re.compile(r"(?:budget(?: of| for)?|to|at|of|=|:|limit|is|spends?)\s*~?$")
_COUNTED = frozenset(
    """days day weeks week months month years year hours hour quarters quarter d w q y h percent
    services accounts regions instances budgets items resources st nd rd th times x gb tb
    vcpu users xlarge alerts am pm %""".split()
)
_RATE = re.compile(r"\s{0,4}(?:/|(?:a|per|each|every)\s)\s{0,4}(?:day|week|month|quarter|year)\b")
# A bare number is money after "over" only from here on: "over 3" is more likely a count.
_BARE_MINIMUM = 100
# "A 300 budget" states an amount, "our 3 budgets" does not.
_LEAST_BUDGET = 10
_COUNTING = ("q", "fy", "top", "last")
_REACH = 24


def amount(evidence: Evidence, *, in_budget: bool) -> float | int | None:
    """Return the limit in US dollars that a question states; of several, the highest.

    Args:
        evidence: The question.
        in_budget: Whether it is about budgets, where any sum of money is a limit.
    """
    text, traits = evidence.words.text, evidence.words.traits
    if in_budget and traits & ZERO and "spend" in evidence.words.words:
        return 0
    if not traits & NUMERIC:
        return None
    limits: list[float] = []
    for match in _AMOUNT.finditer(text):
        if _in_name(text, match):
            continue
        start = match.start()
        sign = _SIGN.search(text, max(0, start - _LONGEST_SIGN), start)
        start = sign.start() if sign else start
        before = text[max(0, start - _REACH) : start].rstrip()
        if not _is_limit(match, before, signed=sign is not None, in_budget=in_budget):
            continue
        if before.endswith(("budget", "budget of")):
            return _plain(_value(match))
        limits.append(_value(match))
    return _plain(max(limits)) if limits else None


def _is_limit(match: re.Match[str], before: str, *, signed: bool, in_budget: bool) -> bool:
    after = (match["after"] or "").strip()
    if after in _COUNTED:
        return False
    limited = _LIMIT.search(before) is not None
    if signed or match["scale"] or after in _MONEY_AFTER:
        return in_budget or limited
    if limited and _RATE.match(match.string, match.end("number")):
        return True
    if limited:
        return _value(match) >= _BARE_MINIMUM and not _yearlike(match)
    alerts = match.string.startswith((" alert", " alarm", " action"), match.end())
    if in_budget and after == "budget" and not (alerts or before.endswith(_COUNTING)):
        return _value(match) >= _LEAST_BUDGET and not _yearlike(match)
    return in_budget and not _yearlike(match) and _BUDGET_CUE.search(before) is not None


def _value(match: re.Match[str]) -> float:
    return float(match["number"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)


def _plain(value: float) -> float | int:
    return int(value) if value.is_integer() else value


def _yearlike(match: re.Match[str]) -> bool:
    return match["number"].startswith("20") and len(match["number"]) == 4


def _in_name(text: str, match: re.Match[str]) -> bool:
    start, end = match.start("number"), match.end()
    before = text[start - 1] if start else " "
    return before.isalnum() or before in "-_." or text[end : end + 1] == "-"
