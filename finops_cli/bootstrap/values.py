"""Values that people write as text and that no single layer owns."""

from datetime import date

from finops_cli.errors import BadPeriod, UsageError


def parse_day(text: str | None) -> date | None:
    """Return the day that ``--as-of`` names, or None.

    Raises:
        BadPeriod: It is no day.
    """
    if not text:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadPeriod(f"{text!r} is no day.", "Write it as 2026-09-30.") from error


def seconds_of(text: str | None) -> float | None:
    """Return the seconds that a setting names; None for 0, which sets no limit.

    Raises:
        UsageError: It is no number of seconds.
    """
    try:
        seconds = float(text or 0)
    except ValueError:
        seconds = -1
    if not 0 <= seconds < 86_400:
        raise UsageError(f"{text!r} is no number of seconds.", "Write api_seconds as 120.")
    return seconds or None
