"""Caps that hold, and the book that they are held against in trouble."""

from tests.faces.aws_faults.live import A_DAY, LAST_30_DAYS, Live, Seen
from tests.faces.aws_faults.page import fault
from tests.faces.aws_faults.test_answers import COLD, booked


@fault("The cap of the run allows no request")
def test_no_request(live: Live) -> Seen:
    seen = live.cost("--max-api-cost", "0")
    assert seen.total is None
    assert live.endpoint.billed() == booked(live) == 0
    return seen


@fault("The cap of the run is reached between two pages")
def test_between_pages(live: Live) -> Seen:
    seen = live.cost("--max-api-cost", "0.03")
    assert seen.total is not None and seen.total < LAST_30_DAYS
    assert seen.total % A_DAY == 0, "a day is whole or not there"
    assert live.endpoint.billed() == booked(live) == 3
    again = live.cost()
    assert (again.code, again.total) == (0, LAST_30_DAYS)
    return seen


@fault("The cap of the run is reached between two steps")
def test_between_steps(live: Live) -> Seen:
    live.cost("--by", "account")  # the first step
    seen = live.cost("--by", "account,service,region", "--max-api-cost", "0.03")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("The cap of the day is reached by another run")
def test_day(live: Live) -> Seen:
    live.set({"FINOPS_MAX_API_COST_PER_DAY": "0.04"})
    assert live.cost().code == 0
    seen = live.cost("--by", "region", "--period", "2026-08")
    assert seen.total is None
    assert live.endpoint.billed() == booked(live) == COLD
    return seen


@fault("The cap of the month is reached by another run")
def test_month(live: Live) -> Seen:
    live.set({"FINOPS_MAX_API_COST_PER_MONTH": "0.04"})
    assert live.cost().code == 0
    seen = live.cost("--by", "region", "--period", "2026-08")
    assert seen.total is None
    assert live.endpoint.billed() == booked(live) == COLD
    return seen


@fault("A cap is no amount")
def test_no_amount(live: Live) -> Seen:
    seen = live.cost("--max-api-cost", "little")
    assert not live.endpoint.requests
    return seen


@fault("The book of what was spent is damaged, and a cap depends on it")
def test_damaged_book_with_a_cap(live: Live) -> Seen:
    live.set({"FINOPS_MAX_API_COST_PER_DAY": "5"})
    _damage(live)
    seen = live.cost()
    assert seen.total is None
    assert live.endpoint.billed() == 0
    return seen


@fault("The book of what was spent is damaged, and no cap depends on it")
def test_damaged_book(live: Live) -> Seen:
    _damage(live)
    seen = live.cost("--max-api-cost", "0.04")
    assert seen.total == LAST_30_DAYS
    return seen


@fault("The book of what was spent cannot be made")
def test_no_place_for_the_book(live: Live) -> Seen:
    (live.folder / "state").write_text("a file where the folder should be")
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    return seen


def _damage(live: Live) -> None:
    live.book.parent.mkdir()
    live.book.write_bytes(b"no book at all" * 999)
