"""What a reader should know before trusting an outlook, in plain sentences."""

import numpy as np

from finops_cli.analytics.outlook.history import History
from finops_cli.analytics.outlook.level import Levels
from finops_cli.analytics.outlook.shape import Floats

_SHORT = 90
_YEAR = 396
_CREDITS = 0.01
_NEW = 0.1


def cautions(history: History, levels: Levels) -> tuple[str, ...]:
    """Return the sentences that a history and the levels at its end give reason for."""
    found = (_length(history), _gaps(history), _credits(levels.now), _growing(levels))
    return tuple(words for words in found if words)


def _length(history: History) -> str:
    count = int(history.known.sum())
    if history.monthly:
        return "The bill is kept by the month: weekdays and single days cannot be told apart."
    if count < _SHORT:
        days = "1 day" if count == 1 else f"{count} days"
        return f"Only {days} of history: growth is a guess, and the turn of the year unknown."
    if count < _YEAR:
        return "Less than 13 months of history: what repeats every year cannot be told yet."
    return ""


def _gaps(history: History) -> str:
    begun = int(np.argmax(history.known))
    missing = int((~history.known[begun:]).sum())
    if not missing:
        return ""
    return f"Days without any charge, {missing} of them, count as unknown, not as free."


def _credits(level: Floats) -> str:
    credit, gross = -level[level < 0].sum(), level[level > 0].sum()
    if credit <= _CREDITS * gross or not gross:
        return ""
    share = credit / gross * 100
    return (
        f"Credits that take off {share:.0f} % of the daily cost are carried on: the bill does not "
        "say when they end."
    )


def _growing(levels: Levels) -> str:
    moved = levels.moved
    young = np.abs(moved.belief * (moved.after - moved.before)).sum()
    share = young / max(float(np.abs(levels.now).sum()), 1e-12)
    if share < _NEW:
        return ""
    return (
        f"{share * 100:.0f} % of the expected daily cost is less than four weeks old: it may go as "
        "it came."
    )
