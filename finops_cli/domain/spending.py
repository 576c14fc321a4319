"""What was spent on API requests, as a person is shown it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True, slots=True)
class Spending:
    """US dollars that all runs have spent, beside what the user allows.

    Args:
        today: On this UTC day.
        month: In this UTC month.
        day_cap: What a day may cost, None for no cap.
        month_cap: What a month may cost, None for no cap.
        rows: Day, command, requests and cost, the latest day first.
    """

    today: Decimal
    month: Decimal
    day_cap: Decimal | None
    month_cap: Decimal | None
    rows: tuple[tuple[date, str, int, Decimal], ...]
