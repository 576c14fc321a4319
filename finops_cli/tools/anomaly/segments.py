"""Where events belong by a dimension that lines are not told apart by, such as a tag.

Watching each line by tag too would tear events apart and give them other ids. So an event is found
first, and then belongs where most of its driver's money went.
"""

from collections.abc import Sequence
from dataclasses import replace

from finops_cli.domain.frame import COST
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case


def placed(basis: Basis, cases: Sequence[Case], by: Sequence[str]) -> list[Case]:
    """Return the cases with their values of dimensions, one query for each where it needs one."""
    missing = tuple(d for d in by if d not in basis.panel.dimensions)
    return [_placed(basis, case, missing) for case in cases] if missing else list(cases)


def _placed(basis: Basis, case: Case, dimensions: tuple[str, ...]) -> Case:
    days = Period(case.event.start, case.event.end)
    filters = (*basis.filters, *case.filters())
    found = basis.source.fetch(
        CostQuery(days, basis.metric, Granularity.TOTAL, dimensions, filters)
    )
    rows = sorted(found.select(COST, *dimensions), key=lambda row: -row[0])
    values = rows[0][1:] if rows else (None,) * len(dimensions)
    return replace(case, where={**case.where, **dict(zip(dimensions, values, strict=True))})
