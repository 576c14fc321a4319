"""What a forecast tells, over small bills whose future anybody can say."""

from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal
from math import pi, sin
from typing import Any

import pytest

from finops_cli.domain.answer import Answer, Figure, Sentence, Table
from finops_cli.domain.period import add_months
from finops_cli.errors import BadPeriod, NoHistory, UnknownName, UsageError
from finops_cli.tools.forecasts import Forecasts
from tests.fakes import FakeSource

_START = date(2025, 1, 1)


def _rows(days: int, start: date = _START) -> Iterator[dict[str, Any]]:
    """Yield a bill of compute with a weekday rhythm, steady storage, and a fee on the first."""
    for at in range(days):
        day = start + timedelta(days=at)
        compute = 80 + 6 * sin(2 * pi * day.weekday() / 7)
        yield _charge(day, f"{compute:.4f}", "AmazonEC2", "BoxUsage:m5.large", "web")
        yield _charge(day, "20", "AmazonS3", "TimedStorage-ByteHrs", "data")
        if day.day == 1:
            yield _charge(day, "500", "AWSSupportBusiness", "Support", "web")


def _charge(day: date, cost: str, service: str, usage_type: str, account: str) -> dict[str, Any]:
    return {
        "date": day,
        "cost": cost,
        "service": service,
        "usage_type": usage_type,
        "account": account,
        "region": "us-east-1",
        "charge_category": "Usage",
    }


def _source(days: int = 450, start: date = _START) -> FakeSource:
    return FakeSource(_rows(days, start))


def _spend(source: FakeSource, **arguments: Any) -> Answer:
    return Forecasts(source).spend(**arguments)


def _figures(sentence: Sentence) -> dict[str, Any]:
    return {figure.name: figure.value for figure in sentence.figures}


def _column(table: Table, name: str) -> list[Any]:
    at = [column.name for column in table.columns].index(name)
    return [row[at] for row in table.rows]


def _said(answer: Answer) -> str:
    texts = (finding.text for finding in answer.findings)
    return " ".join(f"{one.template} {[figure.value for figure in one.figures]}" for one in texts)


def test_the_first_table_has_month_mean_low_and_high() -> None:
    answer = _spend(_source(), months=6)
    table = answer.tables[0]
    assert [c.name for c in table.columns][:4] == ["month", "mean", "low", "high"]
    # 450 days from New Year 2025 end within March 2026, which is completed before six whole months.
    assert _column(table, "month") == [date(2026, m, 1) for m in range(3, 10)]
    for mean, low, high in zip(*(_column(table, n) for n in ("mean", "low", "high")), strict=True):
        assert low <= mean <= high


def test_a_bill_that_repeats_itself_is_forecast_to_do_so() -> None:
    answer = _spend(_source(), months=12)
    for month, mean in zip(*(_column(answer.tables[0], n) for n in ("month", "mean")), strict=True):
        days = (add_months(month, 1) - month).days
        assert float(mean) == pytest.approx(500 + 100 * days, rel=0.03)


def test_the_headline_is_the_sum_of_the_whole_months() -> None:
    answer = _spend(_source(), months=12)
    figures = _figures(answer.title)
    table = answer.tables[0]
    whole = sum(_column(table, "mean")[1:])
    assert figures["total"] == pytest.approx(whole)
    assert _column(table, "cumulative")[-1] == whole
    assert _column(table, "cumulative")[0] is None  # the month under way is none of the twelve
    assert figures["total_low"] < figures["total"] < figures["total_high"]


def test_the_month_under_way_is_what_is_billed_and_a_rest() -> None:
    answer = _spend(_source(), months=1)
    figures = _figures(answer.summary[0])
    billed = sum(float(r["cost"]) for r in _rows(450) if r["date"] >= date(2026, 3, 1))
    assert float(figures["so_far"]) == pytest.approx(billed)
    assert float(figures["running_mean"]) == pytest.approx(500 + 31 * 100, rel=0.02)


def test_no_month_is_under_way_on_the_first() -> None:
    answer = _spend(_source(days=365 + 31), months=2)
    assert _column(answer.tables[0], "month") == [date(2026, 2, 1), date(2026, 3, 1)]


def test_every_forecast_says_how_far_off_it_was() -> None:
    said = [s for s in _spend(_source(), months=12).summary if "How far off" in s.template]
    (sentence,) = said
    figures = _figures(sentence)
    assert 0 <= figures["error"] < Decimal("0.03") < figures["naive_error"]


def test_segments_add_up_to_the_months_and_to_the_whole() -> None:
    answer = _spend(_source(), months=3, by="service", top=2)
    points, parts, months = answer.tables
    assert [c.name for c in points.columns] == ["month", "service", "mean", "low", "high"]
    by_month: dict[date, Decimal] = {}
    for row in points.rows:
        by_month[row[0]] = by_month.get(row[0], Decimal(0)) + row[2]  # type: ignore[index, operator]
    wanted = dict(zip(_column(months, "month"), _column(months, "mean"), strict=True))
    assert {m: float(v) for m, v in by_month.items()} == pytest.approx(
        {m: float(v) for m, v in wanted.items()}
    )
    assert parts.total is not None
    assert parts.total[1] == sum(_column(parts, "mean"))
    assert len(parts.rows) == 3 and parts.rest == 1
    assert sum(_column(parts, "share")) == pytest.approx(1)


@pytest.mark.parametrize("by", ["account", "region", "usage-type"])
def test_other_dimensions_are_segments_too(by: str) -> None:
    assert _spend(_source(), months=1, by=by).tables[0].rows


def test_a_split_has_the_same_total_however_fine_it_is() -> None:
    rows = [
        {**row, "tags": {"team": "a" if at % 3 else "b"}, "resource": f"r{at % 7}"}
        for at, row in enumerate(_rows(450))
    ]
    plain, by_service, by_team = (
        _figures(_spend(FakeSource(rows), months=6, by=by).title)["total"]
        for by in (None, "service", "tag:team")
    )
    assert plain == by_service == by_team
    parts = _spend(FakeSource(rows), months=6, by="tag:team").tables[1]
    assert parts.total is not None and float(parts.total[1]) == pytest.approx(float(plain))  # type: ignore[arg-type]


def test_filters_narrow_the_forecast() -> None:
    answer = _spend(_source(), months=1, filters=["service=s3"])
    assert float(_column(answer.tables[0], "mean")[1]) == pytest.approx(600, rel=0.02)
    assert "AmazonS3" in [figure.value for figure in answer.title.figures]


def test_what_people_know_is_laid_over_it_and_kept_apart() -> None:
    plain = _spend(_source(), months=3)
    told = _spend(
        _source(),
        months=3,
        adjust=["2026-05 +10 %", "remove s3 from 2026-06", "add $1k/month from 2026-04"],
    )
    before, after = (_column(answer.tables[0], "mean") for answer in (plain, told))
    assert after[0] == before[0]
    assert float(after[1]) == pytest.approx(float(before[1]) + 1000)
    assert float(after[2]) == pytest.approx(float(before[2]) * 1.1 + 1000)
    assert float(after[3]) == pytest.approx(float(before[3]) - 600 + 1000, rel=0.02)
    known = _column(told.tables[0], "known_ahead")
    assert [float(x) for x in known] == pytest.approx(
        [float(a - b) for a, b in zip(after, before, strict=True)], abs=0.01
    )
    assert _said(told).count("as you said") == 3


def test_adjustments_of_no_segment_are_one_of_their_own() -> None:
    answer = _spend(_source(), months=2, by="service", adjust=["add 700/month from 2026-04"])
    rows = {row[0]: row[1] for row in answer.tables[1].rows}
    assert float(rows["adjustments"]) == pytest.approx(1400)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("condition", "code"),
    [
        ("month>3500", 3),
        ("month>4500", 0),
        ("total>10000", 3),
        ("total>20000", 0),
        ("growth>20%", 0),
        ("growth>-50%", 3),
    ],
)
def test_a_condition_that_holds_is_exit_3(condition: str, code: int) -> None:
    answer = _spend(_source(), months=3, fail_on=[condition])
    assert answer.exit.code == code
    assert ("holds" in _said(answer)) is (code == 3)


def test_a_condition_that_holds_in_one_currency_is_exit_3() -> None:
    small = [{**row, "currency": "EUR", "cost": "0.5"} for row in _rows(450)]
    large = [{**row, "currency": "USD"} for row in _rows(450)]
    answer = _spend(FakeSource([*small, *large]), months=3, fail_on=["month>3500"])
    assert answer.title.figures[0].value == "EUR"
    assert answer.exit.code == 3


def test_a_future_period_is_what_it_will_come_to() -> None:
    answer = _spend(_source(), period="2026-04..2026-06")
    assert float(_figures(answer.title)["mean"]) == pytest.approx(91 * 100 + 3 * 500, rel=0.02)
    across = _spend(_source(), period="2026-03-01..2026-03-31")
    assert float(_figures(across.title)["mean"]) == pytest.approx(3600, rel=0.02)
    assert "billed" in across.summary[0].template


def test_a_limit_is_passed_or_not() -> None:
    passed = _spend(_source(), months=2, limit="3400")
    assert any("expected to pass" in s.template for s in passed.summary)
    safe = _spend(_source(), months=2, limit="$90k")
    assert any("No month" in s.template for s in safe.summary)


def test_a_period_that_is_over_or_too_far_is_refused() -> None:
    with pytest.raises(BadPeriod, match="is over") as over:
        _spend(_source(), period="2026-01")
    assert "finops cost" in over.value.hint
    with pytest.raises(BadPeriod, match="further ahead"):
        _spend(_source(), period="2031")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ({"months": 0}, "--months"),
        ({"months": 19}, "--months"),
        ({"level": 30}, "--level"),
        ({"level": 100}, "--level"),
        ({"limit": "much"}, "no amount"),
        ({"adjust": ["remove lambda from 2026-06"]}, "lambda"),
        ({"fail_on": ["total>20%"]}, "not an amount"),
        ({"method": "magic"}, "no forecast method"),
        ({"by": "colour"}, "colour"),
    ],
)
def test_wrong_usage_is_one_clear_sentence(arguments: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=said):
        _spend(_source(), **arguments)


def test_a_wider_level_is_a_wider_band() -> None:
    narrow, wide = (_spend(_source(), months=3, level=level).tables[0] for level in (50, 95))
    for low, lower in zip(_column(narrow, "low"), _column(wide, "low"), strict=True):
        assert lower <= low


def test_series_carry_history_and_both_bands() -> None:
    history, forecast, other = _spend(_source(), months=3).series
    assert history.points[0][0] == _START and history.low is None
    assert forecast.low and forecast.high and not forecast.detail
    assert other.low and other.low[-1] <= forecast.low[-1] and other.detail


@pytest.mark.parametrize("days", [1, 2, 9, 31, 45, 150])
def test_a_short_history_is_forecast_with_a_caution(days: int) -> None:
    answer = _spend(_source(days), months=3)
    means = _column(answer.tables[0], "mean")
    assert len(means) in (3, 4) and all(float(mean) > 0 for mean in means)
    if days < 60:
        assert "history" in _said(answer)


def test_nothing_at_all_is_a_sentence() -> None:
    with pytest.raises(NoHistory, match="Nothing is charged"):
        _spend(_source(), filters=["region!=us-east-1"])
    with pytest.raises(NoHistory, match="No day"):
        _spend(FakeSource(list(_rows(1)), today=_START))


def test_credits_alone_and_zeros_are_sane() -> None:
    for cost in ("-5", "0"):
        rows = [_charge(_START + timedelta(days=i), cost, "S", "u", "a") for i in range(200)]
        answer = _spend(FakeSource(rows), months=2)
        for mean in _column(answer.tables[0], "mean"):
            assert float(mean) == pytest.approx(float(cost) * 30.5, rel=0.05, abs=0.01)


def test_a_savings_plan_that_ends_raises_the_forecast() -> None:
    rows = list(_rows(450))
    term = date(2025, 6, 16)
    for row in [r for r in rows if r["service"] == "AmazonEC2"]:
        fee = _charge(row["date"], "40", "ComputeSavingsPlans", "ComputeSP:1yrNoUpfront", "web")
        if row["date"] >= term:
            rows.append(fee)
    source = _Listed(rows, covered=Decimal(55))
    answer = _spend(source, months=6)
    (ending,) = [f for f in answer.findings if "unless renewed" in f.text.template]
    figures = _figures(ending.text)
    assert figures["day"] == term + timedelta(days=365)
    assert float(figures["rise"]) == pytest.approx(15 * 30.4375)
    known = dict(
        zip(
            _column(answer.tables[0], "month"),
            _column(answer.tables[0], "known_ahead"),
            strict=True,
        )
    )
    assert float(known[date(2026, 5, 1)]) == 0
    assert float(known[date(2026, 6, 1)]) == pytest.approx(15 * 15)
    assert float(known[date(2026, 7, 1)]) == pytest.approx(15 * 31)


class _Listed(FakeSource):
    """A source whose covered usage has a list price of so many dollars a day."""

    def __init__(self, rows: list[dict[str, Any]], covered: Decimal) -> None:
        super().__init__(rows)
        self._covered = covered

    def fetch(self, query: Any) -> Any:
        if query.metric.value != "list":
            return super().fetch(query)
        days = query.period.each_day()
        rows = [{"date": day, "cost": self._covered, "service": "AmazonEC2"} for day in days]
        return FakeSource(rows).fetch(type(query)(query.period))


def test_the_past_is_told_again() -> None:
    answer = Forecasts(_source()).backtest(months=12)
    measures, origins = answer.tables
    assert _column(measures, "method")[0] == "this forecast"
    ours, repeated = _column(measures, "month_1")[:2]
    assert ours < repeated
    assert len(origins.rows) == 13  # a month end needs a whole month before it and one after
    assert set(_column(origins, "in_band")) <= {"yes", "no"}
    assert answer.title.figures[0] == Figure("origins", 13, answer.title.figures[0].kind)


def test_too_short_a_past_cannot_be_told_again() -> None:
    with pytest.raises(NoHistory, match="two whole months"):
        Forecasts(_source(40)).backtest()


def test_an_unknown_filter_is_named() -> None:
    with pytest.raises(UnknownName, match="lambda"):
        _spend(_source(), filters=["service=lambda"])
