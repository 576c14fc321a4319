"""How far off forecasts of this bill were: the line that every forecast carries."""

from dataclasses import dataclass
from decimal import Decimal
from math import isfinite

from finops_cli.analytics.outlook import Replay, replay
from finops_cli.domain.answer import Figure, Kind, Sentence
from finops_cli.tools.estimates import estimate
from finops_cli.tools.forecasting.basis import Basis

_ORIGINS = 12
_LONG = 18
OURS, SAME_AGAIN = "forecast", "last month"


@dataclass(frozen=True, slots=True)
class Record:
    """What was told at past month ends, beside what came."""

    replayed: Replay

    def sentence(self) -> Sentence:
        """Return the measured error in one sentence, beside that of repeating the last month."""
        measures = self.replayed.measures()
        ours, naive = measures[OURS], measures[SAME_AGAIN]
        figures = [
            Figure("origins", len(self.replayed.origins), Kind.COUNT),
            Figure("error", ratio(ours.month_1), Kind.RATIO),
            Figure("naive_error", ratio(naive.month_1), Kind.RATIO),
        ]
        words = "How far off, at {origins} past month ends: {error} on the next month"
        if isfinite(ours.total_12):
            figures += [
                Figure("total_error", ratio(ours.total_12), Kind.RATIO),
                Figure("naive_total_error", ratio(naive.total_12), Kind.RATIO),
            ]
            words += ", {total_error} on 12-month totals (repeating the last month: "
            return Sentence(words + "{naive_error}, {naive_total_error}).", tuple(figures))
        return Sentence(words + " (repeating the last month: {naive_error}).", tuple(figures))


def ratio(value: float) -> Decimal | None:
    """Return a share as a decimal, None where it is not known."""
    return estimate(value) if isfinite(value) else None


def record_of(basis: Basis, months: int, level: int) -> Record | None:
    """Return the record of this bill, None where no past month end can be told again."""
    # Every second month of a long history: yearly totals need month ends that lie far back.
    every = 2 if len(basis.months) > _LONG else 1
    found = replay(basis.whole, basis.until, months, level, _ORIGINS, every)
    return Record(found) if found.origins and isfinite(found.measures()[OURS].month_1) else None
