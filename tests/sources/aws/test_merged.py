"""Several bills as one: added up, each once; one that fails is named and left out."""

from datetime import date, timedelta
from decimal import Decimal

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.domain.frame import COST, Frame
from finops_cli.domain.period import Calendar, Period
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.domain.source import Meter, Restart
from finops_cli.errors import Denied, NoAnswer, SpendCap, UnknownName
from finops_cli.sources.aws.merged import Member, MergedSource, left_out
from finops_cli.tools.shortfalls import telling_shortfalls
from tests.fakes import FakeSource

FIRST = date(2026, 10, 1)
DAY = timedelta(days=1)
OCTOBER = Period(FIRST, date(2026, 11, 1))


def bill(account: str, services: tuple[str, ...], days: int = 31) -> list[dict[str, object]]:
    return [
        {"date": FIRST + DAY * n, "cost": Decimal(n + at) / 8, q.SERVICE: name, q.ACCOUNT: account}
        for n in range(days)
        for at, name in enumerate(services)
    ]


WEB, DATA = bill("111111111111", ("EC2", "S3")), bill("222222222222", ("S3", "RDS"), 20)


class Failing(FakeSource):
    """A bill that can be read so many times, and then no more."""

    times = 0

    def fetch(self, query: CostQuery) -> Frame:
        self.times -= 1
        if self.times < 0:
            raise NoAnswer("AWS does not answer.", "Try again.")
        return super().fetch(query)


def merged(*members: tuple[str, FakeSource], meter: Meter | None = None) -> MergedSource:
    named = [Member(name, source) for name, source in members]
    return MergedSource(named, Calendar.of(date(2026, 11, 1)), meter or Meter(), 4)


BOTH = (("web", FakeSource(WEB)), ("data", FakeSource(DATA)))


@pytest.mark.parametrize("granularity", Granularity)
@pytest.mark.parametrize("by", [(), (q.SERVICE,), (q.ACCOUNT, q.SERVICE)])
def test_the_whole_is_the_sum_of_the_bills(by: tuple[str, ...], granularity: Granularity) -> None:
    query = CostQuery(OCTOBER, granularity=granularity, group_by=by)
    assert merged(*BOTH).fetch(query) == FakeSource([*WEB, *DATA]).fetch(query)


def test_panels_are_added_up() -> None:
    query = CostQuery(OCTOBER, group_by=(q.SERVICE,))
    ours, plain = merged(*BOTH).panel(query), FakeSource([*WEB, *DATA]).panel(query)
    assert dict(zip(ours.keys, ours.costs, strict=True)) == dict(
        zip(plain.keys, plain.costs, strict=True)
    )


def test_names_and_days_of_all_are_known() -> None:
    source = merged(*BOTH)
    assert source.coverage() == OCTOBER
    assert set(source.values(q.SERVICE)) == {"EC2", "S3", "RDS"}
    assert source.values(q.ACCOUNT) == ("111111111111", "222222222222")
    assert source.label == "aws: web, data"


def test_a_bill_that_fails_is_left_out_of_the_whole_answer() -> None:
    meter, bad = Meter(), Failing(DATA)
    bad.times = 1
    source = merged(("web", FakeSource(WEB)), ("data", bad), meter=meter)

    def tool() -> Answer:
        first = source.fetch(CostQuery(OCTOBER))
        second = source.fetch(CostQuery(OCTOBER, group_by=(q.SERVICE,)))
        assert first.total() == second.total()
        return Answer(Sentence(str(first.total())), Provenance(source=source.label))

    answer = telling_shortfalls(tool, meter)()
    rest = FakeSource(WEB).fetch(CostQuery(OCTOBER)).total()
    assert answer.title.template == f"Incomplete, see the note: {rest}"
    assert answer.exit.code == 5
    assert "data is left out" in answer.warnings[0] and "does not answer" in answer.warnings[0]


def test_losing_a_bill_after_it_was_counted_begins_anew() -> None:
    bad = Failing(DATA)
    bad.times = 1
    source = merged(("web", FakeSource(WEB)), ("data", bad))
    source.fetch(CostQuery(OCTOBER))
    with pytest.raises(Restart):
        source.fetch(CostQuery(OCTOBER))
    assert source.fetch(CostQuery(OCTOBER)).column(COST)


def test_where_no_bill_can_be_read_that_is_the_answer() -> None:
    source = merged(("web", Failing(WEB)), ("data", Failing(DATA)))
    with pytest.raises(NoAnswer):
        source.fetch(CostQuery(OCTOBER))


def test_a_wrong_question_is_no_failure_of_a_bill() -> None:
    source = merged(*BOTH)
    with pytest.raises(UnknownName):
        source.fetch(CostQuery(OCTOBER, group_by=("shape",)))
    assert not source.meter.shortfalls
    assert source.fetch(CostQuery(OCTOBER, group_by=(q.ACCOUNT,))).column(q.ACCOUNT)


def test_exit_codes_tell_a_cap_from_a_failure() -> None:
    assert left_out("web", SpendCap("No more.")).code == 6
    assert left_out("web", Denied("Not allowed.")).code == 5
