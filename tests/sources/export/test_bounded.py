"""More groups than anyone can use are bounded; their sums stay exact."""

from typing import Any

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.frame import SMALLER
from finops_cli.domain.query import CostQuery, Granularity
from finops_cli.sources.export.bounded import bounded_rows
from tests.fakes import FakeSource
from tests.sources.formats import fake


def _run(source: FakeSource) -> Any:
    def run(query: CostQuery, tail: str) -> list[tuple[Any, ...]]:
        rows = list(source.fetch(query).rows)
        if "LIMIT" in tail:
            rows.sort(key=lambda row: -abs(row[-3]))
            rows = rows[: int(tail.rsplit(" ", 1)[1])]
        return rows

    return run


@pytest.mark.parametrize("grain", Granularity)
@pytest.mark.parametrize("by", [(q.RESOURCE,), (q.RESOURCE, q.USAGE_TYPE), (q.SERVICE, "tag:team")])
@pytest.mark.parametrize("most", [1, 3, 10_000])
def test_sums_stay_exact(grain: Granularity, by: tuple[str, ...], most: int) -> None:
    source = fake()
    query = CostQuery(source.coverage(), granularity=grain, group_by=by)
    rows, folded = bounded_rows(query, _run(source), most)
    whole = source.fetch(query)
    assert sum(row[-3] for row in rows) == whole.total()
    assert folded == (len(whole) > most)
    if not folded:
        assert tuple(rows) == whole.rows
    else:
        kept = [row for row in rows if SMALLER not in row]
        assert len(kept) == most
        assert set(kept) <= set(whole.rows)


def test_dimensions_with_few_values_are_never_folded() -> None:
    source = fake()
    query = CostQuery(source.coverage(), granularity=Granularity.DAILY, group_by=(q.SERVICE,))
    rows, folded = bounded_rows(query, _run(source), most=1)
    assert (tuple(rows), folded) == (source.fetch(query).rows, False)


def test_sums_by_the_other_dimensions_stay_exact() -> None:
    source = fake()
    query = CostQuery(source.coverage(), group_by=(q.RESOURCE, q.SERVICE))
    rows, _ = bounded_rows(query, _run(source), most=2)
    by_service: dict[str, Any] = {}
    for _resource, service, cost, *_ in rows:
        by_service[service] = by_service.get(service, 0) + cost
    coarse = source.fetch(CostQuery(source.coverage(), group_by=(q.SERVICE,)))
    assert by_service == dict(coarse.select(q.SERVICE, "cost"))
