"""The outlook itself: levels by series, moved along the bill's own path, plus what is known."""

from datetime import date
from statistics import NormalDist

import numpy as np

from finops_cli.analytics.outlook.days import Days, months_ahead
from finops_cli.analytics.outlook.fees import Fee, find_fees
from finops_cli.analytics.outlook.history import History
from finops_cli.analytics.outlook.level import levels
from finops_cli.analytics.outlook.pace import WINDOWS, Pace
from finops_cli.analytics.outlook.path import Clock, Path, follow
from finops_cli.analytics.outlook.rhythm import Rhythm, learn
from finops_cli.analytics.outlook.shape import Band, Floats, Known, Outlook
from finops_cli.analytics.outlook.standout import Usual, new_levels, spikes
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import add_months

_ENOUGH_DAYS = 7
_LEVEL_ERROR = 0.02
_LATELY = 56
_MONTH = 30.4


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
    pace: Pace | None = None,
    apart: Usual | None = None,
) -> Outlook:
    """Return the outlook of what is known; see :func:`look_ahead`."""
    months = months_ahead(until, horizon)
    future = Days.between(until, add_months(months[-1], 1))
    fees = find_fees(history.days, history.costs) if not history.monthly else []
    usual = history.costs.copy()
    usual[[fee.series for fee in fees]] = 0.0
    rhythm = learn(history.days, usual, history.known)
    recent = slice(-WINDOWS[-1], None)
    size = np.abs(usual[:, recent]).sum(axis=1)
    factors = rhythm.factors(history.days)
    path = _path(usual, factors, history, months)
    weights, doubt = (pace or Pace.of(history.costs)).weights(len(history.days), size)
    flat = usual[:, recent] / factors[:, recent]
    moves = (apart or Usual.of(history.costs)).at(len(history.days))
    over = spikes(flat, moves)
    middle = np.median(flat[:, -56:], axis=1)
    calm = np.where(over, middle[:, None] * factors[:, recent], usual[:, recent])
    each = levels(calm, factors[:, recent], history.known[recent], weights * np.exp(path.back))
    each = new_levels(np.where(over, middle[:, None], flat), moves).settle(each)
    parts = _usage(each, path, rhythm, future, len(months))
    spread_by_path = np.abs(parts).sum(axis=0)
    own = np.sqrt(((doubt[:, None] * parts) ** 2).sum(axis=0))
    daily = [_daily(fee, future, len(months)) for fee in fees if not fee.day]
    for item in daily:
        parts[item.series] += item.amounts
    dated = [fee for fee in fees if fee.day]
    spend = _spend_by_month(history, dated, parts, months)
    due = [_dated(fee, history, future, months, spend) for fee in dated]
    for item in due:
        parts[item.series] += item.amounts
    known = (*daily, *due)
    return _assemble(history, months, until, parts, known, path, spread_by_path, own, level)


def _path(usual: Floats, factors: Floats, history: History, months: tuple[date, ...]) -> Path:
    gross = np.where(usual > 0, usual, 0.0)
    days = history.days
    index = days.month - days.month[0]
    share = gross[:, -_LATELY:].sum(axis=1)
    expected = (share @ factors / max(share.sum(), 1e-12)) * history.known
    count = np.bincount(index, history.known)
    sums = np.bincount(index, gross.sum(axis=0) * history.known)
    use = (count >= min(_ENOUGH_DAYS, count.max())) & (sums > 0)
    at: Floats = np.bincount(index, _time(days) * history.known) / np.maximum(count, 1)
    now = float(_time(days)[-1] + 0.5 / days.length[-1])
    anchors = now - np.array(WINDOWS) / 2 / _MONTH
    start = months[0].year * 12 + months[0].month - 1
    targets: Floats = start + 0.5 + np.arange(len(months), dtype=np.float64)
    if history.until.day > 1:
        targets[0] = (now + start + 1) / 2
    rates: Floats = sums / np.maximum(np.bincount(index, expected), 1e-12)
    return follow(rates[use], Clock(at[use], now, anchors, targets))


def _time(days: Days) -> Floats:
    """Return the middle of each day, in months."""
    return days.month + (days.day - 0.5) / days.length


def _usage(each: Floats, path: Path, rhythm: Rhythm, future: Days, months: int) -> Floats:
    weight = rhythm.factors(future)
    days = np.zeros((len(each), months))
    np.add.at(days.T, future.month - future.month[0], weight.T)
    return each[:, None] * days * np.exp(path.mean + np.diag(path.cov) / 2)


def _daily(fee: Fee, future: Days, months: int) -> Known:
    days = np.bincount(future.month - future.month[0], minlength=months).astype(np.float64)
    return Known(fee.series, fee.kind, "The same amount every day.", fee.amount * days)


def _dated(
    fee: Fee, history: History, future: Days, months: tuple[date, ...], spend: Floats
) -> Known:
    amounts = np.zeros(len(months))
    index = future.month - future.month[0]
    if fee.kind == "annual fee":
        last = history.days.at(fee.last)
        on = [i for i, m in enumerate(months) if m.month == last.month and m > last]
        amounts[on] = fee.amount
        return Known(fee.series, fee.kind, "Charged once a year.", amounts)
    due = np.flatnonzero(future.day == np.minimum(fee.day, future.length))
    charge = np.full(len(due), fee.amount)
    if fee.by_day:
        charge = charge * future.length[due]
    if fee.follows:
        base = spend[-len(months) - 2] if len(spend) > len(months) + 1 else 0.0
        if base > 0:
            before = spend[len(spend) - len(months) - 1 + index[due]]
            charge = charge * before / base
    np.add.at(amounts, index[due], charge)
    return Known(fee.series, fee.kind, f"Charged on day {fee.day} of the month.", amounts)


def _spend_by_month(
    history: History, dated: list[Fee], parts: Floats, months: tuple[date, ...]
) -> Floats:
    """Return spend without fees of past months, then of the months ahead."""
    index = history.days.month - history.days.month[0]
    fees = history.costs[[fee.series for fee in dated]].sum(axis=0)
    past = np.bincount(index, history.costs.sum(axis=0) - fees)
    ahead = parts.sum(axis=0)
    if history.until.day > 1:
        ahead[0] += past[-1]
        past = past[:-1]
    return np.concatenate((past, ahead))


def _assemble(
    history: History,
    months: tuple[date, ...],
    until: date,
    parts: Floats,
    known: tuple[Known, ...],
    path: Path,
    moved: Floats,
    own: Floats,
    level: float,
) -> Outlook:
    running = until.day > 1
    so_far = np.zeros(len(parts))
    if running:
        this = history.days.month == until.year * 12 + until.month - 1
        so_far = history.costs[:, this].sum(axis=1)
        parts[:, 0] += so_far
    total = parts.sum(axis=0)
    z = NormalDist().inv_cdf(0.5 + level / 200)
    cov = path.cov * np.outer(moved, moved) + np.outer(own, own)
    half = z * np.sqrt(np.diag(cov))
    whole = slice(int(running), None)
    wide = z * float(np.sqrt(cov[whole, whole].sum()))
    middle = float(total[whole].sum())
    return Outlook(
        months,
        running,
        float(so_far.sum()),
        Band(total, total - half, total + half),
        (middle, middle - wide, middle + wide),
        parts,
        known,
        (),
        "Level by series, moved along the bill's own path.",
        _cautions(history),
        level,
        np.full(len(parts), _LEVEL_ERROR),
    )


def _cautions(history: History) -> tuple[str, ...]:
    count = int(history.known.sum())
    if count >= 90:
        return ()
    return (f"Only {count} days of history: growth and the turn of the year cannot show yet.",)
