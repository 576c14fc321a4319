"""What is said about a model's text: who wrote it, and how its figures were checked."""

from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.prose import Prose
from finops_cli.output import format as fmt
from finops_cli.output.notation import Notation


def caption(prose: Prose, use: ModelUse | None, notation: Notation) -> str:
    """Return the line above a model's text."""
    writer = notation.text(use.model) if use and use.model else "a language model"
    return f"Written by {writer}; {_checked(prose)}"


def _checked(prose: Prose) -> str:
    found, missing = prose.matched, len(prose.unmatched)
    if not found and not missing:
        return "no figures to check"
    return f"figures checked: {fmt.count(found)} found, {fmt.count(missing)} not"


def warning(prose: Prose) -> str:
    """Return what to know before trusting it; nothing where every figure was found."""
    match len(prose.unmatched):
        case 0:
            return ""
        case 1:
            return "One figure that the model wrote is not in the data; it is marked."
        case several:
            told = f"{fmt.count(several)} figures that the model wrote are not in the data"
            return f"{told}; they are marked."
