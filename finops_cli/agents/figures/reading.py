"""A prose is read once from each side: what claims nothing is covered, then dates, then numbers."""

from collections.abc import Iterable

from finops_cli.agents.figures import veil
from finops_cli.agents.figures.amounts import amounts
from finops_cli.agents.figures.claim import Claim
from finops_cli.agents.figures.dates import dates


def claims(text: str) -> list[Claim]:
    """Return the figures that a text claims, in its order; their spans do not overlap."""
    rest = veil.covered(veil.plain(text))
    found = list(dates(rest))
    rest = veil.without_names(_without(rest, found))
    return sorted([*found, *amounts(rest)], key=lambda claim: claim.start)


def _without(text: str, found: Iterable[Claim]) -> str:
    kept, end = [], 0
    for claim in found:
        kept += [text[end : claim.start], veil.COVER * (claim.end - claim.start)]
        end = claim.end
    return "".join([*kept, text[end:]])
