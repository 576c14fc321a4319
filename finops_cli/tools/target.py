"""A bare word about the bill (``ec2``, ``prod``, ``us-east-1``) and what it names there."""

from collections.abc import Iterator

from finops_cli.domain.query import ACCOUNT, REGION, SERVICE, Filter, tag_key
from finops_cli.domain.source import CostSource
from finops_cli.errors import UnknownName
from finops_cli.tools.scope import resolve_filters


def find_value(source: CostSource, word: str) -> Filter:
    """Return the filter a word means: a service first, then an account, a region, a tag's value.

    Where looking costs money, tags are not searched through: there a tag is named with its key.

    Raises:
        UnknownName: The bill has nothing of that name.
    """
    if "=" in word:
        return resolve_filters(source, [word])[0]
    failure: UnknownName | None = None
    for dimension in _places(source):
        try:
            return resolve_filters(source, [f"{dimension}={word}"])[0]
        except UnknownName as error:
            failure = failure or error
    raise failure or UnknownName(f"This source has nothing named {word!r}.")


def _places(source: CostSource) -> Iterator[str]:
    """Yield where a word is looked for; tag keys last, as listing them takes longer."""
    yield from (d for d in (SERVICE, ACCOUNT, REGION) if source.offers(d))
    if not source.is_billed:
        yield from (d for d in source.dimensions() if tag_key(d) is not None)
