from dataclasses import replace
from datetime import date
from decimal import Decimal as D

import pytest

from finops_cli.domain.answer import Answer, Kind, Provenance, Sentence, Series
from finops_cli.domain.period import add_months
from finops_cli.output import chart, render
from finops_cli.output.style import Style

_START = date(2026, 1, 1)


def _series(name: str, first: int, values: list[int], band: str = "0") -> Series:
    points = tuple((add_months(_START, first + i), D(v)) for i, v in enumerate(values))
    wide = D(band)
    low = tuple(v * (1 - wide) for _, v in points) if wide else None
    high = tuple(v * (1 + wide) for _, v in points) if wide else None
    return Series(name, Kind.ESTIMATE, "USD", points, low, high)


_HISTORY = _series("cost per month", 0, [100_000, 104_000, 103_000, 108_000, 120_000, 118_000])
_AHEAD = _series("forecast", 6, [121_000, 123_000, 126_000], band="0.1")


def _answer(*series: Series) -> Answer:
    origin = Provenance("demo", as_of=date(2026, 7, 1), currency="USD")
    return Answer(Sentence("Next 3 months."), origin, series=series)


def _drawn(answer: Answer, width: int = 80, *, unicode: bool = True) -> list[str]:
    text = render(answer, Style("terminal", width, False, unicode))
    return [line for line in text.splitlines() if "┤" in line or "│" in line or "|" in line]


def test_history_and_forecast_stand_side_by_side_with_a_rule_between() -> None:
    rows = _drawn(_answer(_HISTORY, _AHEAD))
    assert len(rows) == 9
    assert len({row.index("┊") for row in rows}) == 1
    left, right = (
        "".join(row.split("┊")[side] for row in rows).replace("┤", "") for side in (0, 1)
    )
    assert "░" not in left and "░" in right
    assert sum(left.count(sign) for sign in "▀▄") == 6 * 3
    assert sum(right.count(sign) for sign in "▀▄") == 3 * 3


def test_the_axis_says_where_it_starts() -> None:
    rows = _drawn(_answer(_HISTORY, _AHEAD))
    labels = [row.split("┤")[0].strip() for row in rows if "┤" in row]
    assert len(labels) == 3
    assert labels[0] == "$140k" and labels[-1].startswith("$9")


def test_far_apart_amounts_start_at_zero() -> None:
    history = _series("cost per month", 0, [1_000, 90_000])
    rows = _drawn(_answer(history, _series("forecast", 2, [95_000], band="0.1")))
    assert rows[-1].split("┤")[0].strip() == "$5.81k"


@pytest.mark.parametrize("width", [40, 50, 80, 160, 240])
def test_no_line_is_wider_than_the_room(width: int) -> None:
    for unicode in (True, False):
        assert all(
            len(row) <= width for row in _drawn(_answer(_HISTORY, _AHEAD), width, unicode=unicode)
        )


def test_without_drawing_characters_it_is_ascii() -> None:
    text = render(_answer(_HISTORY, _AHEAD), Style("terminal", 80, False, False))
    assert text.isascii()
    assert ":" in text and "=" in text


def test_where_no_mark_finds_room_the_shapes_are_told_instead() -> None:
    long = _series("forecast", 6, list(range(100_000, 160_000, 1_000)), band="0.1")
    text = render(_answer(_HISTORY, long), Style("terminal", 40, False, True))
    assert "┊" not in text and "forecast" in text


@pytest.mark.parametrize("values", [[0, 0, 0], [-500, -400, -450], [7, 7, 7]])
def test_odd_levels_are_drawn_or_left_out_but_never_fail(values: list[int]) -> None:
    _drawn(_answer(_series("cost per month", 0, values), _series("forecast", 3, values, "0.1")))


def test_a_series_alone_a_detail_or_an_earlier_band_is_no_chart() -> None:
    assert chart.charted(_answer(_AHEAD)) == []
    assert chart.charted(_answer(_HISTORY, replace(_AHEAD, detail=True))) == []
    assert chart.charted(_answer(_AHEAD, _HISTORY)) == []
    assert chart.charted(_answer(_HISTORY, _AHEAD)) == [(_HISTORY, _AHEAD)]


def test_two_histories_are_two_charts() -> None:
    rows = _drawn(_answer(_HISTORY, _AHEAD, _HISTORY, _AHEAD))
    assert len(rows) == 18
