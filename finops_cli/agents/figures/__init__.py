"""The check of a prose: are its figures those of the Answers?

Every amount, percentage, multiple, date and count with a unit that a model wrote is looked for
among the figures it was handed, with the rounding, the scale and the notation that people use
understood. One that is not there is marked, whether it is wrong or a sum that the model made
itself: only code computes.

Not looked at: whole counts up to twelve ("3 accounts", "top 5"), numbers in words ("doubled", "a
third"), names, commands and addresses, times of day, and whether the words around a figure say the
right thing of it, its direction included.
"""

from collections.abc import Sequence

from finops_cli.agents.figures.gathering import known_in
from finops_cli.agents.figures.matching import is_known
from finops_cli.agents.figures.reading import claims
from finops_cli.domain.answer import Answer
from finops_cli.domain.prose import Prose, Unmatched


def check(text: str, answers: Sequence[Answer], stated: str = "") -> Prose:
    """Check a prose against the Answers it was written over.

    Args:
        text: What a model wrote, in Markdown: any text at all.
        answers: What it was handed, and what the tools that it called answered.
        stated: What the user said; a figure of the question is no invention.

    Returns:
        The prose, with how many of its figures are known and which are not.
    """
    known = known_in(answers, stated)
    found = claims(text)
    unmatched = tuple(
        Unmatched(text[claim.start : claim.end], claim.start, claim.end)
        for claim in found
        if not is_known(claim, text, known)
    )
    return Prose(text, len(found) - len(unmatched), unmatched)
