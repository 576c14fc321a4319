"""The last line of every answer: where its figures come from and what asking cost."""

from decimal import Decimal

from finops_cli.domain.answer import Provenance
from finops_cli.domain.model_use import ModelUse
from finops_cli.output import dates
from finops_cli.output import format as fmt
from finops_cli.output.notation import Notation

_CENT = Decimal("0.01")


def parts(provenance: Provenance, notation: Notation) -> list[str]:
    """Return source, period, metric, queries, calls and the model with their prices, and time."""
    found = [
        notation.text(provenance.source),
        *basis(provenance, notation),
        _counted(provenance.queries, "query", "queries"),
        f"{_counted(provenance.api_calls, 'API call', 'API calls')}, {_price(provenance.api_cost)}",
        _model(provenance.model) if provenance.model else "",
        fmt.seconds(provenance.seconds),
    ]
    return [part for part in found if part]


def basis(provenance: Provenance, notation: Notation) -> list[str]:
    """Return what the figures are sums of: the period and the metric, as far as they are known."""
    metric = " ".join(filter(None, (provenance.metric, provenance.currency)))
    return [part for part in (_period(provenance, notation), notation.text(metric)) if part]


def _period(provenance: Provenance, notation: Notation) -> str:
    period, until = provenance.period, provenance.complete_until
    if period is None:
        return ""
    text = dates.span(period, notation.year, notation.dash)
    if until is None or period.end < until:
        return text
    if period.end == until:
        return f"{text} (last full day)"
    last = until.fromordinal(until.toordinal() - 1)
    return f"{text} (full days up to {dates.day(last, notation.year)})"


def _counted(number: int, one: str, many: str) -> str:
    return f"{fmt.count(number)} {one if number == 1 else many}"


def _model(use: ModelUse) -> str:
    calls = _counted(use.model_calls, "call", "calls")
    tokens = _counted(use.input_tokens + use.output_tokens, "token", "tokens")
    return f"model {calls}, {tokens}, {_model_price(use.cost)}"


def _model_price(cost: Decimal | None) -> str:
    if cost is None:
        return "price not known"
    return f"under {_price(_CENT)}" if 0 < cost < _CENT else _price(cost)


def _price(cost: Decimal) -> str:
    return fmt.amount(cost, "USD", fmt.sentence_places(cost, "USD"))
