"""What one Step has fetched, another finds."""

import threading
from datetime import date, timedelta
from decimal import Decimal

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.frame import Frame
from finops_cli.domain.query import CostQuery
from finops_cli.domain.source import Restart, Shortfall
from finops_cli.errors import NoAnswer
from finops_cli.sources.shared import SharedSource
from tests.fakes import FakeSource

ROWS = [
    {"date": date(2026, 10, 1) + timedelta(days=n), "cost": Decimal(n), q.SERVICE: "EC2"}
    for n in range(9)
]
QUERY = CostQuery(FakeSource(ROWS).coverage(), group_by=(q.SERVICE,))


def test_the_same_data_is_fetched_once() -> None:
    own = FakeSource(ROWS)
    shared = SharedSource(own)
    frames = [shared.fetch(QUERY) for _ in range(3)]
    assert frames[0] == own.fetch(QUERY)
    assert len(own.queries) == 2
    assert shared.panel(QUERY) is shared.panel(QUERY)


def test_threads_wait_for_the_one_that_fetches() -> None:
    own = FakeSource(ROWS)
    shared, found = SharedSource(own), []
    threads = [threading.Thread(target=lambda: found.append(shared.fetch(QUERY))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(own.queries) == 1 and len(found) == 8


def test_currencies_share_too() -> None:
    own = FakeSource([{**row, "currency": "EUR"} for row in ROWS])
    shared = SharedSource(own)
    assert shared.in_currency("EUR") is shared.in_currency("EUR")
    assert shared.in_currency("EUR").fetch(QUERY).total() == Decimal(36)


class Broken(FakeSource):
    error: Exception | None = NoAnswer("AWS is gone.")

    def fetch(self, query: CostQuery) -> Frame:
        if self.error:
            raise self.error
        return super().fetch(query)


def test_a_failure_is_not_kept() -> None:
    own = Broken(ROWS)
    shared = SharedSource(own)
    with pytest.raises(NoAnswer):
        shared.fetch(QUERY)
    own.error = None
    assert shared.fetch(QUERY).total() == Decimal(36)


def test_after_a_restart_nothing_is_kept() -> None:
    own = Broken(ROWS)
    own.error = None
    shared = SharedSource(own)
    other = CostQuery(QUERY.period)
    shared.fetch(QUERY)
    own.error = Restart()
    with pytest.raises(Restart):
        shared.fetch(other)
    own.error = None
    before = len(own.queries)
    shared.fetch(QUERY)
    assert len(own.queries) == before + 1


def test_another_question_looks_again_for_what_the_last_one_lacked() -> None:
    own = FakeSource(ROWS)
    shared = SharedSource(own)
    lasting = Shortfall("One account is left out.", 5, "no_answer", lasting=True, incomplete=True)
    shared.fetch(QUERY)
    shared.begin()
    shared.fetch(QUERY)
    assert len(own.queries) == 1
    own.meter.api_calls, own.meter.api_cost = 2, Decimal("0.02")
    own.meter.shortfalls += [Shortfall("Yesterday lacks.", 6, "spend cap"), lasting]
    shared.begin()
    shared.fetch(QUERY)
    assert len(own.queries) == 2
    assert (own.meter.api_calls, own.meter.api_cost) == (0, 0)
    assert own.meter.shortfalls == [lasting]
