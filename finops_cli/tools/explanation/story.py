"""Everything an explanation tells, before it has words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from finops_cli.analytics.change import Move
from finops_cli.analytics.comparison import Amount, Comparison
from finops_cli.domain.frame import Frame
from finops_cli.domain.period import Period
from finops_cli.domain.query import Filter
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.explanation.breakout import Breakout
from finops_cli.tools.explanation.drill import Path
from finops_cli.tools.naming import Names


@dataclass(frozen=True, slots=True)
class Bigger:
    """An earlier move that was clearly larger than the one explained."""

    window: Period
    change: Decimal


@dataclass(frozen=True, slots=True)
class Story:
    """Everything an explanation tells."""

    names: Names
    filters: tuple[Filter, ...]
    plan: Comparison
    whole: Amount
    breakout: Breakout
    move: Move | None
    per_month: Fraction | None
    bigger: Bigger | None
    event: Case | None
    tags: Path
    resources: Frame | None
    costs: Mapping[date, Decimal]
    finer: str | None
    recurring: bool
    warnings: tuple[str, ...]

    @property
    def change(self) -> Decimal:
        """The whole change."""
        return self.breakout.parts.change
