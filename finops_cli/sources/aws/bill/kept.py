"""A small answer of AWS, kept for a time, so that asking again costs nothing.

One process asks at a time: whoever waited finds the answer. Old answers serve where the run is
offline, and nowhere else: a second opinion of last week is none.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from finops_cli.errors import NotCached
from finops_cli.sources.aws.bill.reader import Reader

RESTATED = "restated"
"""Under this name it is kept that AWS has restated a closed month, and when that was seen."""

IsFresh = Callable[[datetime], bool]


def kept(reader: Reader, name: str, is_fresh: IsFresh, ask: Callable[[], Any]) -> Any:
    """Return what is kept under a name, asked for where it is not fresh.

    Args:
        reader: The way to AWS and to what is kept.
        name: What it is kept under.
        is_fresh: Tells of the moment when it was fetched whether it may still be used.
        ask: Asks AWS, and returns something that JSON can hold.

    Raises:
        NotCached: Nothing is kept, and the run is offline.
        FinopsError: AWS did not answer.
    """
    freshness, store = reader.freshness, reader.store

    def usable() -> Any:
        known = store.note(name)
        if known is None:
            return None
        if freshness.offline:
            return known
        too_old = freshness.since is not None and known[1] < freshness.since
        return known if not too_old and is_fresh(known[1]) else None

    if known := usable():
        return known[0]
    if freshness.offline:
        raise NotCached("This is not kept yet.", "Ask once without --offline.")
    with store.alone(name):
        if known := usable():
            return known[0]
        answer = ask()
        store.keep(name, answer, reader.clock.now())
    return answer


def younger_than(reader: Reader, age: timedelta) -> IsFresh:
    """Return the rule that an answer serves for a time."""
    return lambda fetched: reader.freshness.now - fetched < age


def for_good(reader: Reader) -> IsFresh:
    """Return the rule that an answer about closed months serves until AWS restates one."""

    def is_fresh(fetched: datetime) -> bool:
        restated = reader.store.note(RESTATED)
        return restated is None or fetched >= restated[1]

    return is_fresh
