"""AWS's second opinion is an extra: where it cannot be had, a sentence says so and no more."""

from collections.abc import Callable
from typing import TypeVar

from finops_cli.domain.opinion import SecondOpinion
from finops_cli.domain.source import CostSource, Shortfall
from finops_cli.errors import FinopsError, NotCached, SpendCap

T = TypeVar("T")


def asked(
    source: CostSource, ask: Callable[[SecondOpinion], T], what: str
) -> tuple[T | None, tuple[str, ...]]:
    """Return what AWS says, or None and the warning why it says nothing.

    Args:
        source: The source; one without a second opinion gives neither.
        ask: Asks it.
        what: What is asked for, as the beginning of a sentence such as "is left out".
    """
    if source.second_opinion is None:
        return None, ()
    try:
        return ask(source.second_opinion), ()
    except NotCached:
        return None, ()
    except SpendCap as error:
        short = Shortfall(_left_out(what, error), error.exit_code, "spend cap reached")
        if short not in source.meter.shortfalls:
            source.meter.shortfalls.append(short)
        return None, ()
    except FinopsError as error:
        return None, (_left_out(what, error),)


def _left_out(what: str, error: FinopsError) -> str:
    return f"{what} is left out: {error.message} {error.hint}".strip()
