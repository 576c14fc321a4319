"""The words and signs around a number that say what it counts, and how many times over."""

import re
from decimal import Decimal

from finops_cli.agents.figures.veil import CURRENCIES

_DOLLARS = frozenset({"USD", "AUD", "CAD", "NZD", "SGD", "HKD", "TWD", "MXN", "CLP", "ARS", "COP"})
_SIGNS = {
    "$": _DOLLARS,
    "us$": frozenset({"USD"}),
    "a$": frozenset({"AUD"}),
    "au$": frozenset({"AUD"}),
    "c$": frozenset({"CAD"}),
    "ca$": frozenset({"CAD"}),
    "nz$": frozenset({"NZD"}),
    "s$": frozenset({"SGD"}),
    "hk$": frozenset({"HKD"}),
    "r$": frozenset({"BRL"}),
    "€": frozenset({"EUR"}),
    "£": frozenset({"GBP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW"}),
    "円": frozenset({"JPY"}),
    "ドル": _DOLLARS,
}
_NAMES = {
    "dollar": _DOLLARS,
    "dólar": _DOLLARS,
    "buck": frozenset({"USD"}),
    "euro": frozenset({"EUR"}),
    "pound": frozenset({"GBP"}),
    "yen": frozenset({"JPY"}),
    "rupee": frozenset({"INR"}),
    "rea": frozenset({"BRL"}),
}
_SCALES = {
    10**3: "k thousand tausend tsd mil mille milliers",
    10**6: "m mm mn mio million millions millionen millón millones milhão milhões",
    10**9: "b bn mrd billion billions milliarde milliarden milliard milliards",
}
_FACTORS = {word: Decimal(size) for size, words in _SCALES.items() for word in words.split()} | {
    "万": Decimal(10**4),
    "億": Decimal(10**8),
    "百万": Decimal(10**6),
}
_BYTES = {"b": 0, "k": 1, "m": 2, "g": 3, "t": 4, "p": 5}
_CODES = "|".join(sorted(CURRENCIES))
_ABOUT = frozenset(
    """about around roughly approximately approx approx. some circa ca ca. c. nearly almost over
    under above below exceeds exceeding beyond rund etwa ungefähr knapp fast über environ
    unos unas casi aproximadamente quase""".split()
)
_ABOUT_OF_TWO = frozenset(
    """more_than less_than up_to at_least at_most close_to an_estimated près_de plus_de moins_de
    cerca_de alrededor_de más_de menos_de mais_de""".split()
)
_MARKS = "~≈約><≥≤"

BEFORE = re.compile(
    rf"""(?P<sign>[+-]?)
    (?:(?P<money>(?:\b(?:us|au?|ca?|nz|s|hk|r))?\$|[€£¥₹₩]|\b(?:{_CODES})(?![A-Za-z]))
      [ ]?[+-]?)?\Z""",
    re.VERBOSE | re.IGNORECASE,
)
"""What stands before a number; to be searched in the few characters before it."""

AFTER = re.compile(
    rf"""(?P<scale>[kK](?![A-Za-z0-9])|[ ]?(?:MM|[MB])(?![A-Za-z0-9])
      |(?:mm|mn|m|bn|b)(?![A-Za-z0-9])
      |[ ](?:mn|bn|K)(?![A-Za-z0-9])
      |[ -]?(?i:thousand|millions?|billions?|tausend|tsd\b\.?|mio\b\.?|mrd\b\.?|milliarden?
        |millionen|millón|millones|milhão|milhões|milliards?|milliers|mille|mil)(?![A-Za-zà-ÿ])
      |百万|[万億])?
    (?:[ ](?:de|of|d['’])[ ]?(?=euro|dólar|dollar|dolar|d[óo]lares))?
    (?P<unit>(?i:
       [ ]?%(?:[- ]?points?)?
      |[ -]?(?:percent(?:age)?|per[ ]cent|pct|prozent|por[ ]ciento|por[ ]cento|pour[ ]cent)
        (?:[ -]?(?:points?|punkte?n?))?\b
      |[ ]?(?:pp|ppts?)\b
      |パーセント
      |[ -]?(?:dollars?|dólar(?:es)?|bucks|euros?|pounds|yen|rupees?|reais)\b|円|ドル
      |(?:us|au?|ca?|nz|s|hk|r)?(?:[$€£¥₹₩](?![0-9])|[ ][$€£¥₹₩](?![ ]?[0-9]))
      |[ ]?(?:{_CODES})(?![A-Za-z0-9])
      |[ ]?[x×](?![A-Za-z0-9])|[ -](?:times|fold)\b
      |[ ]?(?:[kmgtp]i?b|bytes|[kmgt]byte)(?![A-Za-z0-9])))?""",
    re.VERBOSE,
)
"""What stands after a number."""


def is_about(before: str) -> bool:
    """Tell whether words that end just before a number say that it is rough."""
    words = before.rstrip(" *_").lower().split()[-2:]
    if not words:
        return False
    return words[-1] in _ABOUT or words[-1][-1] in _MARKS or "_".join(words) in _ABOUT_OF_TWO


def currencies(written: str) -> frozenset[str] | None:
    """Return the currencies that a sign, a code or a name may stand for; None where it is none."""
    word = written.strip(" -").lower()
    if word.upper() in CURRENCIES:
        return frozenset({word.upper()})
    if word in _SIGNS:
        return _SIGNS[word]
    return next((found for name, found in _NAMES.items() if word.startswith(name)), None)


def factor(scale: str | None) -> Decimal | None:
    """Return how many times a number is meant: "k", "million"; None where nothing is said."""
    return _FACTORS.get(scale.strip(" -.").lower()) if scale else None


def other_factor(scale: str | None) -> Decimal | None:
    """Return what else a number may be times: "mil" is a thousand in Spanish, else a million."""
    return Decimal(10**6) if scale and scale.strip(" -").lower() == "mil" else None


def is_percent(unit: str) -> bool:
    """Tell whether a unit after a number makes it a percentage."""
    word = unit.strip(" -").lower()
    return word.startswith(("%", "p", "パ")) and not word.startswith(("pound", "pb", "pib"))


def is_multiple(unit: str) -> bool:
    """Tell whether a unit after a number makes it a multiple: ``2.4x``."""
    return unit.strip(" -").lower() in ("x", "×", "times", "fold")


def byte_size(unit: str) -> Decimal | None:
    """Return how many bytes a unit is, None where it is none.

    Args:
        unit: As in a prose or on a bill: ``TB``, ``GiB``, ``GB-Mo``.
    """
    match = re.match(r"([kmgtp])i?b(?:yte)?(?![a-z])|(b)ytes", unit.strip().lower())
    return Decimal(1000) ** _BYTES[match[1] or match[2]] if match else None
