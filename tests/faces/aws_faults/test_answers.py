"""AWS is slow, busy, broken, or answers with something that must not become a figure."""

from decimal import Decimal

from finops_cli.sources.aws.guard import ledger
from tests.aws_endpoint.faults import Faults
from tests.aws_endpoint.wire import AwsError, Call
from tests.faces.aws_faults.live import A_DAY, LAST_30_DAYS, Live, Seen
from tests.faces.aws_faults.page import fault

COSTS = "GetCostAndUsage"
COLD = 4  # requests of the question on a cold cache: the overview, and three pages


@fault("AWS says twice that it is asked too often")
def test_throttled_twice(live: Live) -> Seen:
    live.faults.throttle(2, COSTS)
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    assert booked(live) == live.endpoint.billed() == COLD
    return seen


@fault("AWS says every time that it is asked too often")
def test_throttled_for_ever(live: Live) -> Seen:
    live.faults.limit(-1, COSTS)
    seen = live.cost()
    assert seen.total is None
    assert len([r for r in live.endpoint.requests if r.operation == COSTS]) == 5
    assert booked(live) == 0
    return seen


@fault("AWS breaks once")
def test_server_error_once(live: Live) -> Seen:
    live.faults.server_error(1, COSTS)
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    assert booked(live) == COLD
    return seen


@fault("AWS is broken")
def test_server_error_for_ever(live: Live) -> Seen:
    live.faults.server_error(-1, COSTS)
    seen = live.cost()
    assert seen.total is None
    assert booked(live) == 0
    return seen


@fault("AWS hangs up once before it answers")
def test_hang_up_once(live: Live) -> Seen:
    live.faults.hang_up(1, COSTS)
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    assert booked(live) == COLD
    return seen


@fault("AWS cannot be reached")
def test_unreachable(live: Live) -> Seen:
    live.faults.hang_up(-1)
    seen = live.cost()
    assert seen.total is None
    assert booked(live) == 0
    return seen


@fault("The connection breaks once in the middle of an answer")
def test_cut_once(live: Live) -> Seen:
    live.faults.cut(1, COSTS)
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    assert booked(live) == live.endpoint.billed() == COLD + 1
    return seen


@fault("The connection breaks in the middle of every answer")
def test_cut_for_ever(live: Live) -> Seen:
    live.faults.cut(-1, COSTS)
    seen = live.cost()
    assert seen.total is None
    assert booked(live) == live.endpoint.billed() == 5
    return seen


@fault("AWS takes longer than the run may take")
def test_slow(live: Live) -> Seen:
    live.cost()
    live.set({"FINOPS_API_SECONDS": "0.1"})  # from the first request, so that one is always sent
    live.faults.slow(0.2, COSTS)
    seen = live.cost("--period", "2026-10-01..2026-11-15")
    assert seen.total == LAST_30_DAYS + 13 * A_DAY
    assert live.endpoint.billed() == COLD + 1
    return seen


class BreaksAfter(Faults):
    """AWS answers so many requests for costs, and then none."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.pages = pages

    def refusal(self, call: Call) -> AwsError | None:
        self.pages -= call.operation == COSTS
        said = "We encountered an internal error. Please try again."
        return AwsError("InternalServerException", said, 500) if self.pages < 0 else None


@fault("AWS breaks between two pages")
def test_broken_between_pages(live: Live) -> Seen:
    live.break_with(BreaksAfter(3))  # the bill as a whole takes two, one of them refused
    seen = live.cost()
    assert seen.total is not None and seen.total < LAST_30_DAYS
    assert seen.total % A_DAY == 0, "a day is whole or not there"
    live.break_with(Faults())
    again = live.cost()
    assert (again.code, again.total) == (0, LAST_30_DAYS)
    return seen


@fault("AWS leads back to a page that it has shown")
def test_repeated_token(live: Live) -> Seen:
    live.faults.repeat_token(-1, COSTS)
    seen = live.cost()
    assert seen.total is None or seen.total % A_DAY == 0
    assert len(live.endpoint.requests) < 12
    live.faults.clear()
    assert live.cost().total == LAST_30_DAYS
    return seen


@fault("AWS forgets to lead to the next page")
def test_lost_token(live: Live) -> Seen:
    live.faults.drop_token(-1, COSTS)
    seen = live.cost()
    assert seen.total is not None and seen.total < LAST_30_DAYS
    assert seen.total % A_DAY == 0, "a day is whole or not there"
    live.faults.clear()
    again = live.cost()
    assert (again.code, again.total) == (0, LAST_30_DAYS)
    return seen


@fault("AWS forgets to lead to the next page of what anomalies are looked for in")
def test_lost_token_for_anomalies(live: Live) -> Seen:
    live.cost()
    live.faults.drop_token(-1, COSTS)
    return live.run("anomalies")


@fault("AWS answers with an empty page that leads to the next")
def test_empty_page(live: Live) -> Seen:
    live.faults.empty_page(3, COSTS)
    seen = live.cost()
    assert seen.total == LAST_30_DAYS
    assert booked(live) == live.endpoint.billed() == COLD + 3
    return seen


def booked(live: Live) -> int:
    """Return how many requests the book holds."""
    if not live.book.exists():
        return 0
    from finops_cli.sources.aws.guard.calls import SystemClock

    spent = ledger.Ledger(live.book.parent, "test", SystemClock()).today()
    return int(spent / Decimal("0.01"))
