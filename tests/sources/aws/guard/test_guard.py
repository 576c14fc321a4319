"""The call guard: counted, priced, capped, tried again; never past its time."""

import threading
from collections.abc import Callable, Iterable
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.source import Meter
from finops_cli.errors import Denied, FinopsError, NoAnswer, SpendCap, TimeUp
from finops_cli.sources.aws.guard.calls import RETRIED, CallFailed, Failure, Parameters, Reply
from finops_cli.sources.aws.guard.caps import Caps
from finops_cli.sources.aws.guard.deadline import Deadline
from finops_cli.sources.aws.guard.guard import Guard
from finops_cli.sources.aws.guard.ledger import Ledger
from finops_cli.sources.aws.guard.operations import CALLER_IDENTITY, COST_AND_USAGE, Operation
from finops_cli.sources.aws.guard.pace import Pace
from tests.sources.aws.clock import FakeClock

CENT = Decimal("0.01")


class Script:
    """Answers or fails as scripted, and remembers what it was sent."""

    def __init__(self, *answers: Reply | Failure) -> None:
        self.answers = list(answers)
        self.sent: list[Parameters] = []

    def __call__(self, operation: Operation, parameters: Parameters, /) -> Reply:
        self.sent.append(dict(parameters))
        answer = self.answers.pop(0) if self.answers else {}
        if isinstance(answer, Failure):
            raise CallFailed(answer, answer.value, "as scripted")
        return answer


class World:
    """A guard and all that it stands between."""

    def __init__(
        self,
        *answers: Reply | Failure,
        caps: Caps = Caps(),  # noqa: B008
        seconds: float | None = None,
        jitter: Callable[[], float] = lambda: 1.0,
    ) -> None:
        self.send, self.clock, self.meter = Script(*answers), FakeClock(), Meter()
        self.ledger = Ledger(None, "cost", self.clock)
        self.deadline = Deadline(self.clock, seconds)
        limits = Pace(self.clock), self.deadline
        self.guard = Guard(
            self.send, self.ledger, caps, self.meter, "1", self.clock, *limits, jitter
        )

    def __enter__(self) -> "World":
        return self

    def __exit__(self, *_: object) -> None:
        self.ledger.close()

    def pages(self) -> list[Reply]:
        return list(self.guard.pages(COST_AND_USAGE, {"Metrics": ["a"]}))


def chained(*tokens: str) -> Iterable[Reply]:
    return [{"n": n, "NextPageToken": token} for n, token in enumerate(tokens)]


def test_each_page_is_a_request() -> None:
    with World(*chained("a", "b"), {"n": 2}) as world:
        assert [page["n"] for page in world.pages()] == [0, 1, 2]
        assert [sent.get("NextPageToken") for sent in world.send.sent] == [None, "a", "b"]
        assert (world.meter.api_calls, world.meter.api_cost) == (3, 3 * CENT)
        assert world.ledger.this_run() == 3 * CENT


def test_a_cap_stops_between_pages() -> None:
    with World(*chained("a", "b"), {"n": 2}, caps=Caps(run=2 * CENT)) as world:
        found = []
        with pytest.raises(SpendCap):
            for page in world.guard.pages(COST_AND_USAGE, {}):
                found.append(page)
        assert len(found) == len(world.send.sent) == world.meter.api_calls == 2


def test_a_page_that_comes_again_is_refused() -> None:
    with World(*chained("a", "b", "a")) as world, pytest.raises(NoAnswer, match="leads back"):
        world.pages()


def test_an_empty_page_leads_on() -> None:
    with World({"NextPageToken": "a"}, {"n": 1}) as world:
        assert len(world.pages()) == 2


@pytest.mark.parametrize("failure", RETRIED)
def test_what_may_pass_is_tried_again(failure: Failure) -> None:
    with World(failure, failure, {"ok": 1}) as world:
        assert world.guard.call(COST_AND_USAGE, {}) == {"ok": 1}
        billed = 3 if failure is Failure.CUT else 1
        assert world.meter.api_calls == billed
        assert world.ledger.this_run() == world.meter.api_cost == billed * CENT
        assert world.clock.slept == [0.2, 0.4]


@pytest.mark.parametrize("failure", RETRIED)
def test_it_gives_up_after_five(failure: Failure) -> None:
    with World(*[failure] * 9) as world:
        with pytest.raises(NoAnswer):
            world.guard.call(COST_AND_USAGE, {})
        assert len(world.send.sent) == 5


def test_after_giving_up_it_tries_once_until_aws_answers() -> None:
    with World(*[Failure.SERVER] * 6, {"ok": 1}, Failure.SERVER, {"ok": 2}) as world:
        for _ in range(2):
            with pytest.raises(NoAnswer):
                world.guard.call(COST_AND_USAGE, {})
        assert len(world.send.sent) == 6
        assert world.guard.call(COST_AND_USAGE, {}) == {"ok": 1}
        assert world.guard.call(COST_AND_USAGE, {}) == {"ok": 2}


@pytest.mark.parametrize("failure", [f for f in Failure if f not in RETRIED])
def test_what_will_not_pass_is_told_at_once(failure: Failure) -> None:
    with World(failure) as world:
        with pytest.raises(FinopsError) as told:
            world.guard.call(COST_AND_USAGE, {})
        assert told.value.message
        assert len(world.send.sent) == 1
        assert (world.meter.api_calls, world.meter.api_cost) == (0, 0)
        assert world.ledger.this_run() == 0


def test_a_missing_permission_is_named() -> None:
    with World(Failure.DENIED) as world, pytest.raises(Denied, match="ce:GetCostAndUsage"):
        world.guard.call(COST_AND_USAGE, {})


def test_tries_are_paid_for_within_the_cap() -> None:
    with World(Failure.CUT, Failure.CUT, {}, caps=Caps(run=2 * CENT)) as world:
        with pytest.raises(SpendCap):
            world.guard.call(COST_AND_USAGE, {})
        assert len(world.send.sent) == 2


def test_free_requests_cost_nothing() -> None:
    with World({}, caps=Caps(run=Decimal(0))) as world:
        world.guard.call(CALLER_IDENTITY, {})
        assert world.meter.api_calls == 0


def test_the_time_of_a_run_is_never_passed() -> None:
    with World(*[Failure.THROTTLED] * 9, seconds=1.0) as world:
        with pytest.raises(TimeUp, match="1 seconds"):
            world.guard.call(COST_AND_USAGE, {})
        assert sum(world.clock.slept) <= 1.0
    with World(seconds=10) as world:
        world.guard.call(COST_AND_USAGE, {})
        world.clock.pass_(seconds=11)
        with pytest.raises(TimeUp):
            world.guard.call(COST_AND_USAGE, {})
        assert len(world.send.sent) == 1


def test_another_question_has_its_own_time_and_the_same_caps() -> None:
    with World(seconds=10, caps=Caps(run=CENT)) as world:
        world.guard.call(COST_AND_USAGE, {})
        world.clock.pass_(seconds=11)
        world.deadline.restart()
        with pytest.raises(SpendCap):
            world.guard.call(COST_AND_USAGE, {})
        world.guard.call(CALLER_IDENTITY, {})
        world.clock.pass_(seconds=11)
        with pytest.raises(TimeUp):
            world.guard.call(CALLER_IDENTITY, {})


@given(st.floats(0, 1), st.integers(1, 4))
def test_waits_stay_within_their_bounds(luck: float, failures: int) -> None:
    with World(*[Failure.SERVER] * failures, jitter=lambda: luck) as world:
        world.guard.call(COST_AND_USAGE, {})
        waits = [0.2 * 2**n * luck for n in range(failures)]
        assert world.clock.slept == pytest.approx([wait for wait in waits if wait > 0])


def test_a_burst_passes_and_then_the_rate_holds() -> None:
    with World() as world:
        began = world.clock.monotonic()
        for _ in range(28):
            world.guard.call(COST_AND_USAGE, {})
        assert world.clock.monotonic() - began == pytest.approx(5.0, abs=0.3)


def test_throttling_slows_down_and_answers_speed_up() -> None:
    pace = Pace(FakeClock())
    for _ in range(3):
        pace.slower()
    assert pace.rate == 0.5
    for _ in range(100):
        pace.slower()
    assert pace.rate > 0
    for _ in range(100):
        pace.faster()
    assert pace.rate == 4.0


def test_threads_count_together() -> None:
    with World(caps=Caps(run=20 * CENT)) as world:
        refused = []

        def work() -> None:
            for _ in range(5):
                try:
                    world.guard.call(COST_AND_USAGE, {})
                except SpendCap as error:
                    refused.append(error)

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert (world.meter.api_calls, len(refused)) == (20, 20)
        assert world.ledger.this_run() == 20 * CENT
