"""The words of flags and questions, resolved against what one source really holds.

``service=EC2`` means ``Amazon Elastic Compute Cloud - Compute`` on Cost Explorer and in the demo,
``AmazonEC2`` in a CUR and ``Amazon Elastic Compute Cloud`` in a FOCUS export. A word that the
source does not know gets a *did you mean*, never an empty answer.
"""

from collections.abc import Iterable, Sequence

from finops_cli.domain import query as q
from finops_cli.domain.answer import Figure, Provenance
from finops_cli.domain.period import Period, parse_period
from finops_cli.domain.query import Filter, Metric
from finops_cli.domain.services import same_service
from finops_cli.domain.source import CostSource
from finops_cli.errors import BadPeriod, UnknownName, UsageError, did_you_mean

_TELLING = (q.SERVICE, q.USAGE_TYPE, q.ACCOUNT, q.REGION, q.RESOURCE)
NO_VALUE = "(none)"
"""What a filter or a table says where the bill has no value: ``tag:team=(none)``."""

_DIMENSION_WORDS = {
    "services": q.SERVICE,
    "regions": q.REGION,
    "accounts": q.ACCOUNT,
    "linked-account": q.ACCOUNT,
    "linked_account": q.ACCOUNT,
    "usage-type": q.USAGE_TYPE,
    "usage_types": q.USAGE_TYPE,
    "instance-type": q.INSTANCE_TYPE,
    "instance_types": q.INSTANCE_TYPE,
    "resources": q.RESOURCE,
    "resource_id": q.RESOURCE,
    "resource-id": q.RESOURCE,
    "charge-category": q.CHARGE_CATEGORY,
    "record-type": q.CHARGE_CATEGORY,
    "record_type": q.CHARGE_CATEGORY,
    "purchase-option": q.PURCHASE_OPTION,
    "purchase-type": q.PURCHASE_OPTION,
    "purchase_type": q.PURCHASE_OPTION,
    "operations": q.OPERATION,
    "az": q.AVAILABILITY_ZONE,
    "availability-zone": q.AVAILABILITY_ZONE,
}
_RECORD_TYPE_WORDS = ("record-type", "record_type")
_CATEGORY_WORDS = (q.CATEGORY_PREFIX, "cost-category:", "cost_category:")
_TAG_SYNONYMS = {
    "env": "environment",
    "stage": "environment",
    "cost_center": "cost-center",
    "costcenter": "cost-center",
}
_VALUE_SYNONYMS = (
    {"prod", "production", "prd"},
    {"stg", "stage", "staging"},
    {"dev", "development"},
)


def resolve_metric(word: str | None) -> Metric:
    """Return the metric that a word means; unblended where none is given.

    Raises:
        UnknownName: No metric has that name.
    """
    if not word:
        return Metric.UNBLENDED
    folded = word.strip().lower().replace("_", "-")
    known = [m.value for m in Metric]
    if folded not in known:
        hint = did_you_mean(folded, known) or f"Metrics: {', '.join(known)}."
        raise UnknownName(f"{word!r} is no cost metric.", hint)
    return Metric(folded)


def resolve_period(source: CostSource, word: str) -> Period:
    """Return the days that a period word means for this source, within what it holds.

    Raises:
        BadPeriod: It cannot be read, or the source has no charge in it.
    """
    everything = source.coverage()
    period = parse_period(word, source.calendar(), everything)
    calendar = source.calendar()
    if period.start == calendar.complete_until == calendar.today:
        raise BadPeriod(
            f"Nothing is billed yet for {period}: days are complete up to "
            f"{calendar.last_full_day}.",
            "Try --period last-7d, last-week or last-month.",
        )
    if period.overlap(everything) is None:
        raise BadPeriod(
            f"No charges in {period}: {source.label} holds {everything}.",
            "Try --period all, or a period inside.",
        )
    return period


def days_of(source: CostSource) -> Period:
    """Return the days that a source holds and tells apart."""
    held = source.coverage()
    return Period(max(held.start, source.daily_from()), held.end)


def resolve_dimension(source: CostSource, word: str) -> str:
    """Return the dimension that a word means.

    Raises:
        UnknownName: The source has no such dimension.
    """
    folded = word.strip().lower()
    if _is_tag(folded):
        return _resolve_tag(folded.split(":", 1)[1], source.dimensions())
    if folded.startswith(_CATEGORY_WORDS):
        return _resolve_category(folded.split(":", 1)[1].strip(), source)
    if folded in _RECORD_TYPE_WORDS and source.offers(q.RECORD_TYPE):
        return q.RECORD_TYPE
    name = _DIMENSION_WORDS.get(folded, folded)
    if source.offers(name):
        return name
    known = [d.replace("_", "-") for d in source.dimensions()]
    hint = did_you_mean(folded, known) or f"Here: {', '.join(known)}."
    raise UnknownName(f"Costs here cannot be grouped by {word!r}.", hint)


def _resolve_category(name: str, source: CostSource) -> str:
    """Return the cost category of a name, in any case."""
    source.offers(f"{q.CATEGORY_PREFIX}{name}")  # a source may list them only when one is named
    named = [q.category_name(dimension) for dimension in source.dimensions()]
    categories = {found.casefold(): found for found in named if found}
    if name in categories:
        return f"{q.CATEGORY_PREFIX}{categories[name]}"
    listed = ", ".join(sorted(categories.values()))
    hint = did_you_mean(name, categories) or (f"Cost categories here: {listed}." if listed else "")
    raise UnknownName(f"There is no cost category {name!r}.", hint or "This bill has none.")


def _is_tag(word: str) -> bool:
    return word.startswith(q.TAG_PREFIX)


def _resolve_tag(key: str, available: Sequence[str]) -> str:
    keys = {name.removeprefix(q.TAG_PREFIX).casefold(): name for name in available if _is_tag(name)}
    for candidate in (key, _TAG_SYNONYMS.get(key, key), f"{key}s", key.removesuffix("s")):
        for spelled in (candidate, candidate.replace("_", "-"), candidate.replace("-", "")):
            if spelled in keys:
                return keys[spelled]
    listed = ", ".join(sorted(name.removeprefix(q.TAG_PREFIX) for name in keys.values()))
    hint = did_you_mean(key, keys) or (f"Tag keys here: {listed}." if listed else "")
    raise UnknownName(f"No charge has a tag {key!r}.", hint or "The bill carries no tags at all.")


def resolve_filters(source: CostSource, texts: Iterable[str]) -> tuple[Filter, ...]:
    """Return the filters that texts such as ``service=EC2,S3`` or ``region!=us-east-1`` mean.

    Raises:
        UsageError: A text is no filter.
        UnknownName: The source has no such dimension or value.
    """
    return tuple(_resolve_filter(source, text) for text in texts)


def _resolve_filter(source: CostSource, text: str) -> Filter:
    left, separator, right = text.partition("=")
    if not separator or not left.strip(" !") or not right.strip():
        raise UsageError(f"{text!r} is no filter.", "Write it as service=EC2 or region!=us-east-1.")
    exclude = left.endswith("!")
    dimension = resolve_dimension(source, left.removesuffix("!"))
    known = source.values(dimension)
    names = source.names(dimension)
    words = [word.strip() for word in right.split(",") if word.strip()]
    values: list[str | None] = []
    for word in words:
        values += resolve_value(dimension, word, known, names)
    return Filter(dimension, tuple(dict.fromkeys(values)), exclude)


def resolve_value(
    dimension: str, word: str, known: Sequence[str], names: dict[str, str]
) -> list[str | None]:
    """Return the values of a dimension that a word means.

    Args:
        dimension: The dimension.
        word: What the user wrote: a value, a name, an alias or a pattern with ``*``.
        known: The values that the source has.
        names: What people call them.

    Raises:
        UnknownName: None of the source's values is meant.
    """
    if word == NO_VALUE:
        return [None]
    folded = word.casefold()
    by_folded: dict[str, list[str]] = {}
    for value in known:
        by_folded.setdefault(value.casefold(), []).append(value)
    for value, name in names.items():
        by_folded.setdefault(name.casefold(), []).append(value)
    for spelling in (folded, *_other_spellings(dimension, folded)):
        if spelling in by_folded:
            return list(dict.fromkeys(by_folded[spelling]))
    part = folded.strip("*")
    matches = [v for folded_value, vs in by_folded.items() if part in folded_value for v in vs]
    if matches and (folded != part or len(set(matches)) == 1):
        return list(dict.fromkeys(matches))
    label = dimension.replace("_", " ").removeprefix(q.TAG_PREFIX)
    hint = did_you_mean(word, [*known, *names.values()])
    top = ", ".join(names.get(v, v) for v in known[:5])
    raise UnknownName(f"No {label} {word!r} in this bill.", hint or f"The largest here: {top}.")


def _other_spellings(dimension: str, folded: str) -> tuple[str, ...]:
    if dimension == q.SERVICE:
        return tuple(name.casefold() for name in same_service(folded))
    for synonyms in _VALUE_SYNONYMS:
        if folded in synonyms:
            return tuple(sorted(synonyms - {folded}))
    return ()


def next_dimension(source: CostSource, fixed: Iterable[Filter]) -> str | None:
    """Return the dimension that tells most about a scope: services, inside one its usage types.

    Args:
        source: The source; None is returned where it has nothing left to tell by.
        fixed: The filters on the scope; a dimension with one value left tells nothing.
    """
    known = {f.dimension for f in fixed if len(f.values) == 1 and not f.exclude}
    found = next((d for d in _TELLING if d not in known and source.offers(d)), None)
    # Listing the tags is work, and on live AWS it is billed: only where nothing else tells.
    return found or next((d for d in source.dimensions() if q.tag_key(d) and d not in known), None)


def describe(filters: Iterable[Filter]) -> tuple[Figure, ...]:
    """Return one text figure for each filter: what the costs are narrowed to."""
    return tuple(Figure(f"scope{i}", _described(f)) for i, f in enumerate(filters))


def _described(wanted: Filter) -> str:
    named = [NO_VALUE if value is None else value for value in wanted.values]
    listed = ", ".join(named[:3]) + (f" and {len(named) - 3} more" if len(named) > 3 else "")
    key = q.tag_key(wanted.dimension)
    if key is not None:
        listed = f"{key}={listed}"
    elif None in wanted.values:
        listed = f"no {wanted.dimension.replace('_', ' ')}"
    return f"all but {listed}" if wanted.exclude else listed


def provenance(source: CostSource, period: Period | None, metric: Metric) -> Provenance:
    """Return where an answer's figures come from."""
    calendar = source.calendar()
    return Provenance(
        source=source.label,
        period=period,
        as_of=calendar.today,
        complete_until=calendar.complete_until,
        metric=metric.value,
        currency=" ".join(source.currencies()),
        queries=source.meter.queries,
        api_calls=source.meter.api_calls,
        api_cost=source.meter.api_cost,
    )
