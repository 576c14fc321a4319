"""Budgets in a file of the user's own: what is read, and what is said where it is off."""

from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.domain.query import Metric
from finops_cli.errors import FinopsError, SourceError, Unreadable
from finops_cli.sources.budget_file import FileBudgets

WHOLE = """
[[budget]]
name = "machine learning"
limit = 14200.50
unit = "quarterly"
filters = ["account=ml-research", "service!=S3"]
metric = "amortized"
currency = "eur"

[[budget]]
name = "all"
limit = 9
"""


def file(folder: Path, text: str) -> FileBudgets:
    path = folder / "budgets.toml"
    path.write_text(text, encoding="utf-8")
    return FileBudgets(path)


def test_a_budget_says_what_it_watches(tmp_path: Path) -> None:
    store = file(tmp_path, WHOLE)
    ml, whole = store.budgets()
    assert (ml.name, ml.limit, ml.unit) == ("machine learning", Decimal("14200.50"), "quarterly")
    assert ml.conditions == ("account=ml-research", "service!=S3")
    assert (ml.metric, ml.currency) == (Metric.AMORTIZED, "EUR")
    assert (whole.unit, whole.conditions, whole.metric) == ("monthly", (), Metric.UNBLENDED)
    assert store.history(ml) is None and store.label == "budgets.toml"


def test_no_file_is_no_budget_unless_it_was_named(tmp_path: Path) -> None:
    nowhere = tmp_path / "budgets.toml"
    assert FileBudgets(nowhere).budgets() == () and str(nowhere) in FileBudgets(nowhere).hint
    with pytest.raises(SourceError, match="no budget file"):
        FileBudgets(nowhere, must_exist=True).budgets()


@pytest.mark.parametrize(
    ("text", "said", "hint"),
    [
        ("[[budgt]]\nname='a'", "'budgt'", "Did you mean budget?"),
        ("[budget]\nname='a'", "no list of budgets", "[[budget]]"),
        ("[[budget]]\nlimit=1", "Budget 1 in", "name"),
        ("[[budget]]\nname=''\nlimit=1", "has no name", "name"),
        ("[[budget]]\nname='a'", "'a' in", "limit = 5000"),
        ("[[budget]]\nname='a'\nlimit='5'", "no amount", "limit = 5000"),
        ("[[budget]]\nname='a'\nlimit=true", "no amount", "limit = 5000"),
        ("[[budget]]\nname='a'\nlimit=0", "no amount", "limit = 5000"),
        ("[[budget]]\nname='a'\nlimit=nan", "no amount", "limit = 5000"),
        ("[[budget]]\nname='a'\nlimit=1\nunit='month'", "unit = 'month'", "Did you mean monthly?"),
        ("[[budget]]\nname='a'\nlimit=1\nunit='custom'", "unit = 'custom'", "daily"),
        ("[[budget]]\nname='a'\nlimit=1\nmetric='cost'", "metric = 'cost'", "unblended"),
        ("[[budget]]\nname='a'\nlimit=1\nfilter=[]", "'filter'", "Did you mean filters?"),
        ("[[budget]]\nname='a'\nlimit=1\nfilters='x=1'", "no list of texts", "service=EC2"),
        ("[[budget]]\nname='a'\nlimit=1\ncurrency='dollar'", "currency", "USD"),
        ("[[budget]]\nname='a'\nlimit=1\n[[budget]]\nname='A'\nlimit=1", "Two budgets", "Rename"),
    ],
)
def test_what_is_off_is_said_with_a_way_out(
    tmp_path: Path, text: str, said: str, hint: str
) -> None:
    with pytest.raises(FinopsError) as caught:
        file(tmp_path, text).budgets()
    assert caught.value.exit_code == 2
    assert said in caught.value.message and hint in caught.value.hint
    assert "budgets.toml" in caught.value.message


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="no TOML"):
        file(tmp_path, "[[budget").budgets()
    (tmp_path / "budgets.toml").write_bytes(b"\xff\xfe")
    with pytest.raises(Unreadable, match="cannot be read"):
        FileBudgets(tmp_path / "budgets.toml").budgets()
