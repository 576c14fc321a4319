"""What a request to Cost Explorer asks besides its days, and what its answer can answer besides.

A shape is the key of the cache. It is written so that equal questions have equal texts, and one
shape ``serves`` another where grouping and filtering its rows again gives the other's figures:
costs by service and record type hold the costs by service, those of EC2, and those without credits.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

from finops_cli.domain import query as q
from finops_cli.domain.query import CostQuery, Filter
from finops_cli.sources.aws.bill.dimensions import value_of
from finops_cli.sources.record_types import charge_category

Key = tuple[str | None, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """Groupings and filters of requests, in an order of their own.

    ``group_by`` holds at most two dimensions as Cost Explorer knows them: the charge category of a
    frame is cut from ``record_type``.
    """

    group_by: tuple[str, ...]
    filters: tuple[Filter, ...]

    @classmethod
    def of(cls, query: CostQuery) -> "Shape":
        """Return the narrowest shape that answers a query."""
        wanted = (q.RECORD_TYPE if d == q.CHARGE_CATEGORY else d for d in query.group_by)
        filters = sorted({_ordered(wanted) for wanted in query.filters}, key=_written)
        return cls(tuple(sorted(set(wanted))), tuple(filters))

    def widened(self) -> "Shape":
        """Return the shape to ask for: by record type too, where a grouping is free.

        It costs the same request, and its answer tells gross from net for every later question.
        """
        if len(self.group_by) > 1 or q.RECORD_TYPE in self.group_by:
            return self
        return Shape(tuple(sorted((*self.group_by, q.RECORD_TYPE))), self.filters)

    def serves(self, other: "Shape") -> bool:
        """Tell whether the rows of this shape hold all that another one asks."""
        if not set(self.filters) <= set(other.filters):
            return False
        more = {f.dimension for f in other.filters if f not in self.filters}
        wanted = {q.RECORD_TYPE if d == q.CHARGE_CATEGORY else d for d in more}
        return wanted | set(other.group_by) <= set(self.group_by)

    def text(self) -> str:
        """Return the shape as the text that a cache keeps it by."""
        return json.dumps([self.group_by, [_as_list(f) for f in self.filters]], ensure_ascii=False)

    @classmethod
    def read(cls, text: str) -> "Shape":
        """Return the shape of a text.

        Raises:
            ValueError: It is no shape.
        """
        group_by, filters = json.loads(text)
        return cls(tuple(group_by), tuple(Filter(d, tuple(v), bool(e)) for d, v, e in filters))


def cell(shape: Shape, key: Key, dimension: str) -> str | None:
    """Return a dimension's value, in our words, in a row that has Cost Explorer's."""
    if dimension == q.CHARGE_CATEGORY:
        return charge_category(key[shape.group_by.index(q.RECORD_TYPE)])
    return value_of(dimension, key[shape.group_by.index(dimension)] or "")


def keeps(shape: Shape, key: Key, filters: Sequence[Filter]) -> bool:
    """Tell whether a row of a shape passes the filters that the shape itself does not have."""
    return all(
        (cell(shape, key, wanted.dimension) in wanted.values) is not wanted.exclude
        for wanted in filters
    )


def _ordered(wanted: Filter) -> Filter:
    values = sorted(set(wanted.values), key=lambda value: (value is None, value or ""))
    return Filter(wanted.dimension, tuple(values), wanted.exclude)


def _as_list(wanted: Filter) -> list[object]:
    return [wanted.dimension, wanted.values, wanted.exclude]


def _written(wanted: Filter) -> str:
    return json.dumps(_as_list(wanted))
