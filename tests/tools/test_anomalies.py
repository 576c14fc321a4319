"""What the anomaly tools tell, over small bills with blatant events planted in them."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer, Table
from finops_cli.domain.memory import Fleeting, Memories
from finops_cli.errors import BadPeriod, SourceError, UnknownName, UsageError
from finops_cli.output import Style, render
from finops_cli.tools import Catalogue
from finops_cli.tools.anomalies import Anomalies
from tests.fakes import FakeSource

START = date(2026, 1, 1)
DAYS = 200
SPIKE = START + timedelta(days=DAYS - 10)
Row = dict[str, Any]


def _charge(day: date, cost: float, service: str = "AmazonEC2", **more: Any) -> Row:
    return {
        "date": day,
        "cost": f"{cost:.4f}",
        "service": service,
        "usage_type": f"{service}-Usage",
        "region": "us-east-1",
        "account": "111111111111",
        "charge_category": "Usage",
    } | more


def _quiet(days: int = DAYS, scale: float = 1.0) -> Iterator[Row]:
    """Yield steady compute in two accounts and steady storage, with a ripple of a per cent."""
    for at in range(days):
        day = START + timedelta(days=at)
        ripple = 1 + 0.01 * ((at * 7919) % 13 - 6) / 6
        yield _charge(day, 100 * scale * ripple)
        yield _charge(day, 60 * scale * ripple, account="222222222222")
        yield _charge(day, 20 * scale / ripple, "AmazonS3")


def _spike(amount: float = 900, days: int = 2, first: date = SPIKE, **more: Any) -> Iterator[Row]:
    line = {"usage_type": "BoxUsage:p4d"} | more
    for at in range(days):
        yield _charge(first + timedelta(days=at), amount, **line)


def _rows(*more: Iterator[Row]) -> list[Row]:
    return [*_quiet(), *(row for rows in more for row in rows)]


def _source(*more: Iterator[Row], **options: Any) -> FakeSource:
    names = {"account": {"111111111111": "prod"}}
    return FakeSource(_rows(*more), names=names, **options)


def _table(answer: Answer) -> list[dict[str, Any]]:
    return _rows_of(answer.tables[0])


def _rows_of(table: Table) -> list[dict[str, Any]]:
    names = [column.name for column in table.columns]
    return [dict(zip(names, row, strict=True)) for row in table.rows]


def _text(answer: Answer) -> str:
    return render(answer, Style("terminal", width=120))


def test_a_spike_is_one_event_with_all_that_a_script_needs() -> None:
    (row,) = _table(Anomalies(_source(_spike())).events())
    assert row["account"] == "111111111111" and row["account_name"] == "prod"
    assert (row["service"], row["region"]) == ("AmazonEC2", "us-east-1")
    assert row["usage_type"] == "BoxUsage:p4d"
    assert row["start"] == SPIKE
    assert row["end"] == SPIKE + timedelta(days=2)
    assert row["first_alert"] == SPIKE
    assert row["impact"] == row["actual"] - row["expected"]
    assert abs(row["impact"] - 1800) < 10
    assert row["running"] == "over" and row["per_month"] is None
    assert 0 < row["confidence"] <= 1 and row["series"] == 1
    assert row["acknowledged"] is None
    assert len(row["id"]) == 6 and set(row["id"]) <= set("0123456789abcdef")


def test_the_answer_reads_like_one() -> None:
    text = _text(Anomalies(_source(_spike())).events())
    assert text.startswith("1 event, $1,800 above expectation; over.\n")
    assert "EC2 p4d in us-east-1, account prod (111111111111)" in text
    assert "lines of the bill watched since" in text
    assert "finops explain --period" in text


def test_an_event_that_goes_on_says_what_a_month_comes_to() -> None:
    answer = Anomalies(_source(_spike(days=10))).events()
    (row,) = _table(answer)
    assert row["running"] == "still on" and row["until"] == "now"
    assert row["end"] == START + timedelta(days=DAYS)
    assert abs(row["per_month"] - 900 * Decimal("30.4375")) < 300
    assert row["severity"] == "critical"
    assert "still running" in _text(answer) and "a month more" in _text(answer)


def test_nothing_unusual_is_a_sentence_and_an_empty_table() -> None:
    answer = Anomalies(_source()).events()
    assert answer.title.template.startswith("Nothing unusual since")
    assert answer.tables[0].rows == () and answer.exit.code == 0
    assert {"start", "end", "first_alert", "impact"} <= {c.name for c in answer.tables[0].columns}
    assert "id,what,service" in render(answer, Style("csv"))


@pytest.mark.parametrize("days", [1, 2, 5, 9, 40])
def test_a_short_history_is_a_sentence(days: int) -> None:
    answer = Anomalies(FakeSource(_quiet(days))).events()
    assert answer.tables[0].rows == ()
    assert f"as far as {days} day" in _text(answer)


def test_no_complete_day_is_a_sentence() -> None:
    answer = Anomalies(FakeSource(_quiet(1), today=START)).events(since="all")
    assert "no day of the bill is complete" in _text(answer)


def test_filters_narrow_what_is_watched() -> None:
    tools = Anomalies(_source(_spike()))
    assert _table(tools.events(filters=["service=S3"])) == []
    (row,) = _table(tools.events(filters=["service=EC2"]))
    assert row["id"] == _table(tools.events())[0]["id"]
    with pytest.raises(UnknownName):
        tools.events(filters=["service=Bogus"])


def test_later_days_change_neither_the_id_nor_when_it_was_known() -> None:
    rows = _rows(_spike(days=4))
    told = set()
    for today in range(1, 10):
        known = [row for row in rows if row["date"] < SPIKE + timedelta(days=today)]
        (row,) = _table(Anomalies(FakeSource(known)).events())
        told.add((row["id"], row["start"], row["first_alert"]))
    assert len(told) == 1


def test_since_bounds_what_is_listed() -> None:
    early = START + timedelta(days=100)
    tools = Anomalies(_source(_spike(), _spike(first=early, account="222222222222")))
    assert len(_table(tools.events(since="all"))) == 2
    assert [row["start"] for row in _table(tools.events())] == [SPIKE]
    assert [row["start"] for row in _table(tools.events(since="2026-04"))] == [early]
    assert [row["start"] for row in _table(tools.events(since=str(SPIKE)))] == [SPIKE]
    assert _table(tools.events(since="2026-05")) == []
    with pytest.raises(BadPeriod):
        tools.events(since="1999")


def test_small_events_are_counted_but_not_listed() -> None:
    answer = Anomalies(_source(_spike())).events(min_impact="$5k")
    assert _table(answer) == []
    assert "1 below $5,000 left out" in _text(answer)
    with pytest.raises(UsageError):
        Anomalies(_source()).events(min_impact="lots")


def test_on_a_small_bill_a_small_event_matters() -> None:
    rows = [*_quiet(scale=0.04), *_spike(30, days=1)]
    (row,) = _table(Anomalies(FakeSource(rows)).events())
    assert 25 < row["impact"] < 35


def test_events_are_counted_by_a_dimension() -> None:
    answer = Anomalies(_source(_spike(), _spike(account="222222222222"))).events(by=["account"])
    groups = answer.tables[1]
    assert sum(row["events"] for row in _rows_of(groups)) == len(_table(answer))
    assert groups.total and groups.total[-1] == sum(row["impact"] for row in _table(answer))


def test_a_dimension_that_lines_are_not_told_apart_by_becomes_a_column() -> None:
    rows = [row | {"tags": {"team": "web"}} for row in _rows(_spike())]
    rows += [row | {"tags": {"team": "ml"}} for row in _spike(400)]
    tools = Anomalies(FakeSource(rows))
    (row,) = _table(tools.events(by=["tag:team"]))
    assert row["tag:team"] == "web"
    assert row["id"] == _table(tools.events())[0]["id"]


def test_few_dimensions_are_enough() -> None:
    (row,) = _table(Anomalies(_source(_spike(), max_group_by=2)).events())
    assert row["service"] == "AmazonEC2" and row["account"] == "111111111111"
    assert row["usage_type"] is None and row["region"] is None


def test_dismissed_events_are_quiet_and_so_is_their_pattern() -> None:
    memory = Fleeting()
    source = _source(_spike())
    tools = Anomalies(source, memory=memory)
    (row,) = _table(tools.events())
    said = _text(tools.acknowledge(row["id"][:4], "planned", note="load test"))
    assert "is planned" in said and "load test" in said and "unack" in said
    answer = tools.events(fail_on=["any"])
    assert _table(answer) == [] and answer.exit.code == 0
    assert "1 dismissed as planned" in _text(answer)
    (again,) = _table(tools.events(include_acknowledged=True))
    assert again["acknowledged"] == "planned"
    assert "planned" in _text(tools.acknowledged())
    tools.withdraw(row["id"])
    assert len(_table(tools.events())) == 1
    with pytest.raises(UnknownName):
        tools.withdraw(row["id"])


def test_a_later_event_of_the_same_pattern_is_dismissed_too() -> None:
    memory = Fleeting()
    first, steady = START + timedelta(days=150), {"usage_type": "AmazonEC2-Usage"}
    rows = _rows(_spike(first=first, **steady), _spike(**steady))
    known = [row for row in rows if row["date"] < first + timedelta(days=5)]
    tools = Anomalies(FakeSource(known), memory=memory)
    tools.acknowledge(_table(tools.events())[0]["id"], "expected")
    later = Anomalies(FakeSource(rows), memory=memory)
    assert _table(later.events()) == []
    both = later.events(include_acknowledged=True, since="all")
    assert {row["start"]: row["acknowledged"] for row in _table(both)} == {
        first: "expected",
        SPIKE: "expected",
    }
    later.withdraw(next(row["id"] for row in _table(both) if row["start"] == SPIKE))
    assert len(_table(later.events(since="all"))) == 2


def test_another_pattern_is_not_dismissed() -> None:
    memory = Fleeting()
    tools = Anomalies(_source(_spike()), memory=memory)
    tools.acknowledge(_table(tools.events())[0]["id"], "expected")
    other = Anomalies(_source(_spike(account="222222222222")), memory=memory)
    assert len(_table(other.events())) == 1


def test_reasons_and_ids_are_checked() -> None:
    tools = Anomalies(_source(_spike()))
    with pytest.raises(UnknownName) as error:
        tools.acknowledge("abcdef", "plannd")
    assert "planned" in error.value.hint
    with pytest.raises(UnknownName) as error:
        tools.acknowledge("zzzzzz", "planned")
    assert "--since all" in error.value.hint


def test_new_shows_an_event_once() -> None:
    tools = Anomalies(_source(_spike()), memory=Fleeting())
    assert len(_table(tools.events(new=True))) == 1
    again = tools.events(new=True, fail_on=["any"])
    assert _table(again) == [] and again.exit.code == 0
    assert "Nothing new since" in _text(again)
    assert len(_table(tools.events())) == 1


def test_new_ones_that_top_leaves_out_come_next_time() -> None:
    tools = Anomalies(_source(_spike(), _spike(1500, account="222222222222")), memory=Fleeting())
    first, second, third = (tools.events(new=True, top=1) for _ in range(3))
    shown = [_table(answer)[0]["id"] for answer in (first, second)]
    assert len(set(shown)) == 2 and _table(third) == []
    assert "1 more not shown" in _text(first)
    with pytest.raises(UsageError):
        tools.events(top=0)


class _ReadOnly(Fleeting):
    """A memory in a folder that cannot be written."""

    def change(self, how: Callable[[Memories], Memories]) -> Memories:
        raise SourceError("What was said cannot be remembered.", "Mend it.")


def test_an_event_is_told_even_where_that_cannot_be_remembered() -> None:
    answer = Anomalies(_source(_spike()), memory=_ReadOnly()).events(new=True, fail_on=["any"])
    assert len(_table(answer)) == 1 and answer.exit.code == 3
    assert "shown again" in _text(answer)


def test_two_jobs_of_different_thresholds_see_a_growing_event_once_each() -> None:
    memory = Fleeting()
    seen: dict[str, list[int]] = {"50": [], "3000": []}
    for day in range(1, 11):
        known = [row for row in _rows(_spike(days=10)) if row["date"] < SPIKE + timedelta(days=day)]
        tools = Anomalies(FakeSource(known), memory=memory)
        for least, days in seen.items():
            days += [day] * len(_table(tools.events(new=True, min_impact=least)))
    assert seen["50"] == [1]
    assert len(seen["3000"]) == 1 and seen["3000"][0] > 2


@pytest.mark.parametrize(
    ("conditions", "code"),
    [
        (["any"], 3),
        (["ANY"], 3),
        (["impact>1000"], 3),
        (["impact>1,900"], 0),
        (["impact>1900,any"], 3),
        (["total>=1.7k"], 3),
        (["per-month>1"], 0),
        ([], 0),
    ],
)
def test_conditions_set_the_exit_code(conditions: list[str], code: int) -> None:
    answer = Anomalies(_source(_spike())).events(fail_on=conditions)
    assert answer.exit.code == code
    assert answer.exit.reason == ("condition_met" if code else "answered")


@pytest.mark.parametrize("word", ["nay", "size>3", "impact>10%", "impact>x"])
def test_a_condition_that_cannot_be_is_refused(word: str) -> None:
    with pytest.raises(UsageError) as error:
        Anomalies(_source()).events(fail_on=[word])
    assert "any, impact>1000" in error.value.hint


def test_one_event_is_shown_whole() -> None:
    tools = Anomalies(_source(_spike()))
    (row,) = _table(tools.events())
    answer = tools.show(row["id"])
    assert [table.name for table in answer.tables] == ["Events", "Its parts", "Its days"]
    assert _table(answer)[0]["id"] == row["id"]
    days = _rows_of(answer.tables[2])
    assert sum(day["actual"] for day in days) == pytest.approx(row["actual"])
    assert "Nov" not in _text(answer)
    assert "no other moved with it" in _text(answer)


def test_an_old_event_is_found_by_its_id() -> None:
    tools = Anomalies(_source(_spike(first=START + timedelta(days=100))))
    (row,) = _table(tools.events(since="all"))
    assert _table(tools.events()) == []
    assert _table(tools.show(row["id"]))[0]["start"] == row["start"]


def test_a_fall_is_told_as_one() -> None:
    rows = [
        row | ({"cost": "1"} if row["date"] >= SPIKE and row["service"] == "AmazonEC2" else {})
        for row in _quiet()
    ]
    answer = Anomalies(FakeSource(rows)).events(fail_on=["impact>10"])
    assert answer.exit.code == 0
    assert all(row["impact"] < 0 for row in _table(answer)) and _table(answer)
    assert all(row["severity"] == "notice" for row in _table(answer))
    assert "below expectation" in _text(answer) and "A saving" in _text(answer)


def test_tools_share_a_memory_through_the_catalogue() -> None:
    catalogue = Catalogue(_source(_spike()), memory=Fleeting())
    (row,) = _table(catalogue["anomaly.list"]())
    catalogue["anomaly.ack"](event=row["id"], reason="ignore")
    assert _table(catalogue["anomaly.list"]()) == []
    assert len(catalogue["anomaly.acks"]().tables[0].rows) == 1


def test_currencies_are_shown_apart() -> None:
    rows = [row | {"currency": "USD"} for row in _quiet()]
    rows += [row | {"currency": "EUR"} for row in _rows(_spike())]
    rows += [{**rows[0], "cost": "0.01"}] * 50
    source = FakeSource(rows)
    assert source.currencies()[0] == "USD"
    answer = Anomalies(source).events(fail_on=["any"])
    assert answer.exit.code == 3
    assert [len(table.rows) for table in answer.tables] == [0, 1]
    (row,) = _rows_of(answer.tables[1])
    assert _table(Anomalies(source).show(row["id"]))[0]["id"] == row["id"]
