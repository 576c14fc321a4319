"""What an export holds, before any question is asked of it."""

from dataclasses import dataclass
from decimal import Decimal

from finops_cli.domain.period import Period


@dataclass(frozen=True, slots=True)
class CategoryTotal:
    """The costs of one charge category in one currency, by metric; None where not to be had."""

    currency: str
    category: str
    rows: int
    costs: dict[str, Decimal | None]


@dataclass(frozen=True, slots=True)
class Issue:
    """Something in the data that a reader should know: how many rows, and what follows from it.

    ``serious`` issues can make a total wrong.
    """

    name: str
    rows: int
    text: str
    serious: bool = False


@dataclass(frozen=True, slots=True)
class ExportFacts:
    """The facts of an export.

    ``found`` pairs each field of ours with the raw columns it is read from; ``missing`` lists the
    fields that the format could have and these files do not.
    """

    label: str
    formats: tuple[str, ...]
    files: int
    size: int
    rows: int
    coverage: Period
    metrics: tuple[str, ...]
    found: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    totals: tuple[CategoryTotal, ...]
    issues: tuple[Issue, ...]
