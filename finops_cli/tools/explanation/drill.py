"""Follow a change down the bill with few fetches.

On live AWS every fetch is billed, and a source may group by two dimensions only. So: frames are
kept and cut again locally where they hold what is asked; at the top, where a frame is large, two
dimensions travel together; inside a narrowed scope as many as the source allows; tags and resources
come last, inside the part that explains most, and resources only as totals of the window. A whole
answer takes 4 to 9 fetches on a source with a wide grouping and up to 12 on one with a narrow one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from finops_cli.analytics.comparison import Amount, Comparison, measure
from finops_cli.analytics.decompose import choose, dominant, split
from finops_cli.domain.frame import Frame
from finops_cli.domain.query import (
    ACCOUNT,
    CHARGE_CATEGORY,
    INSTANCE_TYPE,
    REGION,
    RESOURCE,
    SERVICE,
    USAGE_TYPE,
    ChargeCategory,
    CostQuery,
    Filter,
    Granularity,
    Metric,
    tag_key,
)
from finops_cli.domain.source import CostSource, Shortfall
from finops_cli.errors import FinopsError, SpendCap
from finops_cli.tools.scope import next_dimension

ORDER = (SERVICE, CHARGE_CATEGORY, INSTANCE_TYPE, USAGE_TYPE, REGION, ACCOUNT)
"""The dimensions of a change, in the order of a table's columns."""
_LADDER = (SERVICE, INSTANCE_TYPE, ACCOUNT, USAGE_TYPE, REGION, CHARGE_CATEGORY)
_SAME_AXIS = {INSTANCE_TYPE: USAGE_TYPE, USAGE_TYPE: INSTANCE_TYPE}
_AT_THE_TOP = 2
_MOST_VALUES = 12
_MOST_TAGS = 3

Path = tuple[tuple[str, str | None], ...]
Amounts = dict[str | None, Amount]


@dataclass(frozen=True, slots=True)
class _Kept:
    path: Path
    dimensions: tuple[str, ...]
    frame: Frame


class Drill:
    """The frames of one comparison in one scope."""

    def __init__(
        self,
        source: CostSource,
        metric: Metric,
        filters: tuple[Filter, ...],
        comparison: Comparison,
    ) -> None:
        self.source = source
        self.metric = metric
        self.filters = filters
        self.comparison = comparison
        self._kept: list[_Kept] = []
        fixed = {f.dimension for f in filters if not f.exclude and len(f.values) == 1}
        self._dimensions = tuple(d for d in _LADDER if source.offers(d) and d not in fixed)
        self._in_one_service = SERVICE not in self._dimensions

    def keep(self, frame: Frame, dimensions: tuple[str, ...]) -> None:
        """Use a daily frame of the scope that was fetched for something else."""
        if self.comparison.granularity is Granularity.DAILY:
            self._kept.append(_Kept((), dimensions, frame))

    def path(self) -> Path:
        """Return where the change lies, one value a level, the most telling dimensions first.

        At each level the value that explains most and is least expected; where nothing is news,
        the value that holds nearly all of the change anyway, until one more level adds nothing.
        """
        telling: Path = ()
        dominating: Path = ()
        while wanted := self._remaining((*telling, *dominating)):
            path = (*telling, *dominating)
            cuts = {d: self.amounts(d, path, wanted) for d in wanted}
            best = choose([split(d, cut) for d, cut in cuts.items() if d != CHARGE_CATEGORY])
            if not path and (news := self._other_category(cuts)):
                telling = (news,)
            elif best is not None:
                telling = (*telling, (best.dimension, best.values[0]))
            elif found := self._dominating(cuts):
                dominating = (*dominating, found)
            else:
                break
        return (*telling, *dominating)

    def _dominating(self, cuts: Mapping[str, Amounts]) -> tuple[str, str] | None:
        for dimension, amounts in cuts.items():
            value = dominant(amounts)
            if value is not None and dimension != CHARGE_CATEGORY:
                return dimension, value
        return None

    def _other_category(self, cuts: Mapping[str, Amounts]) -> tuple[str, str] | None:
        """Return credits, purchases and the like where they, and not usage, made the change."""
        value = dominant(cuts.get(CHARGE_CATEGORY, {}))
        if value is None or value == ChargeCategory.USAGE:
            return None
        return CHARGE_CATEGORY, value

    def first_dimension(self) -> str | None:
        """Return the dimension to show where nothing stands out."""
        return next(iter(self._remaining(())), None)

    def joint(self, columns: Sequence[str], first: str) -> tuple[Frame, tuple[str, ...]]:
        """Return one frame over the columns, with usage type and region where they fit.

        Only the values of ``first`` that changed most are fetched where it has many.
        """
        grain = [d for d in (USAGE_TYPE, REGION) if self.source.offers(d) and d not in columns]
        dimensions = (*columns, *grain)[: self.source.max_group_by]
        amounts = self.amounts(first, (), self._remaining(()))
        filters = self.filters
        if len(amounts) > _MOST_VALUES:
            ranked = sorted(amounts, key=lambda v: (-abs(amounts[v].change), v or ""))
            filters = (*filters, Filter(first, tuple(ranked[:_MOST_VALUES])))
        return self._fetch(dimensions, filters), dimensions

    def grain(self, path: Path) -> tuple[Frame, tuple[str, ...]]:
        """Return the end of a path by usage type, and by region where both can be had."""
        taken = {name for name, _ in path}
        known = [d for d in (USAGE_TYPE, REGION) if self.source.offers(d)]
        grain = tuple(d for d in known if d not in taken)
        dimensions = grain[: self.source.max_group_by]
        return self._fetch(dimensions, (*self.filters, *_filters(path))), dimensions

    def at(self, path: Path) -> Amount:
        """Return the amount at the end of a path that was followed."""
        name, value = path[-1]
        return self.amounts(name, path[:-1], (name,)).get(value, Amount())

    def tags(self, path: Path) -> Path:
        """Return the tags that hold nearly all of the change at the end of a path.

        They are an extra: where they cannot be had, the source's meter is told so.
        """
        try:
            return self._tags(path)
        except FinopsError as error:
            self.source.meter.shortfalls.append(_without_tags(error))
            return ()

    def _tags(self, path: Path) -> Path:
        keys = [d for d in self.source.dimensions() if tag_key(d) is not None]
        wanted = tuple(keys[: min(_MOST_TAGS, self.source.max_group_by)])
        if not wanted or not path:
            return ()
        found = [(tag, dominant(self.amounts(tag, path, wanted))) for tag in wanted]
        return tuple((tag, value) for tag, value in found if value is not None)

    def resources(self, path: Path) -> Frame | None:
        """Return what each resource at the end of a path cost in the window, if that is known."""
        if not path or not self.source.offers(RESOURCE):
            return None
        filters = (*self.filters, *_filters(path))
        window = self.comparison.window
        return self.source.fetch(
            CostQuery(window, self.metric, Granularity.TOTAL, (RESOURCE,), filters)
        )

    def finer(self, path: Path) -> str | None:
        """Return the dimension to look into the end of a path by, None where there is none."""
        if path and self.source.offers(RESOURCE):
            return RESOURCE
        return next_dimension(self.source, (*self.filters, *_filters(path)))

    def amounts(self, dimension: str, path: Path, wanted: Sequence[str]) -> Amounts:
        """Return the amounts of a dimension's values at the end of a path.

        Args:
            dimension: The dimension to cut by.
            path: The values that narrow the scope.
            wanted: The dimensions that will be asked for at the same place, to travel together.
        """
        kept = self._find(dimension, path) or self._fill(dimension, path, wanted)
        names = [name for name, _ in path if name in kept.dimensions]
        values = tuple(value for name, value in path if name in names)
        amounts = measure(kept.frame, self.comparison, [dimension, *names])
        return {key[0]: amount for key, amount in amounts.items() if key[1:] == values}

    def _remaining(self, path: Path) -> tuple[str, ...]:
        taken = {name for name, _ in path} | {_SAME_AXIS.get(name) for name, _ in path}
        narrow = self._in_one_service or SERVICE in taken
        fine = () if narrow else (INSTANCE_TYPE, USAGE_TYPE)
        # A category is looked for at the top only, where the daily series already tells it.
        past = (CHARGE_CATEGORY,) if path else ()
        return tuple(d for d in self._dimensions if d not in {*taken, *fine, *past})

    def _find(self, dimension: str, path: Path) -> _Kept | None:
        for kept in self._kept:
            outside = {name for name, _ in path} - {name for name, _ in kept.path}
            if set(kept.path) <= set(path) and outside | {dimension} <= set(kept.dimensions):
                return kept
        return None

    def _fill(self, dimension: str, path: Path, wanted: Sequence[str]) -> _Kept:
        others = [d for d in wanted if d != dimension]
        missing = [d for d in others if not self._find(d, path)]
        # Deeper down, what could be cut locally travels again: it makes the next level local too.
        again = [d for d in others if path and d not in missing]
        most = self.source.max_group_by if path else min(_AT_THE_TOP, self.source.max_group_by)
        dimensions = (dimension, *missing, *again)[:most]
        frame = self._fetch(dimensions, (*self.filters, *_filters(path)))
        kept = _Kept(path, dimensions, frame)
        self._kept.append(kept)
        return kept

    def _fetch(self, dimensions: tuple[str, ...], filters: tuple[Filter, ...]) -> Frame:
        plan = self.comparison
        return self.source.fetch(
            CostQuery(plan.span, self.metric, plan.granularity, dimensions, filters)
        )


def _filters(path: Path) -> tuple[Filter, ...]:
    return tuple(Filter(name, (value,)) for name, value in path)


def _without_tags(error: FinopsError) -> Shortfall:
    text = f"Which tags take part is left out: {error.message} {error.hint}".strip()
    return Shortfall(text, 6 if isinstance(error, SpendCap) else 5, error.code)
