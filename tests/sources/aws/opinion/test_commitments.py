"""Commitments of the demo, served as an AWS account: what was asked for, what came of it."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.domain.commitments import Coverage, Purchase, Scheme, Utilization
from finops_cli.domain.period import Period
from finops_cli.domain.query import RECORD_TYPE, CostQuery, Filter
from finops_cli.errors import NoAnswer, NotCached
from finops_cli.sources import DEMO, Today, open_source
from finops_cli.sources.aws.guard.calls import Parameters, Reply
from finops_cli.sources.aws.guard.operations import Operation
from finops_cli.sources.aws.opinion.commitments import PLANS, RESERVED, Commitments
from finops_cli.sources.aws.opinion.opinions import Opinions
from finops_cli.sources.aws.opinion.purchases import reserved, saved
from tests.aws_endpoint.endpoint import Endpoint
from tests.fakes import FakeSource
from tests.sources.aws.accounts import Account, account, environment
from tests.sources.aws.clock import FakeClock
from tests.tools.bills import EC2, charge, days

TODAY = date(2026, 11, 16)
OCTOBER = Period(date(2026, 10, 1), date(2026, 11, 1))
AUTUMN = Period(date(2026, 9, 1), date(2026, 11, 1))


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Account]:
    folder = tmp_path_factory.getbasetemp().parent / "finops-cache-of-demo"
    source = open_source(DEMO, Today(TODAY, pinned=True), folder)
    with account(source, TODAY, tmp_path_factory.mktemp("live")) as demo:
        yield demo


@pytest.fixture
def bill(demo: Account) -> Iterator[Account]:
    with environment(demo.endpoint.environment()):
        yield demo


def _commitments(bill: Account, offline: bool = False) -> Commitments:
    opinion = bill.open(offline=offline).second_opinion
    assert isinstance(opinion, Opinions)
    return Commitments(opinion.reader)


@contextmanager
def _asking(endpoint: Endpoint, requests: int) -> Iterator[None]:
    before = endpoint.billed()
    yield
    assert endpoint.billed() - before == requests


def test_coverage_is_two_requests_and_then_none(bill: Account) -> None:
    with _asking(bill.endpoint, 2):
        plans, reservations = _commitments(bill).coverage(AUTUMN)
        assert _commitments(bill).coverage(AUTUMN) == (plans, reservations)
    assert (plans.scheme, reservations.scheme) == (Scheme.SAVINGS_PLANS, Scheme.RESERVATIONS)
    for one in (plans, reservations):
        assert one.covered > 0 and one.on_demand > 0 and one.on_demand_cost > 0
        assert one.share == one.covered / (one.covered + one.on_demand)


def test_coverage_of_months_adds_up(bill: Account) -> None:
    commitments = _commitments(bill)
    parts = [commitments.coverage(month)[0] for month in (OCTOBER, OCTOBER.previous())]
    whole = commitments.coverage(AUTUMN)[0]
    assert sum(part.covered for part in parts) == whole.covered
    assert sum(part.on_demand for part in parts) == whole.on_demand


def test_what_is_committed_is_what_the_bill_charges(bill: Account) -> None:
    fees = Filter(RECORD_TYPE, ("SavingsPlanRecurringFee",))
    charged = bill.open().fetch(CostQuery(OCTOBER, filters=(fees,))).total()
    with _asking(bill.endpoint, 2):
        plans, reservations = _commitments(bill).utilization(OCTOBER)
        assert _commitments(bill).utilization(OCTOBER) == (plans, reservations)
    assert plans.committed == plans.cost == charged
    assert plans.used + plans.unused == plans.committed
    for one in (plans, reservations):
        assert one.share is not None and Decimal("0.5") < one.share <= 1


def test_recommendations_are_a_request_a_kind(bill: Account) -> None:
    with _asking(bill.endpoint, len(PLANS) + len(RESERVED)):
        found = _commitments(bill).recommendations()
        assert _commitments(bill).recommendations() == found
    savings = [one.monthly_savings for one in found]
    assert savings == sorted(savings, reverse=True) and savings[-1] > 0
    plan = next(one for one in found if one.scheme is Scheme.SAVINGS_PLANS)
    assert plan.kind == "COMPUTE_SP" and plan.hourly and plan.count is None
    machine = next(one for one in found if one.scheme is Scheme.RESERVATIONS)
    assert machine.kind in RESERVED and machine.count and machine.hourly is None
    assert machine.what and machine.region
    for one in found:
        assert (one.term, one.payment, one.upfront) == ("ONE_YEAR", "NO_UPFRONT", Decimal(0))
        assert 0 < one.savings_share < 1 and 0 < one.utilization <= 1


def test_other_terms_are_another_question(bill: Account) -> None:
    usual = _commitments(bill).recommendations()
    longer = _commitments(bill).recommendations("THREE_YEARS", "ALL_UPFRONT")
    assert {one.term for one in longer} == {"THREE_YEARS"}
    assert longer[0].upfront > 0
    assert longer[0].monthly_savings > usual[0].monthly_savings


def test_whoever_has_no_commitments_uses_none(tmp_path: Path) -> None:
    rows = [charge(day, "100", EC2) for day in days()]
    with account(FakeSource(rows, TODAY), TODAY, tmp_path) as plain:
        assert _commitments(plain).utilization(OCTOBER) == ()
        with pytest.raises(NotCached):
            _commitments(plain, offline=True).coverage(OCTOBER)
        assert _commitments(plain, offline=True).utilization(OCTOBER) == ()


def test_a_month_that_is_closed_is_kept_for_good(tmp_path: Path) -> None:
    clock = FakeClock()
    rows = [charge(day, "100", EC2) for day in days()]
    under_way = Period(date(2026, 11, 1), date(2026, 11, 10))
    with account(FakeSource(rows, TODAY), TODAY, tmp_path, clock) as plain:
        for _ in range(2):
            _commitments(plain).coverage(OCTOBER)
            _commitments(plain).coverage(under_way)
            clock.pass_(hours=9)
        assert plain.endpoint.billed() == 2 + 2 * 2


def test_nothing_has_no_share() -> None:
    zero = Decimal(0)
    assert Coverage(Scheme.RESERVATIONS, zero, zero, zero).share is None
    assert Utilization(Scheme.RESERVATIONS, zero, zero, zero, zero).share is None


def test_amounts_are_exact() -> None:
    detail = {
        "HourlyCommitmentToPurchase": "1.234567890123",
        "EstimatedMonthlySavingsAmount": "0.1",
        "EstimatedSavingsPercentage": "27.5",
        "EstimatedAverageUtilization": "99",
        "SavingsPlansDetails": {"InstanceFamily": "m5", "Region": "eu-west-1"},
    }
    terms = {"SavingsPlansType": "EC2_INSTANCE_SP", "TermInYears": "A", "PaymentOption": "B"}
    found = {**terms, "SavingsPlansPurchaseRecommendationDetails": [detail]}
    (one,) = saved([{"SavingsPlansPurchaseRecommendation": found}, {}])
    assert isinstance(one, Purchase)
    assert (one.hourly, one.savings_share) == (Decimal("1.234567890123"), Decimal("0.275"))
    assert (one.what, one.region, one.account) == ("m5", "eu-west-1", None)


def test_an_answer_without_recommendations_has_none() -> None:
    assert list(saved([{}])) == [] == list(reserved(EC2)([{}, {"Recommendations": []}]))


def test_an_answer_that_cannot_be_read_is_not_kept(tmp_path: Path) -> None:
    rows = [charge(day, "100", EC2) for day in days()]
    with account(FakeSource(rows, TODAY), TODAY, tmp_path) as plain:
        commitments = _commitments(plain)
        commitments.reader.calls = Garbled()
        with pytest.raises(NoAnswer):
            commitments.coverage(OCTOBER)
        assert _commitments(plain).coverage(OCTOBER)


class Garbled:
    """Answers something that is not what the documentation says."""

    warnings: tuple[str, ...] = ()

    def call(self, operation: Operation, parameters: Parameters) -> Reply:
        return {"SavingsPlansCoverages": [{"Coverage": {}}]}

    def pages(self, operation: Operation, parameters: Parameters) -> Iterator[Reply]:
        yield self.call(operation, parameters)
