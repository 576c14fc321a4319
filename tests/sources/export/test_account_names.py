"""Accounts are called what the bill calls them, and never by another account's name."""

from pathlib import Path

import pytest

from finops_cli.domain.query import ACCOUNT, SERVICE
from tests.sources.opening import opened

_BILLS = {
    "cur": (
        "line_item_usage_start_date,line_item_unblended_cost,bill_payer_account_id,"
        "bill_payer_account_name,line_item_usage_account_id,line_item_usage_account_name\n"
        "2026-09-01,1,1,Payer,2,Web\n2026-09-01,1,1,Payer,3,\n2026-09-01,1,1,Payer,4,4\n",
        {"1": "Payer", "2": "Web"},
    ),
    "cur without names": (
        "line_item_usage_start_date,line_item_unblended_cost,bill_payer_account_id,"
        "bill_payer_account_name,line_item_usage_account_id\n2026-09-01,1,1,Payer,2\n",
        {"1": "Payer"},
    ),
    "focus": (
        "ChargePeriodStart,BilledCost,SubAccountId,SubAccountName\n2026-09-01,1,2,Web\n",
        {"2": "Web"},
    ),
    "tidy": ("date,cost,account,account_name\n2026-09-01,1,2,Web\n", {"2": "Web"}),
    "tidy, names only": ("date,cost,account_name\n2026-09-01,1,Web\n", {}),
}


@pytest.mark.parametrize("kind", _BILLS)
def test_names(kind: str, tmp_path: Path) -> None:
    content, names = _BILLS[kind]
    path = tmp_path / "bill.csv"
    path.write_text(content)
    assert opened(path).names(ACCOUNT) == names
    assert opened(path).names(ACCOUNT) == names, "from the cache"
    assert opened(path).names(SERVICE) == {}
