"""Series that switch on and off, for which a burst is no news: clusters, training runs, batches.

They are held against their own records instead of a level: only what lasts longer or costs far
more than any burst before is worth a word.
"""

from dataclasses import dataclass

import numpy as np

from finops_cli.analytics.anomalies.book import Book, row, rows
from finops_cli.analytics.anomalies.filters import SCALES, SPANS
from finops_cli.analytics.anomalies.lines import Bools, Floats
from finops_cli.analytics.anomalies.spread import HISTORY_DAYS

_OFF = 0.25
_PEAK = 2.0
_OFF_SHARE = 0.15
_PEAKS = 3
_NOT_YET = 3
_FEWEST_DAYS = 5
_FORGET_A_WEEK = 0.01
_BEYOND = 3.0


@dataclass(slots=True)
class Bursts:
    """Which series are bursty, and the highest level of their latest days at each scale.

    A record is infinite until there is a past to hold it.
    """

    bursty: Bools
    record: Floats

    @classmethod
    def none(cls, series: int) -> "Bursts":
        """Return what is assumed at first: no series is bursty."""
        return cls(np.zeros(series, dtype=bool), np.full((len(SCALES), series), np.inf))

    def beyond(self, recent: Floats) -> Bools:
        """Tell where the latest days are no usual burst of their series."""
        return np.asarray(~self.bursty | (recent > _BEYOND * self.record))

    def learn(self, day: int, book: Book, trifle: Floats) -> None:
        """Learn anew from the last half year; days that may still belong to a burst don't count.

        Args:
            day: The last day known.
            book: What was written so far.
            trifle: Dollars that make no peak.
        """
        first = max(0, day - HISTORY_DAYS + 1)
        raw = book.raw[rows(first, day + 1)]
        self.bursty = _switches(raw) | _peaks(raw, trifle)
        for scale, span in enumerate(SPANS):
            past = book.recents[scale, rows(first, day + 1 - span - _NOT_YET)]
            if len(past) >= max(span, _FEWEST_DAYS):
                known = np.where(np.isfinite(self.record[scale]), self.record[scale], 0.0)
                self.record[scale] = np.maximum(past.max(0), known * (1 - _FORGET_A_WEEK))

    def remember(self, series: int, first: int, day: int, book: Book) -> None:
        """Count an event that came to its end as a burst seen."""
        seen = book.recents[:, row(first) : row(day) + 1, series].max(1)
        self.record[:, series] = np.maximum(self.record[:, series], seen)


def _switches(raw: Floats) -> Bools:
    """Tell which series, since they began, went off at least once and are off for a fair part."""
    began = np.maximum.accumulate(raw > 0, axis=0)
    days = np.maximum(began.sum(0), 1)
    usual = np.maximum(raw, 0.0).sum(0) / days
    on, off = raw > usual, (raw < _OFF * usual) & began
    switched = (on[:-1] & off[1:]).any(0)
    return np.asarray(switched & (off.sum(0) >= _OFF_SHARE * days))


def _peaks(raw: Floats, trifle: Floats) -> Bools:
    """Tell which series rose to a peak several times."""
    peak = raw > _PEAK * np.median(raw, axis=0) + trifle
    rises = (~peak[:-1] & peak[1:]).sum(0)
    return np.asarray((rises >= _PEAKS) & (raw.mean(0) > 0))
