"""The outlook itself: levels by series, moved along the bill's own path, plus what is known."""

from dataclasses import dataclass
from datetime import date

import numpy as np

from finops_cli.analytics.outlook import bands
from finops_cli.analytics.outlook.cautions import cautions
from finops_cli.analytics.outlook.days import Days, months_ahead
from finops_cli.analytics.outlook.drift import shared
from finops_cli.analytics.outlook.fees import Fee, find_fees
from finops_cli.analytics.outlook.history import History
from finops_cli.analytics.outlook.known import known_amounts
from finops_cli.analytics.outlook.level import Experience, Levels, measure
from finops_cli.analytics.outlook.monthly import told_by_months
from finops_cli.analytics.outlook.pace import WINDOWS
from finops_cli.analytics.outlook.path import Clock, Path, follow
from finops_cli.analytics.outlook.rhythm import Rhythm, learn
from finops_cli.analytics.outlook.shape import Floats, Known, Outlook
from finops_cli.analytics.outlook.signals import recognised
from finops_cli.analytics.outlook.standout import tamed
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import add_months

_ENOUGH_DAYS = 7
_LATELY = 56
_MONTH = 30.4
_METHOD = (
    "The level of each series, weighed by how well windows of its past told the weeks after, "
    "moved along the growth, the wandering and the yearly shape of the whole bill; fees and "
    "commitments are added as known amounts."
)


@dataclass(frozen=True, slots=True)
class _Usage:
    """What is no fee: the levels, the path, and cost by month, shape (series, months)."""

    levels: Levels
    path: Path
    costs: Floats
    months: Floats


def look_ahead(panel: Panel, until: date, horizon: int, level: float = 80) -> Outlook:
    """Return what the bill is expected to be in the months ahead.

    Args:
        panel: Daily costs by series; days from ``until`` on are not looked at.
        until: The first day that is not complete.
        horizon: The number of whole months ahead.
        level: The share of outcomes, in per cent, that the bands shall hold.

    Raises:
        ValueError: The panel holds no complete day.
    """
    return outlook_of(History.of(panel, until), until, horizon, level)


def outlook_of(
    history: History,
    until: date,
    horizon: int,
    level: float,
    experience: Experience | None = None,
) -> Outlook:
    """Return the outlook of what is known; see :func:`look_ahead`.

    Args:
        history: What is known before ``until``.
        until: The first day that is not complete.
        horizon: The number of whole months ahead.
        level: The share of outcomes, in per cent, that the bands shall hold.
        experience: That of the whole history, where it is at hand; it is read as of ``until``.
    """
    months = months_ahead(until, horizon)
    start = max(months[0], history.until) if history.monthly else until
    future = Days.between(start, add_months(months[-1], 1))
    fees = [] if history.monthly else find_fees(history.days, history.costs, history.known)
    usage = _usage(history, fees, months, future, experience or Experience.of(history.costs))
    known = known_amounts(fees, history, future, months, usage.months)
    told = _assemble(history, months, until, usage, known, level)
    return told_by_months(told, history) if history.monthly else told


def _usage(
    history: History,
    fees: list[Fee],
    months: tuple[date, ...],
    future: Days,
    experience: Experience,
) -> _Usage:
    costs = history.filled()
    costs[[fee.series for fee in fees]] = 0.0
    tame, towering = tamed(costs)
    rhythm = learn(history.days, tame, history.known)
    factors = rhythm.factors(history.days)
    path = _path(tame, factors, history, months)
    levels = measure(tame, towering, factors, history.known, path.back, experience)
    growth = np.exp(path.mean + np.diag(path.cov) / 2)
    days = _days_by_month(rhythm, future, months)
    return _Usage(levels, path, costs, levels.now[:, None] * days * growth)


def _days_by_month(rhythm: Rhythm, future: Days, months: tuple[date, ...]) -> Floats:
    """Return how many usual days of each series there are in each month, shape (series, months)."""
    days = np.zeros((len(rhythm.phase), len(months)))
    found = future.by_month(rhythm.factors(future))
    days[:, len(months) - found.shape[1] :] = found
    return days


def _path(costs: Floats, factors: Floats, history: History, months: tuple[date, ...]) -> Path:
    """Follow the rate per usual day of everything that is charged."""
    gross, days = np.where(costs > 0, costs, 0.0), history.days
    share = gross[:, -_LATELY:].sum(axis=1)
    usual = (share @ factors / max(share.sum(), 1e-12)) * history.known
    count = days.by_month(history.known.astype(np.float64))
    sums = days.by_month(gross.sum(axis=0) * history.known)
    use = (count >= min(_ENOUGH_DAYS, count.max())) & (sums > 0)
    time = days.month + (days.day - 0.5) / days.length
    at = days.by_month(time * history.known) / np.maximum(count, 1)
    rates = sums / np.maximum(days.by_month(usual), 1e-12)
    now = float(time[-1] + 0.5 / days.length[-1])
    anchors = now - np.array(WINDOWS) / 2 / _MONTH
    clock = Clock(at[use], now, anchors, _targets(now, months))
    return follow(rates[use], clock, shared(days, gross))


def _targets(now: float, months: tuple[date, ...]) -> Floats:
    """Return the middles of the months, of the rest of one that is under way."""
    begins = months[0].year * 12 + months[0].month - 1 + np.arange(len(months))
    return np.asarray((np.clip(now, begins, begins + 1) + begins + 1) / 2)


def _assemble(
    history: History,
    months: tuple[date, ...],
    until: date,
    usage: _Usage,
    known: tuple[Known, ...],
    level: float,
) -> Outlook:
    contracts = np.zeros_like(usage.months)
    for item in known:
        contracts[item.series] += item.amounts
    so_far = _so_far(history, until)
    cov = bands.covariance(usage.path.cov, usage.months, usage.levels.doubt, contracts)
    running = until.day > 1
    if running:
        cov = bands.for_fewer_days(cov, (add_months(months[0], 1) - until).days)
    parts = usage.months + contracts
    parts[:, 0] += so_far
    total, whole = parts.sum(axis=0), slice(int(running), None)
    fixed = np.isin(np.arange(len(parts)), [item.series for item in known])
    return Outlook(
        months=months,
        running=running,
        so_far=float(so_far.sum()),
        total=bands.band(total, cov, level),
        horizon_total=bands.total(total[whole], cov[whole, whole], level),
        parts=parts,
        known=known,
        signals=recognised(history.days, usage.costs, usage.levels),
        method=_METHOD,
        cautions=cautions(history, usage.levels),
        level=level,
        spread=np.where(fixed, bands.CONTRACT, usage.levels.doubt),
    )


def _so_far(history: History, until: date) -> Floats:
    """Return what each series was charged in the running month; nothing on the first."""
    if until.day == 1:
        return np.zeros(len(history.costs))
    this = history.days.month == until.year * 12 + until.month - 1
    return np.asarray(history.costs[:, this].sum(axis=1))
