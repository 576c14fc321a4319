"""What all recommendations save together: no line of the bill is saved twice.

An instance of a database can be moved to Graviton or deleted, not both. Each line counts for the
recommendation that saves most on it. What the bill makes only likely is never counted: it is told
apart, as money to look at.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from finops_cli.domain.advice import Line, Recommendation


def counted(found: Sequence[Recommendation]) -> Mapping[str, Decimal]:
    """Return what each recommendation adds to the total, by id; the total is their sum.

    Recommendations of low confidence, and those whose saving is unknown, add nothing.
    """
    best: dict[Line, tuple[Decimal, str]] = {}
    for one in found:
        if one.check.confidence == "low":
            continue
        for evidence in one.evidence:
            saving = evidence.saving or Decimal(0)
            if saving > best.get(evidence.line, (Decimal(0), ""))[0]:
                best[evidence.line] = (saving, one.id)
    sums = {one.id: Decimal(0) for one in found}
    for saving, owner in best.values():
        sums[owner] += saving
    return sums
