from datetime import date

import numpy as np
import pytest

from finops_cli.analytics.outlook import Known, Outlook, look_ahead
from tests.analytics.outlook.bills import Floats, days, flat, noisy, on_days, panel

UNTIL = date(2025, 7, 1)


def _with(fee: Floats, until: date = UNTIL, months: int = 3) -> tuple[Outlook, Known | None]:
    outlook = look_ahead(panel(noisy(until), fee), until, months)
    return outlook, next((known for known in outlook.known if known.series == 1), None)


@pytest.mark.parametrize("day", [1, 5, 31])
def test_a_monthly_fee_comes_on_its_day(day: int):
    charged = [d.day == day or (day == 31 and (d.month, d.day) == (6, 30)) for d in days(UNTIL)]
    fee = np.where(charged, 50.0, 0.0)
    _, known = _with(fee)
    assert known and known.kind == "monthly fee"
    assert known.amounts.tolist() == [50, 50, 50]


def test_a_fee_that_was_charged_this_month_is_not_due_again():
    until = date(2025, 7, 10)
    outlook, known = _with(on_days(until, 50.0, 5), until, 1)
    assert known and known.amounts.tolist() == [0, 50]
    assert outlook.parts[1].tolist() == [50, 50]


def test_a_fee_still_due_this_month_is():
    until = date(2025, 7, 10)
    _, known = _with(on_days(until, 50.0, 20), until, 1)
    assert known and known.amounts.tolist() == [50, 50]


def test_a_commitment_by_the_hour_stays_exactly():
    outlook, known = _with(flat(UNTIL, 33.0))
    assert known and known.kind == "flat rate"
    assert known.amounts == pytest.approx([33 * 31, 33 * 31, 33 * 30])
    assert outlook.parts[1] == pytest.approx(known.amounts)


def test_a_commitment_charged_on_the_first_grows_with_the_days():
    lengths = {
        1: 31,
        2: 28,
        3: 31,
        4: 30,
        5: 31,
        6: 30,
        7: 31,
        8: 31,
        9: 30,
        10: 31,
        11: 30,
        12: 31,
    }
    long = {(2024, 2): 29}
    fee = np.array(
        [
            2.0 * long.get((d.year, d.month), lengths[d.month]) if d.day == 1 else 0.0
            for d in days(UNTIL)
        ]
    )
    _, known = _with(fee)
    assert known and known.kind == "commitment"
    assert known.amounts == pytest.approx([62, 62, 60])


def test_tax_follows_the_spend_of_the_month_before():
    usage = noisy(UNTIL, sd=0.01)
    usage[-30:] *= 1.5
    found = days(UNTIL)
    tax = np.zeros(len(found))
    for i, day in enumerate(found):
        if day.day == 1 and i:
            before = [j for j in range(max(0, i - 31), i) if found[j].month == found[i - 1].month]
            tax[i] = 0.2 * usage[before].sum()
    outlook = look_ahead(panel(usage, tax), UNTIL, 2)
    (known,) = outlook.known
    assert known.kind == "tax or support"
    assert known.amounts[0] == pytest.approx(0.2 * usage[-30:].sum(), rel=0.01)
    assert known.amounts[1] == pytest.approx(0.2 * outlook.parts[0, 0], rel=0.01)


def test_a_yearly_fee_comes_again_on_its_day():
    fee = np.array([900.0 if (d.month, d.day) == (8, 15) else 0.0 for d in days(UNTIL)])
    _, known = _with(fee)
    assert known and known.kind == "annual fee"
    assert known.amounts.tolist() == [0, 900, 0]


def test_a_refund_is_not_carried_on():
    refund = np.zeros((UNTIL - date(2024, 1, 1)).days)
    refund[-3] = -5000.0
    outlook, known = _with(refund)
    assert known is None
    assert outlook.parts[1].tolist() == [0, 0, 0]


def test_a_fee_that_stopped_is_not_due():
    fee = on_days(UNTIL, 50.0, 1)
    fee[-100:] = 0
    outlook, known = _with(fee)
    assert known is None and outlook.parts[1].tolist() == [0, 0, 0]


def test_a_first_fee_on_the_first_is_taken_for_a_monthly_one():
    fee = np.zeros((UNTIL - date(2024, 1, 1)).days)
    fee[-30] = 80.0
    _, known = _with(fee)
    assert known and known.amounts.tolist() == [80, 80, 80]
