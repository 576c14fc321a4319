"""What a bill does by itself is no anomaly."""

from calendar import monthrange
from datetime import date

import numpy as np
import pytest

from finops_cli.analytics.anomalies import Kind, Watch, find
from finops_cli.domain.panel import Panel
from tests.analytics.anomalies.bills import DIMENSIONS, Floats, bill, day, office, quiet, steady

HERE = ("acct-0", "service-0", "us-east-1", "usage-0")


def watch(lines: dict[tuple[str, ...], Floats]) -> Watch:
    panel = bill(lines)
    return find(panel, panel.period.end)


def on_days(days: int, amount: float, dates: list[date]) -> Floats:
    return np.array([amount if day(i) in dates else 0.0 for i in range(days)])


def firsts(days: int) -> list[date]:
    return [day(i) for i in range(days) if day(i).day == 1]


def test_a_monthly_fee_known_from_two_months_is_expected() -> None:
    lines = quiet(days=300)
    lines["acct-0", "support", "global", "fee"] = on_days(300, 900.0, firsts(300))
    found = watch(lines)
    assert found.events == ()
    assert found.set_apart["monthly charges"] >= 8


def test_a_fee_that_grows_out_of_measure_is_an_event() -> None:
    lines = quiet(days=300)
    fee = on_days(300, 900.0, firsts(300))
    fee[273] = 4_000.0
    assert day(273).day == 1
    lines["acct-0", "support", "global", "fee"] = fee
    (event,) = watch(lines).events
    assert (event.start, event.kind) == (day(273), Kind.NEW)
    assert event.impact > 2_000


def test_a_yearly_fee_is_an_event_once() -> None:
    lines = quiet(days=800)
    yearly = [date(2025, 7, 1), date(2026, 7, 1)]
    lines["acct-0", "reserved", "global", "upfront"] = on_days(800, 5_000.0, yearly)
    starts = [event.start for event in watch(lines).events if event.impact > 1_000]
    assert starts == [date(2025, 7, 1)]


def test_a_batch_at_the_turn_of_the_month_is_expected() -> None:
    lines = quiet(days=300)
    batch = steady(40.0, 300, seed=5)
    turns = {1, 2}
    for i in range(300):
        if day(i).day in turns or day(i + 1).day == 1:
            batch[i] *= 3
    lines["acct-1", "glue", "us-east-1", "dpu"] = batch
    assert watch(lines).events == ()


def test_a_batch_that_begins_later_is_news_once() -> None:
    lines = quiet(days=300)
    batch = steady(40.0, 300, seed=5)
    for i in range(100, 300):
        if day(i).day in {1, 2} or day(i + 1).day == 1:
            batch[i] *= 4
    lines["acct-1", "glue", "us-east-1", "dpu"] = batch
    (event,) = watch(lines).events
    assert event.start == date(2025, 4, 30)


def test_refunds_and_credits_are_set_apart() -> None:
    lines = quiet()
    lines["acct-0", "service-1", "us-east-1", "Refund"] = on_days(180, -400.0, [day(120)])
    lines["acct-0", "AWSCredits", "global", "Credit"] = -steady(100.0)
    lines["acct-0", "AWSCredits", "global", "Credit"][140:] = 0
    lines[HERE][90] = -250.0
    found = watch(lines)
    assert found.events == ()
    assert found.set_apart["credits, refunds and tax"] == 2
    assert found.set_apart["refunds"] == 1


def test_a_charge_category_is_read() -> None:
    plain = quiet()
    lines = {(*key, "Usage"): usage for key, usage in plain.items()}
    lines[(*HERE, "Tax")] = on_days(180, 3_000.0, [day(100)])
    panel = bill({key[:4]: usage for key, usage in plain.items()})
    keys = tuple(lines)
    wide = Panel(
        panel.period,
        (*DIMENSIONS, "charge_category"),
        keys,
        tuple(bill({("x",): usage}).costs[0] for usage in lines.values()),
    )
    assert find(wide, wide.period.end).events == ()


@pytest.mark.parametrize("length", [1, 2])
def test_days_not_delivered_are_unknown(length: int) -> None:
    lines = quiet(days=200)
    for key, usage in lines.items():
        if key[0] == "acct-0":
            usage[150 : 150 + length] = 0
    found = watch(lines)
    assert found.events == ()
    assert found.set_apart["days without data"] == length


def test_an_account_that_stays_dark_is_one_event() -> None:
    lines = quiet(days=200)
    for key, usage in lines.items():
        if key[0] == "acct-0":
            usage[180:] = 0
    (event,) = watch(lines).events
    assert event.kind is Kind.GONE
    assert len(event.series) == 4


def test_a_new_account_is_one_event() -> None:
    lines = quiet(days=200)
    for n in range(5):
        usage = np.zeros(200)
        usage[150:] = steady(60.0, 50, seed=n)
        lines["acct-9", f"service-{n}", "us-east-1", f"usage-{n}"] = usage
    (event,) = watch(lines).events
    assert event.kind is Kind.NEW
    assert (event.start, len(event.series)) == (day(150), 5)


def bursty(days: int, seed: int) -> Floats:
    draw = np.random.default_rng(seed)
    usage, on = np.zeros(days), False
    for i in range(days):
        on = draw.random() < (0.6 if on else 0.25)
        usage[i] = 120.0 * float(np.exp(0.3 * draw.normal())) if on else 0.0
    return usage


def test_a_line_that_switches_on_and_off_is_normal_for_itself_once_that_is_known() -> None:
    lines = quiet(days=400)
    for seed in range(4):
        lines["acct-1", f"emr-{seed}", "us-east-1", "runs"] = bursty(400, seed)
    assert [event for event in watch(lines).events if event.first_alert >= day(35)] == []


def test_storage_priced_by_the_month_is_dearer_a_day_in_february() -> None:
    lines = quiet(days=300)
    lengths = np.array([monthrange(day(i).year, day(i).month)[1] for i in range(300)])
    for n in range(4):
        lines["acct-0", f"storage-{n}", "us-east-1", "bytes"] = (
            steady(3000, 300, 0.001, n) / lengths
        )
    assert watch(lines).events == ()


def test_a_burst_far_beyond_all_before_is_an_event() -> None:
    lines = quiet(days=400)
    usage = bursty(400, 1)
    usage[300:303] = 3_000.0
    lines["acct-1", "emr", "us-east-1", "runs"] = usage
    (event,) = [event for event in watch(lines).events if event.first_alert >= day(35)]
    assert event.start == day(300)


def test_a_holiday_on_which_all_behave_like_at_a_weekend_is_none() -> None:
    lines: dict[tuple[str, ...], Floats] = {}
    for n in range(8):
        usage = office(60.0 + 5 * n, 300, weekend=0.3, seed=n)
        usage[[239, 240]] *= 0.3
        lines[f"acct-{n % 2}", f"service-{n}", "us-east-1", "usage"] = usage
    assert day(239).weekday() < 5 and day(240).weekday() < 5
    found = watch(lines)
    assert found.events == ()
    assert found.set_apart["holidays"] == 2
