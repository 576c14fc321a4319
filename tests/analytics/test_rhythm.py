"""What repeats is learned, what is new stays visible."""

from datetime import date, timedelta

from finops_cli.analytics.rhythm import learn

DAYS = [date(2026, 4, 1) + timedelta(days=i) for i in range(228)]


def on(days: set[date], extra: float) -> dict[date, float]:
    return {day: 100.0 + day.day % 3 + (extra if day in days else 0.0) for day in DAYS}


def test_a_fee_on_each_first_is_recurring_and_tells_nothing_of_the_level() -> None:
    firsts = {day for day in DAYS if day.day == 1}
    rhythm = learn(on(firsts, 500.0))
    assert rhythm.recurring[date(2026, 11, 1)][:2] == (date(2026, 10, 1), date(2026, 9, 1))
    assert date(2026, 11, 1) not in rhythm.clean
    assert rhythm.special == firsts


def test_a_charge_on_each_last_day_is_recurring_although_months_differ() -> None:
    lasts = {day for day in DAYS if (day + timedelta(days=1)).day == 1}
    rhythm = learn(on(lasts, 500.0))
    assert rhythm.recurring[date(2026, 9, 30)][:2] == (date(2026, 8, 31), date(2026, 7, 31))


def test_a_first_fee_is_new() -> None:
    rhythm = learn(on({date(2026, 11, 1)}, 500.0))
    assert not rhythm.recurring
    assert rhythm.clean[date(2026, 11, 1)] > 500


def test_a_fee_that_stays_away_leaves_a_hole() -> None:
    firsts = {day for day in DAYS if day.day == 1 and day.month < 11}
    rhythm = learn(on(firsts, 500.0))
    assert rhythm.clean[date(2026, 11, 1)] < -300


def test_weekdays_are_taken_out() -> None:
    series = {day: 60.0 if day.weekday() >= 5 else 100.0 for day in DAYS}
    clean = learn(series).clean
    assert max(clean.values()) - min(clean.values()) < 1e-9
