"""What has digits and claims nothing: names, commands, addresses, the numbers of a list.

They are covered, so that what reads figures never sees them, and every other character keeps its
place. Commands are not read, but a figure in backticks is: else a model could hide one there.
"""

import re

COVER = "\x00"
"""What stands where something was covered."""

CURRENCIES = frozenset(
    """AED ARS AUD BGN BRL CAD CHF CLP CNY COP CZK DKK EUR GBP HKD HUF IDR ILS INR ISK JPY KRW MXN
    MYR NOK NZD PEN PHP PLN RON SAR SEK SGD THB TRY TWD USD VND ZAR""".split()
)
"""The codes that are read as a currency in front of a number or after one."""

SUFFIXES = frozenset(
    """k m mm mn b bn t x d h hr hrs s sec min ms w mo y yr pp ppt pct usd eur gbp bytes kb mb gb tb
    pb kib mib gib tib pib""".split()
) | {code.lower() for code in CURRENCIES}
"""Letters that may follow the digits of a number at once."""

_PLAIN = str.maketrans(
    "０１２３４５６７８９％＄￥，．\u00a0\u202f\u2009\u2007\u2011\u2012\u2212～〜≈∼",
    "0123456789%$¥,.    ---~~~~",
)

_COMMAND = r"(?:[$>][ ])?(?:finops|aws|terraform|kubectl|eksctl|cdk|python|pip|curl)[ ]"
_FENCE = r"^[ ]{0,3}(?:```|~~~)"
_CODE = re.compile(
    rf"""{_FENCE}[ ]?(?!text|md|markdown)[a-z][^\n]*\n[\s\S]*?(?:{_FENCE}|\Z)
    | ^[ ]*{_COMMAND}[^\n]*[ ]--[a-z][^\n]*
    | `[^`\n]*`""",
    re.VERBOSE | re.IGNORECASE | re.MULTILINE,
)
_TYPED = re.compile(rf"{_COMMAND}|[a-z][^\n]*?[ ]--[a-z]", re.VERBOSE)
_PRODUCTS = (
    "python|postgres|postgresql|mysql|mariadb|aurora|kubernetes|node|java|redis|windows[ ]server|"
    "ubuntu|php|version|release|chapter|section|step|priority|no\\.|nr\\."
)
_NO_FIGURE = re.compile(
    rf"""(?=[0-9a-z\[])(?<![a-z])(?:
      (?:https?|s3|arn):[^\s)>\]]+ | \bwww\.[^\s)>\]]+
    | \[\^?[0-9]{{1,3}}\]
    | \b24[ ]?[/x][ ]?7\b | \b24[ -]?h(?:ours?|rs?)?\b
    | (?<![0-9.,])[0-9]{{12}}(?![0-9]|[.,][0-9])
    | (?<![0-9-])[0-9]{{4}}-[0-9]{{4}}-[0-9]{{4}}(?![0-9-])
    | (?<![0-9.])[0-9]{{1,3}}(?:\.[0-9]{{1,3}}){{3}}(?:/[0-9]{{1,2}})?(?![0-9.])
    | (?<![0-9.,])[0-9]{{1,2}}\.[0-9]{{1,2}}\.[0-9]{{1,2}}(?![0-9.])
    | \b[0-9]{{1,2}}:[0-9]{{2}}(?::[0-9]{{2}})?\b
    | (?<![0-9/.,$€£])[0-9]{{1,2}}/[0-9]{{1,2}}(?![0-9/]|[.,][0-9])
    | \b(?:{_PRODUCTS})[ ][0-9]+(?:\.[0-9x]+)?\b)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Before dates: "2. October 2026" at the start of a line is the second of a list.
_LISTED = re.compile(
    r"^[ >]*(?:\#{1,6}[ ]*)?(?:[-*+][ ]+)?[*_]{0,2}[0-9]{1,3}[.)](?=[ *_])", re.MULTILINE
)
_ORDINAL = re.compile(r"\b[0-9]{1,2}[ºª]|#[0-9]{1,4}(?![0-9]|[.,][0-9])")
_WORD = re.compile(
    r"(?<![A-Za-z0-9_.,$€£])(?:[A-Za-z_][A-Za-z0-9_]*|[0-9]+[A-Za-z_][A-Za-z0-9_]*)"
    r"(?:[-._/@][A-Za-z0-9_]+|:[A-Za-z][A-Za-z0-9_]*)*"
)
_DIGIT = re.compile("[0-9]")
_AFTER_DIGITS = re.compile(r"[0-9]+([A-Za-z]+)")
_CODE_FIRST = re.compile(r"([A-Z]{3})[0-9.,]+")
_ADJECTIVE = re.compile(r"[0-9]+(?:[a-zA-Z]{1,2})?-[a-z]+(?:-[a-z]+)*")


def plain(text: str) -> str:
    """Return the text with wide digits, spaces and signs in their usual form, none moved."""
    return text.translate(_PLAIN)


def covered(text: str) -> str:
    """Return the text with all that is neither a date nor a number of a bill covered.

    Names are not: they are told from dates only once the dates are covered, by ``without_names``.
    """
    text = _CODE.sub(lambda match: _cover(match) if _is_typed(match[0]) else match[0], text)
    return _NO_FIGURE.sub(_cover, _LISTED.sub(_cover, text))


def without_names(text: str) -> str:
    """Return the text with its names and ordinals covered: ``p4d.24xlarge``, ``S3``, ``1.``."""
    text = _ORDINAL.sub(_cover, text)
    return _WORD.sub(lambda match: _cover(match) if _is_name(match[0]) else match[0], text)


def _cover(match: re.Match[str]) -> str:
    return COVER * len(match[0])


def _is_typed(code: str) -> bool:
    """Tell whether code is typed somewhere; what stands in backticks may be a figure as well."""
    return not code.startswith("`") or "\n" in code or bool(_TYPED.match(code[1:-1]))


def _is_name(word: str) -> bool:
    if not _DIGIT.search(word):
        return False
    if word[0].isdigit():
        if _ADJECTIVE.fullmatch(word):
            return False
        suffix = _AFTER_DIGITS.fullmatch(word)
        return suffix is None or suffix[1].lower() not in SUFFIXES
    code = _CODE_FIRST.fullmatch(word)
    return code is None or code[1] not in CURRENCIES
