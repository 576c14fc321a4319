"""What is worth a line of its own below an explanation: when, at what rate, on what, how long."""

from decimal import Decimal
from fractions import Fraction

from finops_cli.analytics.change import Shape
from finops_cli.analytics.comparison import exact
from finops_cli.domain.answer import Figure, Finding, Kind, Sentence, Severity
from finops_cli.domain.frame import COST
from finops_cli.domain.query import RESOURCE, tag_key
from finops_cli.tools.explanation.story import Story

_NEVER_CERTAIN = Decimal("0.999")


def findings_of(story: Story, currency: str | None) -> list[Finding]:
    """Return when it began and ended, what it costs, and what it carries."""
    found = [
        *_began(story),
        *_effects(story, currency),
        *_running(story, currency),
        *_event(story),
        *_tags(story),
        *_resources(story, currency),
    ]
    if story.bigger:
        figures = (
            Figure("window", story.bigger.window, Kind.PERIOD),
            Figure("change", story.bigger.change, Kind.CHANGE, currency),
        )
        words = "A larger move came earlier: {change} on {window}."
        found.append(Finding(Severity.INFO, Sentence(words, figures)))
    return found


def _effects(story: Story, currency: str | None) -> list[Finding]:
    split = [(row.usage, row.rate) for row in story.breakout.rows]
    usage = sum((u for u, _ in split if u is not None), Decimal(0))
    rate = sum((r for _, r in split if r is not None), Decimal(0))
    if not usage and not rate:
        return []
    figures = (
        Figure("usage", usage, Kind.CHANGE, currency),
        Figure("rate", rate, Kind.CHANGE, currency),
    )
    words = "In the parts named, usage explains {usage}, price {rate}."
    return [Finding(Severity.INFO, Sentence(words, figures))]


def _began(story: Story) -> list[Finding]:
    """Tell the day within a period asked about on which the level changed."""
    move = story.move
    if move is None or move.window.start == story.plan.window.start:
        return []
    figures = (Figure("start", move.window.start, Kind.DATE),)
    return [Finding(Severity.INFO, Sentence("It left its usual level on {start}.", figures))]


def _running(story: Story, currency: str | None) -> list[Finding]:
    if story.move and story.move.shape is Shape.SPIKE:
        figures = (Figure("end", story.move.window.last_day, Kind.DATE),)
        return [Finding(Severity.INFO, Sentence("Its last day was {end}.", figures))]
    if not story.per_month:
        return []
    amount = exact(story.per_month)
    words = "If it goes on: {per_month} a month."
    figures = (Figure("per_month", amount, Kind.CHANGE, currency),)
    severity = Severity.WARNING if amount > 0 else Severity.INFO
    return [Finding(severity, Sentence(words, figures))]


def _event(story: Story) -> list[Finding]:
    """Name the anomaly that it is, and the first day on which it could be known."""
    if story.event is None:
        return []
    sure = story.event.event.confidence
    figures = (
        Figure("event", story.event.id),
        Figure("kind", story.event.event.kind.value),
        Figure("known", story.event.event.first_alert, Kind.DATE),
        Figure("confidence", min(exact(Fraction(sure)), _NEVER_CERTAIN), Kind.SHARE),
    )
    words = "Anomaly {event} ({kind}): known since {known}, {confidence} sure."
    return [Finding(Severity.INFO, Sentence(words, figures))]


def _tags(story: Story) -> list[Finding]:
    if not story.tags:
        return []
    listed = ", ".join(f"{tag_key(name)}={value}" for name, value in story.tags)
    words = "Nearly all of it is tagged {tags}."
    return [Finding(Severity.INFO, Sentence(words, (Figure("tags", listed),)))]


def _resources(story: Story, currency: str | None) -> list[Finding]:
    if story.resources is None:
        return []
    spent = [(c, name) for name, c in story.resources.select(RESOURCE, COST) if name and c > 0]
    if not spent:
        return []
    cost, name = max(spent)
    figures = (
        Figure("count", len(spent), Kind.COUNT),
        Figure("resource", name),
        Figure("cost", exact(Fraction(cost)), Kind.MONEY, currency),
    )
    words = "Resources charged there: {count}; the most for {resource}, {cost}."
    return [Finding(Severity.INFO, Sentence(words, figures))]
