"""Events shown once: which of them no earlier ``--new`` run has shown.

An event counts as shown at the size it then had. So a job that asks for events of a thousand and
more, beside one that asks for fifty, still gets to see an event that has grown to a thousand; and
each job sees each event once.
"""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from finops_cli.domain.memory import Memories, Memory, Sighting
from finops_cli.errors import SourceError, Unreadable
from finops_cli.tools.anomaly.case import Case


def first_seen(
    memory: Memory,
    cases: Sequence[Case],
    today: date,
    asked: Decimal | None,
    top: int | None = None,
) -> tuple[list[Case], tuple[str, ...]]:
    """Return the cases that were not shown before, and remember that they now are.

    Args:
        memory: What is remembered.
        cases: What would be shown.
        today: The source's today.
        asked: The size from which this run asks for events; None where it leaves that open.

        top: How many will be shown, the first ones; all where left out.

    Returns:
        The new cases, and a warning where they cannot be remembered.

    Raises:
        Unreadable: What was remembered is damaged.
    """
    fresh: list[Case] = []

    def claim(memories: Memories) -> Memories:
        fresh[:] = [case for case in cases if not _seen(memories, case, asked)]
        for case in fresh[:top]:
            sighting = Sighting(case.happening, abs(case.impact), today)
            memories = memories.with_seen(sighting)
        return memories

    try:
        memory.change(claim)
    except Unreadable:
        raise
    except SourceError as error:
        claim(memory.recall())
        return fresh, (f"{error.message} These events will be shown again.",)
    return fresh, ()


def _seen(memories: Memories, case: Case, asked: Decimal | None) -> bool:
    before = memories.sighting(case.happening)
    return before is not None and (asked is None or before.impact >= asked)
