"""How much each resource uses on each day.

Quantities are whole ten-thousandths of the meter's unit (`TICKS`), so that what follows is exact
integer and decimal arithmetic. Up to the rounding only IEEE sums and products happen, in a fixed
order: the same line on the same day gives the same ticks on every machine.
"""

from typing import TYPE_CHECKING

from finops_cli.sources.demo.model import Change, Line, Shape
from finops_cli.sources.demo.noise import bell, seed, wander

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from finops_cli.sources.demo.days import Days

    Floats = NDArray[np.float64]
    Ticks = NDArray[np.int64]

TICKS = 10_000
_DAYS_IN_A_MONTH = 30.4375


def ticks_of(line: Line, days: "Days") -> "list[Ticks]":
    """Return one array of daily quantities, in ticks, for each resource of the line."""
    import numpy as np

    level = _level(line, days)
    if line.meter.counted:
        shares = [np.clip(level * line.count - index, 0.0, 1.0) for index in range(line.count)]
    else:
        shares = [level * _size(line, index) for index in range(line.count)]
    amount = line.amount / days.month_lengths if line.meter.monthly else line.amount
    return [np.rint(share * amount * TICKS).astype(np.int64) for share in shares]


def _size(line: Line, index: int) -> float:
    """Return how big one of several resources is, 0.6 to 1.4 times the typical one."""
    if line.count == 1:
        return 1.0
    return 0.6 + 0.8 * (seed(line.name, line.account.id, "size", str(index)) % 1000) / 999


def _level(line: Line, days: "Days") -> "Floats":
    """Return the line's level on each day; 1 is a plain weekday now."""
    level = _growth(line.shape, days) * _rhythm(line.shape, days) * _noise(line, days)
    for change in line.changes:
        level = level * _moved(change, days)
    return level


def _growth(shape: Shape, days: "Days") -> "Floats":
    import numpy as np

    a_day_earlier = np.full(len(days.ago), 1.0 / (1.0 + shape.growth / _DAYS_IN_A_MONTH))
    return np.multiply.accumulate(a_day_earlier)[::-1]


def _rhythm(shape: Shape, days: "Days") -> "Floats":
    import numpy as np

    return (
        np.where(days.weekend, shape.weekend, 1.0)
        * np.where(days.year_end, shape.year_end, 1.0)
        * np.where(days.left_in_month < 2, shape.month_end, 1.0)
    )


def _noise(line: Line, days: "Days") -> "Floats":
    import numpy as np

    spread = line.shape.noise
    if not spread:
        return np.ones(len(days.ago))
    words = (line.name, line.meter.usage_type, line.account.id, line.region.id)
    daily = 1.0 + spread * bell(seed(*words, "day"), days.ordinals)
    return daily * (1.0 + spread * wander(seed(*words, "drift"), days.ordinals))


def _moved(change: Change, days: "Days") -> "Floats":
    import numpy as np

    done = (change.days_ago - days.ago + 1) / max(change.over, 1)
    return change.before + (change.after - change.before) * np.clip(done, 0.0, 1.0)
