"""What will be spent: forecasts with bands, and how far off they would have been.

Each method is one question and one tool. Both read the bill once, by line and day, and hand it to
``analytics.outlook``; what people know beside the statistics is laid over that and kept apart.
"""

from collections.abc import Sequence

from finops_cli.analytics.adjust import adjust as laid_over
from finops_cli.domain.adjustment import Adjustment, parse_adjustments
from finops_cli.domain.answer import Answer
from finops_cli.domain.condition import parse_conditions
from finops_cli.domain.events import Emit, Event, ignore
from finops_cli.domain.source import CostSource
from finops_cli.errors import UsageError
from finops_cli.tools.currencies import each_currency
from finops_cli.tools.forecasting.basis import Basis, read_basis
from finops_cli.tools.forecasting.history import told_in_the_past
from finops_cli.tools.forecasting.knowns import endings, stated
from finops_cli.tools.forecasting.months import months_ahead
from finops_cli.tools.forecasting.outlooks import Method, look
from finops_cli.tools.forecasting.record import record_of
from finops_cli.tools.forecasting.reply import Request, forecast_reply
from finops_cli.tools.forecasting.second import beside, second_opinion
from finops_cli.tools.forecasting.window import Window, months_to
from finops_cli.tools.scope import resolve_dimension

YEAR = 12
MOST_MONTHS = 18
_LEVELS = (50, 99)
_AMOUNTS, _RATIOS = ("month", "total"), ("growth",)


class Forecasts:
    """Forecasts spend.

    Args:
        source: Where the costs come from.
        emit: Receives progress.
    """

    def __init__(self, source: CostSource, emit: Emit = ignore) -> None:
        self._source = source
        self._emit = emit

    def spend(
        self,
        months: int | None = None,
        period: str | None = None,
        by: str | None = None,
        filters: Sequence[str] = (),
        top: int = 10,
        level: int = 80,
        adjust: Sequence[str] = (),
        fail_on: Sequence[str] = (),
        limit: str | None = None,
        method: Method = "own",
        metric: str | None = None,
    ) -> Answer:
        """Forecast what will be spent, month by month, with a prediction interval.

        Args:
            months: How many whole months ahead, 1 to 18; a year where neither this nor a period is
                given. The month under way is completed besides.
            period: A future period instead, such as next-month or 2027-Q1: what it will come to.
            by: A dimension to split the forecast by, such as service, account or tag:team.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            top: How many segments to show; everything else is one more.
            level: How many per cent of outcomes the interval shall hold, 50 to 99.
            adjust: What only people know: "2027-02 +10 %", "remove redshift from 2027-01".
            fail_on: Conditions such as month>50000, total>500000 or growth>20%.
            limit: An amount a month to compare the forecast with.
            method: The own engine, or ensemble: the median of statsforecast's models.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        _check(months, level)
        adjustments = parse_adjustments(adjust)
        conditions = parse_conditions(fail_on, _AMOUNTS, _RATIOS)

        def answer(source: CostSource) -> Answer:
            dimension = resolve_dimension(source, by) if by else None
            self._emit(Event("progress", "Reading the daily costs", 5))
            basis = read_basis(source, filters, metric, dimension)
            window = Window.of(source, period) if period else None
            ahead = months or (months_to(window, basis.until) if window else YEAR)
            request = Request(ahead, level, dimension, top, limit, window, conditions)
            return self._answer(basis, request, adjustments, method)

        return each_currency(self._source, answer)

    def _answer(
        self, basis: Basis, request: Request, adjustments: Sequence[Adjustment], method: Method
    ) -> Answer:
        self._emit(Event("progress", "Learning from the past", 30))
        outlook = look(basis, request.months, request.level, method)
        knowns = [
            *endings(basis, outlook.months),
            *stated(basis, adjustments, outlook.months),
        ]
        found = laid_over(outlook, [known.change for known in knowns])
        self._emit(Event("progress", "Measuring how far off it would have been", 60))
        replayed = method == "own"  # the record is of the own engine, and of no other
        record = record_of(basis, min(request.months, YEAR), request.level) if replayed else None
        second = second_opinion(basis, request)
        reply = forecast_reply(basis, request, found, knowns, record)
        return beside(reply, second, months_ahead(found.outlook))

    def backtest(
        self,
        months: int | None = None,
        filters: Sequence[str] = (),
        level: int = 80,
        metric: str | None = None,
    ) -> Answer:
        """Show what would have been forecast at each past month end, and how far off that was.

        Args:
            months: How many months ahead, 1 to 18; a year where it is left out.
            filters: Conditions such as service=EC2 or region!=us-east-1, joined by and.
            level: How many per cent of outcomes the interval shall hold, 50 to 99.
            metric: Which cost: unblended, amortized, net-unblended, net-amortized, blended or list.
        """
        _check(months, level)

        def answer(source: CostSource) -> Answer:
            self._emit(Event("progress", "Reading the daily costs", 5))
            basis = read_basis(source, filters, metric)
            self._emit(Event("progress", "Telling the past again", 30))
            return told_in_the_past(basis, months or YEAR, level)

        return each_currency(self._source, answer)


def _check(months: int | None, level: int) -> None:
    if months is not None and not 1 <= months <= MOST_MONTHS:
        raise UsageError(
            f"--months must be between 1 and {MOST_MONTHS}.",
            "Further ahead nothing in a bill says what comes.",
        )
    if not _LEVELS[0] <= level <= _LEVELS[1]:
        raise UsageError("--level must be between 50 and 99.", "Try --level 80.")
