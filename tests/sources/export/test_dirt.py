"""Dirt inside rows: none may give a wrong total without a warning."""

import gzip
from pathlib import Path

import duckdb
import pytest

from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter, Granularity, Metric
from finops_cli.errors import FinopsError, MissingColumn, UsageError
from tests.sources.opening import opened, said, total

_HEAD = "date,cost,service,currency\n"


def _text(folder: Path, content: str | bytes, name: str = "costs.csv") -> Path:
    path = folder / "export" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _rows(*lines: str) -> str:
    return _HEAD + "".join(f"{line},USD\n" for line in lines)


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("1.5", "1.5"),
        ("1.23E-05", "0.0000123"),
        ("1e2", "100"),
        ("-2.6137", "-2.6137"),
        (" 7 ", "7"),
        ('"$10,000.00 "', "10000"),
        ("$1234.50", "1234.5"),
        ('"-$1,234.50"', "-1234.5"),
        ('"1,234.5"', "1234.5"),
        ("€5", "5"),
    ],
)
def test_costs_however_they_are_written(written: str, read: str, tmp_path: Path) -> None:
    source = opened(_text(tmp_path, _rows(f"2026-09-01,{written},a")))
    assert total(source) == read
    assert said(source) == ""


@pytest.mark.parametrize(
    "written", ["", "NULL", "null", "n/a", '"1,5"', "NaN", "inf", "1e99", "0x1F"]
)
def test_costs_that_are_no_number_are_counted(written: str, tmp_path: Path) -> None:
    source = opened(_text(tmp_path, _rows("2026-09-01,2,a", f"2026-09-02,{written},b")))
    assert total(source) == "2"
    assert "1 of 2 rows have a cost that is empty or no number" in said(source)


def test_an_amortized_cost_that_is_empty_is_counted(tmp_path: Path) -> None:
    source = opened(
        _text(
            tmp_path,
            "ChargePeriodStart,BilledCost,EffectiveCost,BillingCurrency\n"
            "2026-09-01,1,,USD\n2026-09-02,2,2.5,USD\n",
        )
    )
    assert total(source) == "3" and said(source) == ""
    assert total(source, Metric.AMORTIZED) == "2.5"
    assert "1 of 2 rows have a amortized cost" in said(source) or "amortized" in said(source)


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("2026-09-03", "2026-09-03"),
        ("2026-09-03T23:00:00Z", "2026-09-03"),
        ("2026-09-03T23:00:00.000Z", "2026-09-03"),
        ("2026-09-03 23:00:00", "2026-09-03"),
        ("2026-09-03T23:00Z", "2026-09-03"),
        ("2026-09-03T23:00:00-05:00", "2026-09-04"),
        ("2026-09-03T01:00:00+02:00", "2026-09-02"),
        ("9/3/26", "2026-09-03"),
        ("09/03/2026", "2026-09-03"),
        ("20260903", "2026-09-03"),
        ("2026-09", "2026-09-01"),
    ],
)
def test_dates_however_they_are_written(written: str, day: str, tmp_path: Path) -> None:
    source = opened(_text(tmp_path, _rows(f"{written},1,a")))
    assert str(source.coverage().start) == day
    assert said(source) == ""


@pytest.mark.parametrize(
    "written", ["", "soon", "2026-13-01", "25/12/2026", "0026-01-01", "9999-01-01"]
)
def test_rows_without_a_date_are_told(written: str, tmp_path: Path) -> None:
    source = opened(_text(tmp_path, _rows("2026-09-01,2,a", f"{written},5,b")))
    assert total(source) == "2"
    assert "1 of 2 rows have no date" in said(source)
    assert source.coverage().days == 1


def test_offsets_are_told_on_inspection(tmp_path: Path) -> None:
    source = opened(
        _text(tmp_path, _rows("2026-09-03T23:00:00-05:00,1,a", "2026-09-03T00:00:00Z,1,b"))
    )
    (issue,) = [i for i in source.facts().issues if i.name == "dates with time zones"]
    assert issue.rows == 1


def test_currencies_are_never_added_up(tmp_path: Path) -> None:
    source = opened(
        _text(tmp_path, f"{_HEAD}2026-09-01,1,a,USD\n2026-09-01,2,a,usd\n2026-09-01,5,a,EUR\n")
    )
    assert source.currencies() == ("USD", "EUR")
    with pytest.raises(UsageError, match="several currencies"):
        total(source)
    assert total(source.in_currency("USD")) == "3"  # type: ignore[arg-type]
    assert total(source.in_currency("EUR")) == "5"  # type: ignore[arg-type]


def test_currencies_of_several_files(tmp_path: Path) -> None:
    _text(tmp_path, f"{_HEAD}2026-09-01,1,a,USD\n", "a.csv")
    _text(tmp_path, "date,cost\n2026-09-01,7\n", "b.csv")
    _text(tmp_path, f"{_HEAD}2026-09-01,5,a,EUR\n", "c.csv")
    source = opened(tmp_path / "export")
    assert source.currencies() == ("USD", "EUR")
    assert total(source.in_currency("USD")) == "8"
    assert "1 of 3 rows do not say their currency" in said(source)


def test_no_row_is_lost_where_one_names_no_currency(tmp_path: Path) -> None:
    source = opened(_text(tmp_path, f"{_HEAD}2026-09-01,1,a,\n2026-09-01,5,a,EUR\n"))
    assert total(source.in_currency("USD")) == "1"
    assert total(source.in_currency("EUR")) == "5"
    assert "do not say their currency" in said(source)


def test_a_missing_currency_column_is_told(tmp_path: Path) -> None:
    source = opened(_text(tmp_path, "date,cost\n2026-09-01,1\n"))
    assert source.currencies() == ("USD",)
    assert "US dollars are assumed" in said(source)


@pytest.mark.parametrize("account", ["012345678901", "1234567890123", "00000000001"])
@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_account_ids_keep_their_digits(account: str, kind: str, tmp_path: Path) -> None:
    path = tmp_path / "export" / f"a.{kind}"
    path.parent.mkdir()
    duckdb.connect().execute(
        f"COPY (SELECT DATE '2026-09-01' AS date, 1 AS cost, '{account}' AS account) TO '{path}'"
    )
    assert opened(path).values("account") == (account,)


def test_account_ids_stored_as_numbers_are_still_text(tmp_path: Path) -> None:
    path = tmp_path / "export" / "a.parquet"
    path.parent.mkdir()
    duckdb.connect().execute(
        f"COPY (SELECT DATE '2026-09-01' AS date, 1 AS cost, 12345678901 AS account) TO '{path}'"
    )
    source = opened(path)
    assert source.values("account") == ("12345678901",)
    kept = CostQuery(source.coverage(), filters=(Filter("account", ("12345678901",)),))
    assert source.fetch(kept).total() == 1


def test_negative_usage_and_gaps_are_told(tmp_path: Path) -> None:
    rows = "date,cost,usage_type,usage,usage_unit\n2026-09-01,-1,a,-5,Hrs\n2026-09-04,3,a,6,Hrs\n"
    source = opened(_text(tmp_path, rows))
    frame = source.fetch(CostQuery(source.coverage(), group_by=("usage_type",)))
    assert frame.rows[0][2:] == (1, "Hrs")
    issues = {issue.name: issue for issue in source.facts().issues}
    assert issues["negative usage"].rows == 1
    assert "2026-09-02" in issues["gaps in days"].text


def test_several_units_are_not_added_up(tmp_path: Path) -> None:
    rows = "date,cost,usage_type,usage,unit\n2026-09-01,1,a,5,Hrs\n2026-09-01,1,a,6,GB\n"
    source = opened(_text(tmp_path, rows))
    frame = source.fetch(CostQuery(source.coverage(), group_by=("usage_type",)))
    assert frame.rows == (("a", 2, None, None),)


def test_a_partial_last_day_is_not_complete(tmp_path: Path) -> None:
    hourly = [f"2026-09-0{day}T{hour:02}:00:00Z,1,a" for day in range(1, 6) for hour in range(24)]
    whole = opened(_text(tmp_path, _rows(*hourly), "whole.csv"))
    assert str(whole.calendar().complete_until) == "2026-09-06"
    cut = opened(_text(tmp_path, _rows(*hourly[:-9]), "cut.csv"))
    assert str(cut.calendar().complete_until) == "2026-09-05"
    assert str(cut.calendar().today) == "2026-09-04"
    assert cut.coverage() == whole.coverage()


def test_few_rows_on_the_last_day_are_not_a_whole_one(tmp_path: Path) -> None:
    days = [f"2026-09-{day:02},1,s{i}" for day in range(1, 9) for i in range(30)]
    source = opened(_text(tmp_path, _rows(*days[:-20])))
    assert str(source.calendar().complete_until) == "2026-09-08"


def _steady(*scales: float) -> str:
    days = [
        f"2026-09-{day:02},{cost * scale},{name}"
        for day, scale in enumerate([1.0] * 10 + list(scales), 1)
        for name, cost in (("db", 24), ("disk", 8.5), ("address", 0.12), ("queue", day * 3))
    ]
    return _rows(*days)


def test_a_day_on_which_all_that_is_steady_costs_less_is_partial(tmp_path: Path) -> None:
    for scales, until in (
        ((1.0, 1.0), "2026-09-13"),
        ((1.0, 0.6), "2026-09-12"),
        ((0.8, 0.3), "2026-09-11"),
    ):
        source = opened(_text(tmp_path, _steady(*scales), f"{until}.csv"))
        assert str(source.calendar().complete_until) == until


def test_one_thing_that_ended_makes_no_day_partial(tmp_path: Path) -> None:
    rows = _steady(1.0, 1.0).replace("2026-09-12,24.0,db", "2026-09-12,1.0,db")
    source = opened(_text(tmp_path, rows))
    assert str(source.calendar().complete_until) == "2026-09-13"


def test_monthly_rows_stand_for_whole_months(tmp_path: Path) -> None:
    source = opened(_text(tmp_path, "month,cost\n2026-07,1\n2026-08,2\n2026-09,4\n"))
    assert str(source.coverage()) == "2026-07-01..2026-09-30"
    assert str(source.calendar().complete_until) == "2026-10-01"
    monthly = CostQuery(source.coverage(), granularity=Granularity.MONTHLY)
    assert source.fetch(monthly).column("cost") == [1, 2, 4]
    assert "gaps in days" not in {issue.name for issue in source.facts().issues}


@pytest.mark.parametrize(
    "content",
    [
        "\ufeffdate,cost,service,currency\n2026-09-01,1,a,USD\n2026-09-02,2,b,USD\n",
        "date,cost,service,currency\r\n2026-09-01,1,a,USD\r\n2026-09-02,2,b,USD\r\n",
        "date,cost,service,currency\r2026-09-01,1,a,USD\r2026-09-02,2,b,USD\r",
        "date;cost;service;currency\n2026-09-01;1;a;USD\n2026-09-02;2;b;USD\n",
        "date\tcost\tservice\tcurrency\n2026-09-01\t1\ta\tUSD\n2026-09-02\t2\tb\tUSD\n",
        "date|cost|service|currency\n2026-09-01|1|a|USD\n2026-09-02|2|b|USD\n",
        '"Date","COST","Service","Currency"\n2026-09-01,1,"a",USD\n2026-09-02,2,b,USD\n',
        'date,cost,service,currency,note\n2026-09-01,1,a,USD,"x\ny"\n2026-09-02,2,b,USD,\n',
        "\n\ndate,cost,service,currency\n\n2026-09-01,1,a,USD\n\n2026-09-02,2,b,USD\n\n",
        "date,cost,service,currency,service,\n2026-09-01,1,a,USD,z,\n2026-09-02,2,b,USD,z,\n",
        " date , cost , service , currency \n2026-09-01,1,a,USD\n2026-09-02,2,b,USD\n",
    ],
    ids=[
        "bom",
        "crlf",
        "cr",
        "semicolon",
        "tab",
        "pipe",
        "case",
        "newline",
        "blank",
        "twice",
        "spaces",
    ],
)
def test_delimited_text_however_it_is_written(content: str, tmp_path: Path) -> None:
    source = opened(_text(tmp_path, content, "anything.dat"))
    assert total(source) == "3"
    assert source.values("service") == ("b", "a")
    assert said(source) == ""
    assert total(opened(_text(tmp_path, gzip.compress(content.encode()), "zipped.csv"))) == "3"


def test_rows_shorter_and_longer_than_the_header_are_told(tmp_path: Path) -> None:
    content = f"{_HEAD}2026-09-01,1,a,USD\n2026-09-02,2\n2026-09-03,4,c,USD,more,and more\n"
    source = opened(_text(tmp_path, content))
    assert total(source) == "7"
    assert "1 longer and 1 shorter" in said(source)
    again = opened(_text(tmp_path, content))
    assert total(again) == "7" and said(again) == said(source)


def test_a_header_that_is_one_field_longer(tmp_path: Path) -> None:
    """Seen in a published CUR, where the engine's own sniffer gives a single column."""
    source = opened(_text(tmp_path, "date,cost,service,currency,tail\n2026-09-01,1,a,USD\n"))
    assert total(source) == "1"
    assert "1 shorter" in said(source)


@pytest.mark.parametrize(
    "content",
    [f'{_HEAD}2026-09-01,1,"a,USD\n2026-09-02,2,b,USD\n', f"{_HEAD}2026-09-01,1,caf\xe9,USD\n"],
    ids=["open quote", "not utf-8"],
)
def test_broken_text_is_refused(content: str, tmp_path: Path) -> None:
    with pytest.raises(FinopsError):
        total(opened(_text(tmp_path, content.encode("latin-1"))))


def test_columns_in_any_case(tmp_path: Path) -> None:
    head = "CHARGEPERIODSTART,billedcost,EffectiveCOST,servicename,billing_currency\n"
    source = opened(_text(tmp_path, f"{head}2026-09-01,1,2,a,USD\n"))
    assert source.facts().formats == ("FOCUS 1.0 (csv)",)
    assert (total(source), total(source, Metric.AMORTIZED)) == ("1", "2")
    assert source.values("service") == ("a",)


def test_focus_with_as_little_as_it_takes(tmp_path: Path) -> None:
    source = opened(_text(tmp_path, "BilledCost,ChargePeriodStart\n1,2026-09-01T00:00:00Z\n"))
    assert total(source) == "1"
    assert source.values("charge_category") == ("Usage",)
    with pytest.raises(MissingColumn, match="amortized"):
        total(source, Metric.AMORTIZED)


def test_a_column_that_appears_later(tmp_path: Path) -> None:
    _text(tmp_path, "date,cost,currency\n2026-08-01,1,USD\n", "1.csv")
    _text(tmp_path, f"{_HEAD}2026-09-01,2,a,USD\n", "2.csv")
    source = opened(tmp_path / "export")
    frame = source.fetch(CostQuery(source.coverage(), group_by=("service",)))
    assert list(frame.select("service", "cost")) == [("a", 2), (None, 1)]
    assert source.coverage() == Period(source.coverage().start, source.coverage().end)
    assert said(source) == ""


_KINDS = {
    "Usage": "10",
    "SavingsPlanCoveredUsage": "10",
    "SavingsPlanNegation": "-10",
    "SavingsPlanRecurringFee": "8",
    "DiscountedUsage": "0",
    "RIFee": "5",
    "Fee": "100",
    "EdpDiscount": "-1",
    "Strange": "3",
}


def _line_items(folder: Path, columns: str, values: dict[str, str]) -> Path:
    empty = "," * columns.count(",")
    head = "line_item_usage_start_date,line_item_line_item_type,line_item_unblended_cost,"
    rows = "".join(
        f"2026-09-01,{kind},{cost},{values.get(kind, empty)},USD\n" for kind, cost in _KINDS.items()
    )
    return _text(folder, f"{head}{columns},line_item_currency_code\n{rows}")


def test_line_items_amortize_by_aws_s_rules(tmp_path: Path) -> None:
    columns = (
        "savings_plan_savings_plan_effective_cost,savings_plan_total_commitment_to_date,"
        "savings_plan_used_commitment,reservation_effective_cost,"
        "reservation_unused_amortized_upfront_fee_for_billing_period,"
        "reservation_unused_recurring_fee,reservation_reservation_a_r_n"
    )
    values = {
        "SavingsPlanCoveredUsage": "7,,,,,,",
        "SavingsPlanRecurringFee": ",8,6.5,,,,",
        "DiscountedUsage": ",,,4,,,arn",
        "RIFee": ",,,,,0.25,arn",
        "Fee": ",,,,,,arn",
    }
    source = opened(_line_items(tmp_path, columns, values))
    assert total(source) == "125"
    # 10 usage + 7 covered + 0 negation + 1.5 unused plan + 4 reserved + 0.25 unused - 1 + 3
    assert total(source, Metric.AMORTIZED) == "24.75"
    assert said(source) == ""
    categories = source.fetch(CostQuery(source.coverage(), group_by=("charge_category",)))
    assert dict(categories.select("charge_category", "cost")) == {
        "Usage": 10,
        "Purchase": 113,
        "Credit": -1,
        "Adjustment": 3,
    }


def test_line_items_that_cannot_be_amortized_are_told(tmp_path: Path) -> None:
    source = opened(_line_items(tmp_path, "savings_plan_savings_plan_effective_cost", {}))
    total(source)
    assert said(source) == ""
    total(source, Metric.AMORTIZED)
    for kind in ("SavingsPlanRecurringFee", "DiscountedUsage", "RIFee"):
        assert f"1 {kind} rows are in amortized totals at their billed cost" in said(source)


def test_a_credit_that_corrects_is_a_refund_and_any_other_is_a_credit(tmp_path: Path) -> None:
    head = "BilledCost,ChargePeriodStart,ChargeCategory,ChargeClass,BillingCurrency\n"
    lines = (
        "10,2026-01-01,Usage,,USD\n-3,2026-01-02,Credit,,USD\n-2,2026-01-02,Credit,Correction,USD\n"
    )
    source = opened(_text(tmp_path, head + lines + "-1,2026-01-02,Usage,Correction,USD\n"))
    query = CostQuery(source.coverage(), group_by=("charge_category",))
    found = {
        category: int(cost)
        for category, cost in source.fetch(query).select("charge_category", "cost")
    }
    assert found == {"Usage": 9, "Credit": -3, "Refund": -2}
