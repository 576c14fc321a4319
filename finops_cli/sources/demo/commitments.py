"""What the demo organisation has committed to: a Savings Plan and two families of reservations.

Each family is a chain of one-year terms, so that history is covered as well. The three differ in
how they are billed, which is all that tells unblended from amortized cost:

- a Compute Savings Plan, no upfront, bigger at each renewal; its last term ends
  `SAVINGS_PLAN_DAYS_LEFT` days after today and its name says when;
- database reservations, no upfront, billed for the month on its first day; one of the four has had
  nothing to cover since an archive was shut down;
- cache reservations, all upfront, billed once a year.
"""

from datetime import date, timedelta
from decimal import Decimal

from finops_cli.domain.period import add_months, first_of_month
from finops_cli.sources.demo.data_meters import CACHE_R6G_LARGE, DB_R6G_2XLARGE
from finops_cli.sources.demo.model import Commitment
from finops_cli.sources.demo.noise import digits
from finops_cli.sources.demo.organisation import PROD, SHARED, USE1
from finops_cli.sources.demo.services import ELASTICACHE, RDS, SAVINGS_PLANS
from finops_cli.sources.demo.story import SAVINGS_PLAN_DAYS_LEFT

SAVINGS_PLAN_HOURLY = (Decimal("11.2"), Decimal("8.8"), Decimal("6.4"))
"""Dollars an hour of the running term, the one before, and the one before that."""
_DATABASES, _CACHES = 4, 5
_YEAR = timedelta(days=365)
_DATABASE_RENEWED, _CACHE_RENEWED = 7, 4  # months ago


def savings_plan_end(today: date) -> date:
    """Return the first day that the running Savings Plan no longer covers."""
    return today + timedelta(days=SAVINGS_PLAN_DAYS_LEFT)


def commitments(today: date) -> list[Commitment]:
    """Return every term that touches the demo's days, the newest of a family first."""
    return [
        *_savings_plans(savings_plan_end(today)),
        *_database_reservations(first_of_month(today)),
        *_cache_reservations(first_of_month(today)),
    ]


def _savings_plans(end: date) -> list[Commitment]:
    ends = [end - _YEAR * age for age in range(len(SAVINGS_PLAN_HOURLY))]
    return [
        Commitment(
            family="compute-sp",
            id=f"arn:aws:savingsplans::{SHARED.id}:savingsplan/{_uuid('compute-sp', str(age))}",
            name=f"compute-sp-until-{until}",
            type="Savings Plan",
            account=SHARED,
            region=USE1,
            service=SAVINGS_PLANS,
            usage_type="ComputeSP:1yrNoUpfront",
            billed="daily",
            daily=hourly * 24,
            rate=Decimal(1),
            start=until - _YEAR,
            end=until,
        )
        for age, (hourly, until) in enumerate(zip(SAVINGS_PLAN_HOURLY, ends, strict=True))
    ]


def _database_reservations(month: date) -> list[Commitment]:
    rate = Decimal(DB_R6G_2XLARGE.committed or 0)
    return [
        Commitment(
            family="database-ri",
            id=f"arn:aws:rds:{USE1.id}:{PROD.id}:ri:orders-{start:%Y-%m}",
            name=f"orders-databases-{start:%Y-%m}",
            type="Reserved Instance",
            account=PROD,
            region=USE1,
            service=RDS,
            usage_type="HeavyUsage:db.r6g.2xlarge",
            billed="monthly",
            daily=rate * _DATABASES * 24,
            rate=rate,
            start=start,
            end=add_months(start, 12),
        )
        for start in _starts(month, _DATABASE_RENEWED)
    ]


def _cache_reservations(month: date) -> list[Commitment]:
    rate = Decimal(CACHE_R6G_LARGE.committed or 0)
    return [
        Commitment(
            family="cache-ri",
            id=f"arn:aws:elasticache:{USE1.id}:{PROD.id}:reserved-instance:sessions-{start:%Y-%m}",
            name=f"sessions-cache-{start:%Y-%m}",
            type="Reserved Instance",
            account=PROD,
            region=USE1,
            service=ELASTICACHE,
            usage_type="HeavyUsage:cache.r6g.large",
            billed="upfront",
            daily=rate * _CACHES * 24,
            rate=rate,
            start=start,
            end=add_months(start, 12),
        )
        for start in _starts(month, _CACHE_RENEWED)
    ]


def _starts(month: date, renewed: int) -> list[date]:
    return [add_months(month, -renewed - 12 * age) for age in range(3)]


def _uuid(*words: str) -> str:
    text = digits(*words, "high") + digits(*words, "low")
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
