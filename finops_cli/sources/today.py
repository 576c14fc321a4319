"""The day that a source counts as today."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class Today:
    """The day that counts as today; ``pinned`` when the user chose it."""

    day: date
    pinned: bool = False
