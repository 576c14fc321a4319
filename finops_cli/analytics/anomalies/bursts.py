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
_SWITCHES = 1
_PEAKS = 3
_NOT_YET = 3
_FORGET_A_WEEK = 0.01
_BEYOND = 3.0


@dataclass(slots=True)
class Bursts:
    """Which series are bursty, and the highest level of their latest days at each scale."""

    bursty: Bools
    record: Floats

    @classmethod
    def none(cls, series: int) -> "Bursts":
        """Return what is assumed at first: no series is bursty."""
        return cls(np.zeros(series, dtype=bool), np.zeros((len(SCALES), series)))

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
        mean = raw.mean(0)
        switches = ((raw < _OFF * mean)[:-1] & (raw > mean)[1:]).sum(0)
        peak = raw > _PEAK * np.median(raw, axis=0) + trifle
        peaks = (~peak[:-1] & peak[1:]).sum(0)
        self.bursty = (mean > 0) & ((switches >= _SWITCHES) | (peaks >= _PEAKS))
        for scale, span in enumerate(SPANS):
            past = book.recents[scale, rows(first, day + 1 - span - _NOT_YET)]
            if len(past):
                faded = self.record[scale] * (1 - _FORGET_A_WEEK)
                self.record[scale] = np.maximum(past.max(0), faded)

    def remember(self, series: int, first: int, day: int, book: Book) -> None:
        """Count an event that came to its end as a burst seen."""
        seen = book.recents[:, row(first) : row(day) + 1, series].max(1)
        self.record[:, series] = np.maximum(self.record[:, series], seen)
