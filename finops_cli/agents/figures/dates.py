"""The dates in a prose: 2026-11-09, Nov 9 – 14, 9 November 2026, Q3, FY2026, 11月9日.

A date has only the parts that were written; a list or a range of days is one claim a day. A year on
its own is read with the numbers, as it may be one.
"""

import re
from collections.abc import Iterator

from finops_cli.agents.figures import months
from finops_cli.agents.figures.claim import Claim, Moment

_DAY = r"(?:0?[1-9]|[12][0-9]|3[01])"
# A day is not the start of a longer number, of a percentage or of a time.
_DAY_ENDS = r"(?![0-9]|[.,:/][0-9]|[ ]?%|-[a-z])"
_ORDINAL = r"(?:st\b|nd\b|rd\b|th\b|er\b|º|\.(?=[ ]))?"
_YEAR = r"(?:19|20)[0-9]{2}(?![0-9]|[.,-][0-9]|[ ]?%)"
# Commas join days only up to an "and": in "on Nov 9, 14 volumes" the 14 is no day.
_JOINT = (
    r"(?:[ ]?[-–—/][ ]?|[ ](?:to|and|through|thru|until|bis|und|al|y|au|et)[ ]"
    rf"|,[ ](?:and[ ])?(?=(?:{_DAY},[ ]){{0,6}}{_DAY},?[ ](?:and|und|y|et)[ ]{_DAY}\b)|,[ ]and[ ])"
)
_DAYS = rf"{_DAY}{_DAY_ENDS}{_ORDINAL}(?:{_JOINT}{_DAY}{_DAY_ENDS}{_ORDINAL}){{0,8}}"
_NAME = rf"(?:{months.PATTERN})(?![a-zà-ÿ])"
_AND_YEAR = rf"(?:,?[ ]?(?:(?:of|de|del)[ ])?(?:{_YEAR}))"
_OF = r"(?:[ ](?:of|de)[ ]|[ .-]{0,2})"

_DATE = re.compile(
    rf"""(?=[0-9adefhjmnoqs])(?<![A-Za-z0-9_:])(?<![A-Za-z0-9_]-)(?<![0-9][.,])(?:
      (?P<iso>(?P<iy>(?:19|20)[0-9]{{2}})[-/](?P<im>1[0-2]|0[1-9]|[1-9](?![0-9]))
        (?:[-/](?P<id>{_DAY})(?![0-9]))?(?:T[0-9:.]{{4,15}}Z?)?)(?![A-Za-z0-9_]|[-/][0-9]{{1,2}}(?![0-9]))
    | (?P<dotted>(?P<a>[0-9]{{1,2}})(?P<sign>[./])(?P<b>[0-9]{{1,2}})(?P=sign)(?P<ny>20[0-9]{{2}}))
      (?![0-9])
    | (?P<part>(?:(?P<py>{_YEAR})[- ]?)?(?P<letter>[QH])(?P<number>[1-4])\b
        (?:[ '’/-]{{0,2}}(?:FY)?[ ]?(?P<qy>{_YEAR}|(?<=['’Y])[0-9]{{2}}\b))?)
    | (?P<fiscal>FY[ '’-]?(?P<fy>20[0-9]{{2}}|[0-9]{{2}})(?:[-/–](?:20)?[0-9]{{2}})?)(?![0-9])
    | (?P<name>{_NAME})\.?[ ]?(?P<days>{_DAYS})(?P<y1>{_AND_YEAR})?
    | (?P<days2>{_DAYS}){_OF}(?P<name2>{_NAME})(?P<y2>{_AND_YEAR})?
    | (?P<name3>{_NAME})\.?(?P<y3>[ ,./'-]{{0,2}}{_AND_YEAR}|[ ]?['’-]2[0-9](?![0-9]))?
    | (?P<kanji>(?:(?P<ky>20[0-9]{{2}})年)?(?P<km>1[0-2]|[1-9])月(?:(?P<kd>{_DAY})日)?
        |(?P<yy>20[0-9]{{2}})年)
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_ONE_DAY = re.compile(r"[0-9]{1,2}")
_DIGITS = re.compile(r"[0-9]+")
# "in May", but not "May we": a name that is a word too is a month after one of these.
_BEFORE_A_MONTH = re.compile(
    r"\b(?:in|of|for|since|from|until|till|through|by|during|than|versus|vs\.?|im|seit|en|de|em)"
    r"[ ]$",
    re.IGNORECASE,
)


def dates(text: str) -> Iterator[Claim]:
    """Read the dates of a text, in order; they do not overlap."""
    for match in _DATE.finditer(text):
        if match["name"] or match["name2"]:
            yield from _days(match)
        elif match["name3"]:
            yield from _month(match, text)
        else:
            yield Claim(match.start(), match.end(), tuple(_numbered(match)))


def _days(match: re.Match[str]) -> Iterator[Claim]:
    """Read days with the name of their month before or after them."""
    before = match["name"] is not None
    month = months.month(match["name"] or match["name2"])
    if month is None:
        return
    year = _year(match["y1"] or match["y2"])
    days = "days" if before else "days2"
    found = list(_ONE_DAY.finditer(match.string, match.start(days), match.end(days)))
    for at, one in enumerate(found):
        start = match.start() if before and at == 0 else one.start()
        is_last = at == len(found) - 1
        end = match.end() if is_last and (year or not before) else one.end()
        yield Claim(start, end, (Moment(year, month, int(one[0])),))


def _month(match: re.Match[str], text: str) -> Iterator[Claim]:
    """Read a month without a day."""
    year, written = _year(match["y3"]), match["name3"]
    month = months.month(written) if year else months.alone(written)
    if month is None and _BEFORE_A_MONTH.search(text, max(0, match.start() - 10), match.start()):
        month = months.month(written)
    if month is not None:
        end = match.end() if year else match.end("name3")
        yield Claim(match.start(), end, (Moment(year, month),))


def _numbered(match: re.Match[str]) -> Iterator[Moment]:
    """Return what a date without the name of a month may be."""
    if match["iso"]:
        yield _moment(match["iy"], match["im"], match["id"])
    elif match["dotted"]:
        yield _moment(match["ny"], match["b"], match["a"])
        if match["sign"] == "/":
            yield _moment(match["ny"], match["a"], match["b"])
    elif match["fiscal"]:
        yield Moment(_full(match["fy"]), fiscal=True)
    elif match["kanji"]:
        yield _moment(match["ky"] or match["yy"], match["km"], match["kd"])
    else:
        year = _full(match["py"] or match["qy"])
        number = int(match["number"])
        if match["letter"] in "Qq":
            yield Moment(year, quarter=number)
        else:
            yield Moment(year, half=number)


def _moment(year: str | None, month: str | None, day: str | None) -> Moment:
    return Moment(_int(year), _int(month), _int(day))


def _int(written: str | None) -> int | None:
    return int(written) if written else None


def _year(written: str | None) -> int | None:
    found = _DIGITS.search(written or "")
    return _full(found[0]) if found else None


def _full(written: str | None) -> int | None:
    if not written:
        return None
    return int(written) + (2000 if len(written) == 2 else 0)
