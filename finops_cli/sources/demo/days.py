"""The days that the demo covers, as arrays, so that a rhythm is one expression over all of them."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from finops_cli.domain.period import Period, add_months, month_of
from finops_cli.errors import BadPeriod

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MONTHS = 26
_FIRST_YEAR, _LAST_YEAR = 2010, 2200


@dataclass(frozen=True, slots=True, eq=False)
class Days:
    """Facts about each day, in order, up to yesterday.

    ``ordinals`` are proleptic days as uint64 (counters for noise), ``ago`` counts back from today
    (yesterday is 1), ``month_lengths`` and ``left_in_month`` (0 on the last day) are in days.
    """

    today: date
    period: Period
    ordinals: "NDArray[np.uint64]"
    ago: "NDArray[np.int64]"
    weekend: "NDArray[np.bool_]"
    year_end: "NDArray[np.bool_]"
    month_lengths: "NDArray[np.int64]"
    left_in_month: "NDArray[np.int64]"


def demo_period(today: date) -> Period:
    """Return the days of the demo: 26 calendar months, the last one up to yesterday.

    Raises:
        BadPeriod: Today is so far off that the calendar or the organisation does not reach it.
    """
    if not _FIRST_YEAR <= today.year <= _LAST_YEAR:
        raise BadPeriod(
            f"The demo organisation has no bill for {today}.",
            f"Pick a day from {_FIRST_YEAR} to {_LAST_YEAR}.",
        )
    return Period(add_months(today - timedelta(days=1), 1 - MONTHS), today)


def demo_months(today: date) -> list[Period]:
    """Return the calendar months of the demo in order; the last one may still be running."""
    start = demo_period(today).start
    return [month_of(add_months(start, index)) for index in range(MONTHS)]


def month_file(month: date) -> str:
    """Return the name of the file that holds the month starting on this day."""
    return f"{month:%Y-%m}.parquet"


def days_until(today: date) -> Days:
    """Return the facts about each day of the demo."""
    import numpy as np

    period = demo_period(today)
    days = period.each_day()
    lengths = np.array([month_of(day).days for day in days])
    ordinals = np.array([day.toordinal() for day in days])
    return Days(
        today=today,
        period=period,
        ordinals=ordinals.astype(np.uint64),
        ago=today.toordinal() - ordinals,
        weekend=np.array([day.weekday() >= 5 for day in days]),
        year_end=np.array(
            [(day.month, day.day) >= (12, 23) or day.timetuple().tm_yday <= 2 for day in days]
        ),
        month_lengths=lengths,
        left_in_month=lengths - np.array([day.day for day in days]),
    )
