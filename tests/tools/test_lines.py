"""The lines of a bill: as many dimensions as help, and no more series than maths can hold."""

from datetime import date, timedelta

from finops_cli.domain.frame import SMALLER
from finops_cli.domain.panel import Panel
from finops_cli.domain.query import CostQuery
from finops_cli.tools.lines import folded, line_dimensions
from tests.fakes import FakeSource

_DAY = date(2026, 3, 14)
_ROWS = [
    {
        "date": _DAY - timedelta(days=back),
        "cost": str(at + 1),
        "service": "S3",
        "account": str(at % 2),
        "usage_type": f"u{at}",
        "region": f"r{at % 3}",
    }
    for back in range(3)
    for at in range(10)
]


def _panel() -> Panel:
    source = FakeSource(_ROWS)
    return source.panel(CostQuery(source.coverage(), group_by=line_dimensions(source)))


def test_the_most_telling_dimensions_come_first() -> None:
    assert line_dimensions(FakeSource(_ROWS)) == ("service", "account", "usage_type", "region")
    assert line_dimensions(FakeSource(_ROWS, max_group_by=2)) == ("service", "account")
    assert line_dimensions(FakeSource(_ROWS, max_group_by=2), ("region",)) == ("region", "service")


def test_small_lines_are_added_up_by_account_and_service() -> None:
    panel = _panel()
    small = folded(panel, most=4)
    assert len(small) == 6
    assert sum(map(sum, small.costs)) == sum(map(sum, panel.costs))
    assert {key[2] for key in small.keys} == {"u9", "u8", "u7", "u6", SMALLER}
    assert folded(panel, most=10) is panel


def test_what_is_asked_for_stays_apart_in_small_lines_too() -> None:
    panel = _panel()
    small = folded(panel, ("region",), most=4)
    by_region = {
        region: sum(sum(c) for c, r in zip(p.costs, p.values("region"), strict=True) if r == region)
        for p in (panel, small)
        for region in ("r0", "r1", "r2")
    }
    assert SMALLER not in small.values("region")
    assert sum(by_region.values()) == sum(map(sum, panel.costs))
