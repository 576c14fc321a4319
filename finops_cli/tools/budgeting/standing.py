"""How one budget stands today: what is spent, what is expected, and when its limit is passed.

A budget whose scope the bill can be narrowed to is read in the bill itself, whatever keeps it; so
the same budget stands the same wherever it is kept. Of any other one its keeper's figures are told.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal

from finops_cli.analytics import budgets as maths
from finops_cli.analytics.budgets import Ahead, State
from finops_cli.analytics.outlook import look_ahead
from finops_cli.domain.budget import FLOORS, Budget
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter
from finops_cli.domain.source import CostSource, Shortfall
from finops_cli.errors import FinopsError, NoHistory, SpendCap, UnknownName, UsageError
from finops_cli.tools.estimates import estimate
from finops_cli.tools.forecasting.basis import Basis, basis_of
from finops_cli.tools.forecasting.months import months_ahead
from finops_cli.tools.forecasting.window import Window, months_to, sum_of
from finops_cli.tools.scope import resolve_filters

LEVEL = 80
"""How many per cent of outcomes the interval of a forecast shall hold."""

_MOST_MONTHS = 18
_RATE_DAYS = 7
_INCOMPLETE = 5
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Standing:
    """A budget and how it stands.

    ``day`` is the one on which its limit was or will be passed, ``rate`` what an average day of the
    last seven cost. ``why`` says why it could not be read in the bill; then its keeper's
    figures stand here, or ``actual`` is None where there are none.
    """

    budget: Budget
    period: Period
    today: date
    currency: str
    filters: tuple[Filter, ...] = ()
    actual: Decimal | None = None
    ahead: Ahead | None = None
    day: date | None = None
    rate: Decimal | None = None
    why: str = ""
    is_reported: bool = False

    @property
    def is_unknown(self) -> bool:
        """Whether nobody can say what is spent."""
        return self.actual is None

    @property
    def is_cost(self) -> bool:
        """Whether the limit is money."""
        return self.budget.kind == "cost"

    @property
    def state(self) -> State | None:
        """How it stands; None where that is not known, or where its limit is a least."""
        if self.actual is None or self.budget.kind in FLOORS:
            return None
        return maths.state_of(self.actual, self.ahead, self.budget.limit)

    @property
    def used(self) -> Decimal | None:
        """The share of the limit that is used."""
        return None if self.actual is None else maths.used(self.actual, self.budget.limit)

    @property
    def days_left(self) -> int:
        """The days of the period that are not over, today among them."""
        return max((self.period.end - self.today).days, 0)

    @property
    def bar(self) -> str:
        """The limit as a row of cells."""
        if self.actual is None:
            return ""
        mean = self.ahead.mean if self.ahead else None
        return maths.bar(self.actual, mean, self.budget.limit)


def standing_of(source: CostSource, budget: Budget) -> Standing:
    """Return how a budget stands; what keeps that from being known is told in it."""
    today = source.calendar().today
    plain = Standing(budget, budget.period_at(today), today, budget.currency or "")
    if not budget.follows_the_bill:
        return _reported(plain, budget.unread)
    try:
        return _read(_own_bill(source, budget), budget, today)
    except FinopsError as error:
        why = f"{error.message} {error.hint}".strip()
        if not isinstance(error, UsageError):  # its words are right: something else was in the way
            source.meter.shortfalls.append(_shortfall(budget, error, why))
        return _reported(plain, why)


def _shortfall(budget: Budget, error: FinopsError, why: str) -> Shortfall:
    capped = isinstance(error, SpendCap)
    reason = "spend cap reached" if capped else "a budget could not be read"
    text = f"Budget {budget.name} could not be read in the bill: {why}"
    return Shortfall(text, SpendCap.exit_code if capped else _INCOMPLETE, reason)


def _own_bill(source: CostSource, budget: Budget) -> CostSource:
    """Return the charges in a budget's currency.

    Raises:
        UnknownName: There are none.
    """
    known = source.currencies()
    wanted = budget.currency or known[0]
    if wanted not in known:
        raise UnknownName(f"No charge is billed in {wanted}.", f"Here: {', '.join(known)}.")
    return source if len(known) == 1 else source.in_currency(wanted)


def _reported(plain: Standing, why: str) -> Standing:
    """Return what the keeper of a budget says of it, else that nothing is known and why."""
    told = plain.budget.reported
    if told is None:
        return replace(plain, why=why or "Its keeper tells no figures.")
    mean = told.forecast
    ahead = Ahead(mean, mean, mean).at_least(told.actual) if mean is not None else None
    return replace(plain, actual=told.actual, ahead=ahead, why=why, is_reported=True)


def scope_of(source: CostSource, budget: Budget) -> tuple[Filter, ...]:
    """Return what a budget watches, in the words of a bill.

    Raises:
        UsageError: The bill does not know one of its words.
    """
    return (*budget.filters, *resolve_filters(source, budget.conditions))


def _read(source: CostSource, budget: Budget, today: date) -> Standing:
    filters, period = scope_of(source, budget), budget.period_at(today)
    currency = source.currencies()[0]
    actual = _spent(source, budget, filters, period)
    try:
        basis = basis_of(source, filters, budget.metric)
    except NoHistory:
        return Standing(budget, period, today, currency, filters, actual)
    window = Window(period)
    ahead, billed = None, actual
    if period.end > basis.until and months_to(window, basis.until) <= _MOST_MONTHS:
        outlook = look_ahead(basis.whole, basis.until, months_to(window, basis.until), LEVEL)
        found = sum_of(window, basis, months_ahead(outlook), estimate(outlook.so_far))
        ahead, billed = Ahead(found.mean, found.low, found.high).at_least(actual), found.billed
    return Standing(
        budget,
        period,
        today,
        currency,
        filters,
        actual,
        ahead,
        _day(basis, period, budget.limit, billed, ahead),
        _rate(basis),
    )


def _spent(
    source: CostSource, budget: Budget, filters: tuple[Filter, ...], period: Period
) -> Decimal:
    held = period.overlap(source.coverage())
    if held is None:
        return Decimal(0)
    return source.fetch(CostQuery(held, budget.metric, filters=filters)).total()


def _day(
    basis: Basis, period: Period, limit: Decimal, billed: Decimal, ahead: Ahead | None
) -> date | None:
    """Return the day on which the limit was passed, or will be."""
    days = dict(_daily(basis))
    passed = maths.passed_on(((d, c) for d, c in days.items() if d in period), limit)
    if passed or ahead is None:
        return passed
    until = max(period.start, basis.until)
    before = period.previous() if period.days > 1 else Period(until - 7 * _DAY, until - 6 * _DAY)
    usual = [
        days[day]
        for day in (
            before.start + _DAY * at for at in range((until - period.start).days, before.days)
        )
        if day in days
    ]
    return maths.will_pass_on(billed, ahead.mean - billed, until, period.end, usual, limit)


def _daily(basis: Basis) -> Iterator[tuple[date, Decimal]]:
    """Yield each complete day and its cost: floats, as they only tell when."""
    for day, costs in zip(
        basis.panel.period.each_day(), zip(*basis.panel.costs, strict=True), strict=True
    ):
        yield day, estimate(sum(costs))


def _rate(basis: Basis) -> Decimal:
    days = min(_RATE_DAYS, basis.period.days)
    recent = Period(basis.until - _DAY * days, basis.until)
    frame = basis.source.fetch(CostQuery(recent, basis.metric, filters=basis.filters))
    return frame.total() / days
