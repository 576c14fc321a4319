import sys
from array import array
from collections.abc import Iterator
from datetime import date, timedelta
from types import ModuleType
from typing import Any

import numpy as np
import pytest

from finops_cli.analytics.ensemble import by_ensemble
from finops_cli.analytics.outlook import Outlook, look_ahead
from finops_cli.domain.panel import Panel
from finops_cli.domain.period import Period
from finops_cli.errors import SetupError

_START = date(2025, 1, 1)


def _panel(days: int) -> Panel:
    period = Period(_START, _START + timedelta(days=days))
    costs = (array("d", [30.0] * days), array("d", [10.0] * days))
    return Panel(period, ("service",), (("EC2",), ("S3",)), costs)


def _told(days: int, horizon: int) -> tuple[Outlook, Outlook]:
    panel = _panel(days)
    own = look_ahead(panel, panel.period.end, horizon)
    return own, by_ensemble(own, panel, panel.period.end)


class _Model:
    """Tells the last rate and something more, as one of the library's models would."""

    more = 0.0

    def __init__(self, season_length: int) -> None:
        self.season_length = season_length

    def forecast(self, y: Any, h: int) -> dict[str, Any]:
        return {"mean": np.full(h, y[-1] + self.more)}


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    models = ModuleType("statsforecast.models")
    for name, more in (("AutoETS", 1.0), ("DynamicOptimizedTheta", 50.0), ("AutoCES", 2.0)):
        setattr(models, name, type(name, (_Model,), {"more": more}))
    monkeypatch.setitem(sys.modules, "statsforecast", ModuleType("statsforecast"))
    monkeypatch.setitem(sys.modules, "statsforecast.models", models)
    yield


@pytest.mark.usefixtures("library")
def test_the_months_are_the_median_rate_times_their_days() -> None:
    own, told = _told(365, 3)
    assert told.total.mean == pytest.approx([42 * 31, 42 * 28, 42 * 31])
    assert told.parts.sum(0) == pytest.approx(told.total.mean)
    assert told.horizon_total[0] == pytest.approx(42 * 90)
    kept = (own.total.low / own.total.mean).tolist()
    assert (told.total.low / told.total.mean).tolist() == pytest.approx(kept)


@pytest.mark.usefixtures("library")
def test_the_month_under_way_stays_our_own() -> None:
    own, told = _told(375, 2)
    assert told.running
    assert told.total.mean[0] == own.total.mean[0]
    assert told.total.mean[1:] == pytest.approx([42 * 28, 42 * 31])


@pytest.mark.usefixtures("library")
def test_too_short_a_history_is_told_by_the_own_method() -> None:
    own, told = _told(60, 2)
    assert told.total is own.total
    assert "Too few whole months" in told.cautions[-1]


def test_without_the_library_the_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "statsforecast", None)
    with pytest.raises(SetupError, match="not installed") as caught:
        _told(365, 3)
    assert "finops[forecast]" in caught.value.hint
