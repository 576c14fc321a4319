from datetime import date
from decimal import Decimal

from finops_cli.domain.frame import COST, DATE, USAGE, USAGE_UNIT, Frame
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period

_PERIOD = Period(date(2026, 1, 1), date(2026, 1, 5))


def _frame() -> Frame:
    rows = (
        (date(2026, 1, 1), "EC2", Decimal("1.5"), None, None),
        (date(2026, 1, 3), "EC2", Decimal("2"), None, None),
        (date(2026, 1, 4), None, Decimal("-1"), None, None),
    )
    return Frame((DATE, "service", COST, USAGE, USAGE_UNIT), rows)


def test_a_frame_becomes_one_series_a_group_with_zeros_between() -> None:
    panel = Panel.of(_frame(), _PERIOD)
    assert panel.dimensions == ("service",)
    assert panel.keys == (("EC2",), (None,))
    assert [list(costs) for costs in panel.costs] == [[1.5, 0, 2, 0], [0, 0, 0, -1]]
    assert panel.values("service") == ("EC2", None)
    assert len(panel) == 2


def test_rows_with_their_days_become_the_same_panel() -> None:
    rows = [("EC2", [2, 0], [2.0, 1.5]), (None, [3], [-1.0])]
    assert Panel.filled(_PERIOD, ("service",), rows) == Panel.of(_frame(), _PERIOD)


def test_what_was_known_before_a_day() -> None:
    panel = Panel.of(_frame(), _PERIOD).before(date(2026, 1, 4))
    assert panel.period == Period(date(2026, 1, 1), date(2026, 1, 4))
    assert [list(costs) for costs in panel.costs] == [[1.5, 0, 2], [0, 0, 0]]
    assert panel.before(date(2027, 1, 1)) == panel


def test_some_of_its_series() -> None:
    kept = Panel.of(_frame(), _PERIOD).keep([1])
    assert (kept.keys, [list(costs) for costs in kept.costs]) == (((None,),), [[0, 0, 0, -1]])
