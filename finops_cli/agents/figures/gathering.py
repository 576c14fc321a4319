"""From Answers to the figures that a prose over them may use.

These are the values of sentences, tables and series, those for machines included, and the
provenance; what our own sentences and warnings say in so many words; and what the user said. A
prose of a model is never a source.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal

from finops_cli.agents.figures.claim import Claim, Unit
from finops_cli.agents.figures.known import Known
from finops_cli.agents.figures.reading import claims
from finops_cli.agents.figures.units import byte_size
from finops_cli.domain.answer import (
    Answer,
    Column,
    Kind,
    Provenance,
    Sentence,
    Series,
    Table,
    Value,
)
from finops_cli.domain.period import Period, add_months, month_of, months_in

_AMOUNTS = frozenset({Kind.MONEY, Kind.CHANGE, Kind.ESTIMATE})
_RATIOS = frozenset({Kind.SHARE, Kind.RATIO, Kind.GROWTH})
_LARGEST = 60  # digits: more are no figure of a bill
_PLACE = re.compile(r"\{\w*\}")
_CODE = re.compile(r"[A-Z]{3}\b")
_ALONE = re.compile(r"(?<![\w.-])[0-9]{2,}(?![\w.-])")


def known_in(answers: Sequence[Answer], stated: str) -> Known:
    """Return the figures of some Answers, and those that the user stated."""
    gathered = _Gathering()
    gathered.add_words(stated)
    for answer in answers:
        gathered.add_answer(answer)
    return gathered.finished()


class _Gathering:
    """Figures on their way into ``Known``, each text and period looked at once."""

    def __init__(self) -> None:
        self._known = Known()
        self._names: dict[str, None] = {}
        self._words: dict[str, None] = {}
        self._periods: set[Period] = set()

    def finished(self) -> Known:
        """Return all that was added."""
        for claim in claims("\n\n".join(self._words)):
            self._add_claim(claim)
        self._known.names = "\n".join(self._names)
        self._known.in_names = frozenset(_ALONE.findall(self._known.names))
        return self._known

    def add_words(self, text: str) -> None:
        """Add the figures that a text of ours or of the user's states."""
        self._words[text] = None

    def add_answer(self, answer: Answer) -> None:
        """Add the figures of an Answer and of its parts."""
        currency = answer.provenance.currency
        self.add_words(answer.question or "")
        for warning in answer.warnings:
            self.add_words(warning)
        for sentence in (answer.title, *answer.summary, *(one.text for one in answer.findings)):
            self._add_sentence(sentence, currency)
        for table in answer.tables:
            self._add_table(table, currency)
        for series in answer.series:
            self._add_series(series, currency)
        self._add_provenance(answer.provenance)
        for part in answer.parts:
            self.add_answer(part)

    def _add_sentence(self, sentence: Sentence, currency: str | None) -> None:
        self.add_words(_PLACE.sub("\n", sentence.template))
        for figure in sentence.figures:
            if sentence.template == f"{{{figure.name}}}" and isinstance(figure.value, str):
                self.add_words(figure.value)  # a whole sentence of ours
            self._add(figure.kind, (figure.value,), figure.unit, currency)

    def _add_table(self, table: Table, currency: str | None) -> None:
        rows = table.rows if table.total is None else (*table.rows, table.total)
        for column, cells in zip(table.columns, zip(*rows, strict=False), strict=False):
            self._add(column.kind, cells, column.unit, currency)
            self._add_column(column, cells, currency)
        self._known.numbers.add(Decimal(len(table.rows) - table.rest))

    def _add_column(self, column: Column, cells: Iterable[Value], currency: str | None) -> None:
        amounts = (cell for cell in cells if isinstance(cell, Decimal) and _is_usable(cell))
        if column.kind in _AMOUNTS:
            for amount in amounts:
                self._known.add_cell(amount, _currency(column.unit) or currency)
        elif column.kind is Kind.SHARE:
            for amount in amounts:
                self._known.shares.add(amount)

    def _add_series(self, series: Series, currency: str | None) -> None:
        lines = ([value for _, value in series.points], series.low or (), series.high or ())
        for line in lines:
            self._add(series.kind, line, series.unit, currency)
        self._add(Kind.DATE, [day for day, _ in series.points], None, None)
        if len(series.points) > 1 and all(day.day == 1 for day, _ in series.points):
            self._add(Kind.MONTH, [day for day, _ in series.points], None, None)
        for mark in series.marks:
            self._add(mark.kind, (mark.value,), mark.unit, currency)
        self._known.numbers.add(Decimal(len(series.points)))

    def _add_provenance(self, told: Provenance) -> None:
        self._add(Kind.PERIOD, (told.period,), None, None)
        self._add(Kind.DATE, (told.as_of, told.complete_until), None, None)
        if told.complete_until and told.complete_until > date.min:
            self._add(Kind.DATE, _last_days(told.complete_until), None, None)
        self._add(Kind.COUNT, (told.queries, told.api_calls), None, None)
        self._add(Kind.MONEY, (told.api_cost,), "USD", None)
        self._add(Kind.QUANTITY, (Decimal(str(told.seconds)),), None, None)

    def _add(
        self, kind: Kind, values: Iterable[Value], unit: str | None, currency: str | None
    ) -> None:
        """Add values of one kind; what is not of the type of its kind is left out."""
        named = _currency(unit) if kind in _AMOUNTS else None
        size = byte_size(unit or "") if kind is Kind.QUANTITY else None
        for value in values:
            if isinstance(value, str):
                self._names[value] = None
            elif isinstance(value, Period):
                self._add_period(value)
            elif isinstance(value, date):
                self._add_date(value, kind)
            elif isinstance(value, (Decimal, int)):
                self._add_number(Decimal(value), kind, named or currency, size)

    def _add_number(
        self, value: Decimal, kind: Kind, currency: str | None, size: Decimal | None
    ) -> None:
        if not _is_usable(value):
            return
        if kind in _AMOUNTS:
            self._known.add_money(value, currency)
        elif kind in _RATIOS:
            self._known.add_ratio(value)
        else:
            self._known.numbers.add(value)
            if size:
                self._known.add_bytes(value * size)

    def _add_date(self, day: date, kind: Kind) -> None:
        if kind is Kind.MONTH:
            self._add_period(month_of(day))
        else:
            self._known.days.add_day(day)

    def _add_period(self, period: Period) -> None:
        if period not in self._periods:
            self._periods.add(period)
            self._known.days.add_period(period)
            self._known.numbers.add(Decimal(period.days))
            self._known.numbers.add(Decimal(months_in(Period(period.start, _month_end(period)))))

    def _add_claim(self, claim: Claim) -> None:
        for moment in claim.moments:
            self._known.days.add_moment(moment)
        for value in claim.exact:
            self._add_stated(value, claim)

    def _add_stated(self, value: Decimal, claim: Claim) -> None:
        known = self._known
        match claim.unit:
            case Unit.PERCENT | Unit.MULTIPLE:
                (known.ratios if claim.unit is Unit.PERCENT else known.multiples).add(value)
            case Unit.BYTES:
                known.add_bytes(value)
            case Unit.MONEY:
                for currency in claim.currencies or (None,):
                    known.add_money(value, currency)
            case _:
                known.numbers.add(value)
                if claim.unit is Unit.BARE:  # "under 5000" is money as often as not
                    known.add_money(value, None)


def _is_usable(value: Decimal) -> bool:
    return value.is_finite() and value.adjusted() <= _LARGEST


def _currency(unit: str | None) -> str | None:
    code = _CODE.match(unit or "")
    return code[0] if code else None


def _last_days(until: date) -> Iterator[date]:
    yield Period(date.min, until).last_day


def _month_end(period: Period) -> date:
    last = period.last_day
    return last if last.year == date.max.year else add_months(last, 1)
