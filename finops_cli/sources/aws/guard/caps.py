"""What the user allows to be spent on API requests: in a run, on a day, in a month.

Days and months are those of UTC, as AWS bills them.
"""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

from finops_cli.config import Settings
from finops_cli.errors import UsageError

RUN, DAY, MONTH = "max_api_cost", "max_api_cost_per_day", "max_api_cost_per_month"
"""The settings that the caps come from."""


@dataclass(frozen=True, slots=True)
class Caps:
    """US dollars that may be spent; None for no cap, zero for nothing billable at all."""

    run: Decimal | None = None
    day: Decimal | None = None
    month: Decimal | None = None

    @classmethod
    def of(cls, settings: Settings) -> "Caps":
        """Return the caps that the user set.

        Raises:
            UsageError: A setting is no amount.
        """
        return cls(*(_amount(name, settings[name]) for name in (RUN, DAY, MONTH)))

    @property
    def outlast_a_run(self) -> bool:
        """Whether a cap counts what other runs have spent too."""
        return self.day is not None or self.month is not None


def _amount(name: str, text: str | None) -> Decimal | None:
    if text is None or not text.strip():
        return None
    try:
        amount = Decimal(text.strip().removeprefix("$").removesuffix("USD").strip())
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount < 0:
        raise UsageError(
            f"{text!r} is no amount of US dollars ({name}).",
            "Write it as 0.50; 0 allows no billable request at all.",
        )
    return amount
