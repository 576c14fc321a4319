"""Every billing file in tests/data gives what plain SQL over it gives, to the last digit."""

import csv
from pathlib import Path

import pytest

from finops_cli.domain.query import Metric
from finops_cli.errors import FinopsError
from tests.sources.opening import opened, said, total
from tests.sources.totals import DATA, billing_files, compare

_UNREADABLE = {"EA_NoRows.csv": "no rows", "fivetran_aws_cost_report.csv": "charge date"}
FILES = [path for path in billing_files(DATA) if path.name not in _UNREADABLE]


@pytest.mark.parametrize("path", FILES, ids=[path.stem for path in FILES])
def test_totals_by_month_and_service(path: Path) -> None:
    lines = list(compare(path))
    assert lines[0].metric is Metric.UNBLENDED
    for line in lines:
        assert line.ours == line.theirs, line.metric


@pytest.mark.parametrize("name", _UNREADABLE)
def test_what_has_no_dated_row_says_so(name: str, tmp_path: Path) -> None:
    (path,) = DATA.glob(f"**/{name}")
    with pytest.raises(FinopsError, match=_UNREADABLE[name]):
        opened(path, tmp_path)


def test_there_is_a_file_of_every_kind() -> None:
    assert len(FILES) >= 50


@pytest.mark.parametrize(
    ("name", "billed", "amortized"),
    [
        ("commitment_discount_purchase_scenario_1", "8760", "0"),
        ("commitment_discount_usage_scenario_2", "0", "1"),
        ("commitment_discount_usage_scenario_4", "0.5", "1.5"),
        ("saas_spend_agreements_b2", "1200", "1200"),
        ("virtual_currency_pricing_model_b2", "0", "615"),
    ],
)
def test_the_specification_s_examples(
    name: str, billed: str, amortized: str, tmp_path: Path
) -> None:
    """The worked examples of FOCUS are an oracle: purchases are billed, usage is effective."""
    source = opened(DATA / "focus" / "spec" / f"{name}.csv", tmp_path)
    assert total(source) == billed
    assert total(source, Metric.AMORTIZED) == amortized


def test_rounded_effective_costs_are_told(tmp_path: Path) -> None:
    """AWS's rows of the FOCUS 1.0 sample have whole effective costs; Oracle's are all zero."""
    source = opened(DATA / "focus" / "sample_1_0.csv", tmp_path)
    assert total(source) == "20.52022672899"
    assert said(source) == ""
    assert total(source, Metric.AMORTIZED) == "14.97651418586"
    assert "AWS are all whole numbers" in said(source)
    assert "Oracle are zero" in said(source)
    again = opened(DATA / "focus" / "sample_1_0.csv", tmp_path)
    total(again, Metric.AMORTIZED)
    assert said(again) == said(source)


def test_the_sample_s_oddities_are_told(tmp_path: Path) -> None:
    facts = opened(DATA / "focus" / "sample_1_0.csv", tmp_path).facts()
    issues = {issue.name: issue for issue in facts.issues}
    assert issues["charge month is not billing month"].rows >= 1
    assert issues["odd account ids"].rows > 0
    assert issues["rounded effective costs"].serious


def test_the_sample_s_accounts_keep_their_digits(tmp_path: Path) -> None:
    source = opened(DATA / "focus" / "sample_1_0.csv", tmp_path)
    with (DATA / "focus" / "sample_1_0.csv").open(newline="", encoding="utf-8-sig") as stream:
        written = {row["SubAccountId"] for row in csv.DictReader(stream)}
    assert {a for a in written if a not in ("", "NULL")} <= set(source.values("account"))
    assert 11 in {len(account) for account in source.values("account")}


def test_tag_keys_that_differ_in_spaces_are_one(tmp_path: Path) -> None:
    """Microsoft's rows of the sample have both ``org`` and `` org``."""
    source = opened(DATA / "focus" / "sample_1_0.csv", tmp_path)
    assert source.offers("tag:org")
    assert not any(dimension != dimension.strip() for dimension in source.dimensions())
    assert len([d for d in source.dimensions() if d.casefold() == "tag:org"]) == 1
