"""The words of an explanation: headline, what moved, whether it goes on, what to run next.

Only words live here; every figure was computed before. Templates are ours, what came from the bill
travels as a figure.
"""

from decimal import Decimal

from finops_cli.analytics.change import Shape
from finops_cli.analytics.comparison import Amount, Method, exact
from finops_cli.domain.answer import (
    Answer,
    Figure,
    Kind,
    Provenance,
    Sentence,
    Table,
)
from finops_cli.domain.query import (
    ACCOUNT,
    CHARGE_CATEGORY,
    INSTANCE_TYPE,
    REGION,
    SERVICE,
    USAGE_TYPE,
    Filter,
)
from finops_cli.tools.commands import command
from finops_cli.tools.explanation.breakout import Row
from finops_cli.tools.explanation.evidence import daily_series, parts_table
from finops_cli.tools.explanation.findings import findings_of
from finops_cli.tools.explanation.story import Story
from finops_cli.tools.naming import label, subject, within_words

_HARDLY = Decimal("0.01")
_PLACE = {
    SERVICE: "{service}",
    CHARGE_CATEGORY: "{charge_category} charges",
    INSTANCE_TYPE: "{instance_type}",
    USAGE_TYPE: "{usage_type}",
    REGION: "in {region}",
    ACCOUNT: "account {account}",
}


def tell(story: Story, provenance: Provenance) -> Answer:
    """Return the answer that tells a story."""
    currency = provenance.currency
    return Answer(
        title=_title(story, currency),
        provenance=provenance,
        summary=tuple(_summary(story, currency)),
        findings=tuple(findings_of(story, currency)),
        tables=_tables(story, currency),
        series=daily_series(story.costs, story.plan.window, currency, _levels(story, currency)),
        warnings=story.warnings,
        next=tuple(_next(story)),
    )


def _tables(story: Story, currency: str | None) -> tuple[Table, ...]:
    if not story.breakout.columns:
        return ()
    return (parts_table(story.breakout, story.names, currency),)


def _title(story: Story, currency: str | None) -> Sentence:
    who = subject(story.filters, story.names, "cost")
    figures = (
        *who.figures,
        Figure("change", abs(story.change), Kind.MONEY, currency),
        Figure("window", story.plan.window, Kind.PERIOD),
        Figure("now", exact(story.whole.now), Kind.MONEY, currency),
        Figure("before", exact(story.whole.before), Kind.MONEY, currency),
        Figure("baseline", story.plan.baseline, Kind.PERIOD),
        Figure("growth", _growth(story.whole), Kind.GROWTH),
    )
    against = {
        Method.WEEKDAY: "its usual {before}",
        Method.RAW: "the {before} of {baseline}",
        Method.PER_DAY: "at the average of {baseline} ({before})",
    }[story.plan.method]
    within = within_words(story.plan.window)
    if not story.change:
        return Sentence(f"{who.words} the same {within} {{window}} as before: {{before}}.", figures)
    more = "more" if story.change > 0 else "less"
    if not story.whole.before:
        words = f"{who.words} {{now}} {within} {{window}} and nothing before"
        return Sentence(words + _status(story, ", ") + ".", figures)
    growth = _growth(story.whole)
    if growth is not None and abs(growth) < _HARDLY:
        words = f"{who.words} about the same {within} {{window}}: {{change}} {more} than {against}"
        return Sentence(words + ".", figures)
    ratio = ": {growth}" if figures[-1].value is not None else ""
    words = f"{who.words} {{change}} {more} {within} {{window}} than {against}{ratio}"
    return Sentence(words + _status(story, ", ") + ".", figures)


def _status(story: Story, joint: str) -> str:
    if story.move is None:
        return ""
    if story.move.running:
        return joint + ("still running" if story.move.shape is not Shape.RAMP else _slope(story))
    ended = story.move.shape is Shape.SPIKE and story.move.window.end <= story.plan.window.end
    return joint + "over" if ended else ""


def _slope(story: Story) -> str:
    return "and climbing" if story.change > 0 else "and falling"


def _growth(whole: Amount) -> Decimal | None:
    return exact(whole.change / whole.before) if whole.before > 0 else None


def _summary(story: Story, currency: str | None) -> list[Sentence]:
    sentences = [_how_compared(story)]
    rows = story.breakout.rows
    if rows and story.breakout.main:
        same_way = (row for row in rows if (row.part.change > 0) is (story.change > 0))
        sentences.insert(0, _main_part(story, next(same_way, rows[0]), currency))
    return sentences


def _main_part(story: Story, row: Row, currency: str | None) -> Sentence:
    columns = story.breakout.columns
    named = {name: value for name, value in zip(columns, row.part.where, strict=True) if value}
    place = (
        ", ".join(_PLACE[name] for name in columns if name in named)
        .replace(", in", " in")
        .removeprefix("in ")
    )
    figures = (
        *(Figure(name, label(name, value, story.names)) for name, value in named.items()),
        Figure("part", row.part.change, Kind.CHANGE, currency),
        Figure("share", row.part.share, Kind.SHARE),
        Figure("since", row.since or story.plan.window.start, Kind.DATE),
    )
    when = {"new": "new on {since}", "gone": "gone since {since}"}.get(row.note or "", "")
    words = f"**{place or 'What has no name'}**: {{part}}"
    if row.part.share is not None:
        words += ", {share} of the change"
    return Sentence(f"{words}, {when or 'from {since}'}.", figures)


def _how_compared(story: Story) -> Sentence:
    plan = story.plan
    figures = (
        Figure("baseline", plan.baseline, Kind.PERIOD),
        Figure("days", plan.window.days, Kind.COUNT),
    )
    words = {
        Method.RAW: "Compared with {baseline}, as billed.",
        Method.PER_DAY: "Compared with {baseline}, its average day times {days} days.",
        Method.WEEKDAY: "Usual means the same weekdays in {baseline}.",
    }[plan.method]
    if story.recurring and plan.method is Method.WEEKDAY:
        words += " Charges that come every month are set against the same day of earlier months."
    return Sentence(words, figures)


def _levels(story: Story, currency: str | None) -> tuple[Figure, ...]:
    days = story.plan.window.days
    return (
        Figure("usual", exact(story.whole.before / days), Kind.MONEY, currency),
        Figure("now", exact(story.whole.now / days), Kind.MONEY, currency),
    )


def _next(story: Story) -> list[str]:
    """Return what to look at next: the resources of the main part, the event, an earlier move."""
    found = []
    if story.finer:
        main = tuple(Filter(name, (value,)) for name, value in story.breakout.main)
        words = ("cost", "--by", story.finer.replace("_", "-"), "--period", str(story.plan.window))
        found.append(command(*words, filters=(*story.filters, *main), names=story.names))
    if story.event:
        found.append(command("anomalies", "show", story.event.id))
    if story.bigger:
        window = ("--period", str(story.bigger.window))
        found.append(command("explain", *window, filters=story.filters, names=story.names))
    return found
