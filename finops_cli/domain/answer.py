"""What a face renders: typed figures first, words around them.

Nothing in an Answer is rounded or formatted. A sentence is a template of ours plus typed figures;
what came from the bill (names, tags, ids) only ever travels as a figure, so a renderer can escape
it and a check can match every number in a prose to its source.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any

from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.period import Period
from finops_cli.domain.prose import Prose

SCHEMA = "finops.answer/1"


class Kind(StrEnum):
    """What a cell or figure is, and so how it is written; the values are the JSON column types."""

    TEXT = "text"  # str or None: data from the bill, or a word of ours
    MONEY = "money"  # Decimal, in the currency of the unit
    CHANGE = "change"  # Decimal, money with its sign
    ESTIMATE = "estimate"  # Decimal, money that nobody has billed: cents would be a pretence
    SHARE = "share"  # Decimal ratio of a whole, 0.91
    RATIO = "ratio"  # Decimal ratio without a sign that is no part of a whole, such as an error
    GROWTH = "growth"  # Decimal ratio with its sign, -0.12; None where the base is zero
    DATE = "date"  # date
    MONTH = "month"  # date, the first of the month
    PERIOD = "period"  # Period
    COUNT = "count"  # int
    QUANTITY = "quantity"  # Decimal usage, in the unit


Value = str | Decimal | int | date | Period | None


@dataclass(frozen=True, slots=True)
class Figure:
    """One typed value that a sentence may name as ``{name}``."""

    name: str
    value: Value
    kind: Kind = Kind.TEXT
    unit: str | None = None


@dataclass(frozen=True, slots=True)
class Sentence:
    """Words of ours with ``{name}`` where a figure goes. Markdown is allowed in the words."""

    template: str
    figures: tuple[Figure, ...] = ()


class Severity(StrEnum):
    """How much a finding asks of its reader."""

    INFO = "info"
    NOTICE = "notice"
    WARNING = "warning"
    CRITICAL = "critical"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found, worth a line of its own."""

    severity: Severity
    text: Sentence


@dataclass(frozen=True, slots=True)
class Column:
    """A table column: its JSON name, what its cells are, and the unit they share.

    A ``detail`` column is there for machines (json, csv); a person is shown the others, under
    their ``heading`` where they have one. ``prose`` columns, the last of a table, hold sentences
    and commands: never cropped, they are broken over lines where the room is short.
    """

    name: str
    kind: Kind
    unit: str | None = None
    detail: bool = False
    heading: str | None = None
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under typed columns. Money columns of the rows add up exactly to ``total``.

    ``rest`` counts the last rows that are not items but remainders ("everything else"), so that a
    renderer can set them apart. A ``detail`` table is there for machines (json, csv); a person is
    shown the other tables.
    """

    name: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    total: tuple[Value, ...] | None = None
    rest: int = 0
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Series:
    """Values over time, one point a day or month.

    ``low`` and ``high`` bound a band where there is one; ``marks`` are figures worth naming beside
    the line, such as the usual level. A ``detail`` series is there for machines; a person is shown
    the others.
    """

    name: str
    kind: Kind
    unit: str | None
    points: tuple[tuple[date, Decimal], ...]
    low: tuple[Decimal, ...] | None = None
    high: tuple[Decimal, ...] | None = None
    marks: tuple[Figure, ...] = ()
    detail: bool = False


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where the figures come from and what they cost.

    ``as_of`` is the day that counted as today, ``complete_until`` the first day that is not
    complete; ``seconds`` is filled in by whoever ran the steps. ``model`` is what a language model
    took, None where none was asked.
    """

    source: str
    period: Period | None = None
    as_of: date | None = None
    complete_until: date | None = None
    metric: str | None = None
    currency: str | None = None
    queries: int = 0
    api_calls: int = 0
    api_cost: Decimal = Decimal(0)
    seconds: float = 0.0
    model: ModelUse | None = None


@dataclass(frozen=True, slots=True)
class Exit:
    """The exit code that the answer asks for, and why when it is not 0."""

    code: int = 0
    reason: str = "answered"


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer: the headline in ``title``, then the evidence, then what to run next.

    ``prose`` is what a language model wrote over it, where one did; nothing else in an Answer is
    ever a model's. A report has ``parts``, a section each under its own headline, and holds itself
    only what stands above them all; a part has no parts.
    """

    title: Sentence
    provenance: Provenance
    summary: tuple[Sentence, ...] = ()
    findings: tuple[Finding, ...] = ()
    tables: tuple[Table, ...] = ()
    series: tuple[Series, ...] = ()
    warnings: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    question: str | None = None
    route: dict[str, Any] | None = None
    exit: Exit = field(default_factory=Exit)
    prose: Prose | None = None
    parts: tuple["Answer", ...] = ()
