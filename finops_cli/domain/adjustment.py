"""What only people know about the future, in words that a flag or a file can hold.

2027-02 +10 %                        the month alone: a campaign, a test
ec2 -20 % from 2027-02               from then on
remove redshift from 2027-01
add $4k/month from 2027-03 until 2027-09
add 12000 in 2027-05 to sagemaker    once
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from finops_cli.domain.period import add_months
from finops_cli.domain.quantity import parse_amount
from finops_cli.errors import UsageError

_HINT = (
    'Write it as "2027-02 +10 %", "ec2 -20 % from 2027-02", "remove redshift from 2027-01" or '
    '"add $4k/month from 2027-03".'
)
_MONTH = r"(\d{4})-(\d{1,2})(?:-\d{1,2})?"
_WHEN = re.compile(
    rf"\b(?P<how>from|since|in|during|for)?\s*(?P<start>{_MONTH})"
    rf"(?:\s*(?:\.\.|to|until|till|-)\s*(?P<last>{_MONTH}))?",
    re.IGNORECASE,
)
_UNTIL = re.compile(rf"\b(?:until|till|through|to)\s+(?P<last>{_MONTH})", re.IGNORECASE)
_PERCENT = re.compile(r"(?P<amount>[+-]?\s*\d+(?:\.\d+)?\s*(?:%|percent))", re.IGNORECASE)
_ADD = re.compile(
    r"add\s+(?P<amount>[+-]?\s*[$€£]?\s*[\d,.]+\s*(?:k|mio|m|bn|b)?(?:\s*(?:usd|eur|dollars?))?)"
    r"\s*(?P<rate>/\s*mo(?:nth)?|per month|a month|monthly)?",
    re.IGNORECASE,
)

Action = Literal["scale", "remove", "add"]


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A change that the statistics cannot know.

    ``amount`` is a ratio for ``scale`` (0.1 is ten per cent more) and money a month for ``add``.
    ``start`` and ``end`` are firsts of month, ``end`` exclusive and None for good. ``target`` is a
    service, account or region as the user wrote it, None for the whole bill.
    """

    text: str
    action: Action
    amount: Decimal
    start: date
    end: date | None
    target: str | None

    def covers(self, month: date) -> bool:
        """Tell whether the adjustment holds in the month that begins on a day."""
        return self.start <= month and (self.end is None or month < self.end)


def parse_adjustments(texts: Iterable[str]) -> tuple[Adjustment, ...]:
    """Return what texts such as those above mean; empty lines and ``#`` comments mean nothing.

    Raises:
        UsageError: A text is no adjustment.
    """
    lines = [text.split("#", 1)[0].strip() for text in texts]
    return tuple(_parse(line) for line in lines if line)


def _parse(text: str) -> Adjustment:
    when = _WHEN.search(text)
    if when is None:
        raise UsageError(f"{text!r} does not say from which month.", _HINT)
    start, end = _span(text, when)
    rest = _UNTIL.sub(" ", _WHEN.sub(" ", text, count=1))
    added = _ADD.search(rest)
    if added:
        once = not added["rate"] and when["how"] not in ("from", "since")
        end = add_months(start, 1) if once and end is None else end
        return Adjustment(
            text, "add", _amount(added["amount"], text), start, end, _target(rest, _ADD)
        )
    # "2027-02 +10 %" is about that month, "from 2027-02" about all that follow.
    alone = (when["how"] or "").lower() not in ("from", "since")
    end = add_months(start, 1) if alone and end is None else end
    percent = _PERCENT.search(rest)
    if percent:
        amount = _amount(percent["amount"], text)
        return Adjustment(text, "scale", amount, start, end, _target(rest, _PERCENT))
    words = rest.split()
    if not words or words[0].lower() not in ("remove", "drop", "without", "stop"):
        raise UsageError(f"{text!r} is no adjustment.", _HINT)
    target = " ".join(words[1:]).strip(" ,:;")
    if not target:
        raise UsageError(f"{text!r} does not say what to remove.", _HINT)
    return Adjustment(text, "remove", Decimal(-1), start, end, target)


def _span(text: str, when: re.Match[str]) -> tuple[date, date | None]:
    start = _month(when["start"], text)
    until = _UNTIL.search(text, when.end())
    last = when["last"] or (until["last"] if until else None)
    if last is None:
        return start, None
    end = add_months(_month(last, text), 1)
    if end <= start:
        raise UsageError(f"{text!r} ends before it starts.", _HINT)
    return start, end


def _month(written: str, text: str) -> date:
    year, month = (int(part) for part in written.split("-")[:2])
    try:
        return date(year, month, 1)
    except ValueError:
        raise UsageError(f"{written!r} in {text!r} is no month.", _HINT) from None


def _amount(written: str, text: str) -> Decimal:
    found = parse_amount(written.replace("+ ", "+").replace("- ", "-"))
    if found is None:
        raise UsageError(f"{written.strip()!r} in {text!r} is no amount.", _HINT)
    return found.number


def _target(rest: str, taken: re.Pattern[str]) -> str | None:
    """Return what is left of the words once the amount is taken out."""
    left = re.sub(r"\b(?:to|on|of|for|in|scale|change)\b", " ", taken.sub(" ", rest, count=1))
    return " ".join(left.split()).strip(" ,:;") or None
