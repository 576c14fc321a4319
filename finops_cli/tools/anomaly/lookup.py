"""One event by its id, or by the first characters of it."""

from collections.abc import Iterable, Iterator, Sequence

from finops_cli.analytics.anomalies import find
from finops_cli.domain.memory import Memories
from finops_cli.domain.source import CostSource
from finops_cli.errors import UnknownName, did_you_mean
from finops_cli.tools.anomaly.basis import Basis, read_basis
from finops_cli.tools.anomaly.case import Case, cases_of
from finops_cli.tools.anomaly.window import Window

_RECENT = "30d"
_FEWEST_LETTERS = 3


def found(
    source: CostSource, name: str, filters: Sequence[str], metric: str | None, memories: Memories
) -> tuple[Basis, Case]:
    """Return the event of an id: looked for in the recent past first, then in all there is.

    Raises:
        UnknownName: There is no such event, or several whose ids begin so.
    """
    wanted = name.strip().casefold()
    known: list[str] = []
    for basis, cases in _readings(source, filters, metric, memories):
        case = chosen(wanted, cases)
        if case:
            return basis, case
        known += [case.id for case in cases]
    hint = did_you_mean(wanted, known)
    listing = "finops anomalies --since all --min-impact 0 lists all there are."
    raise UnknownName(f"There is no event {name!r} in this bill.", f"{hint} {listing}".strip())


def _readings(
    source: CostSource, filters: Sequence[str], metric: str | None, memories: Memories
) -> Iterator[tuple[Basis, list[Case]]]:
    currencies = source.currencies()
    sources = [source.in_currency(c) for c in currencies] if len(currencies) > 1 else [source]
    for one in sources:
        recent = Window.of(one, _RECENT).days
        basis = read_basis(one, filters, metric, recent)
        if basis is None or not len(basis.panel):
            continue
        yield basis, cases_of(basis, find(basis.panel, basis.until), memories)
        whole = read_basis(one, filters, metric, None)
        if whole and whole.panel.period != basis.panel.period:
            yield whole, cases_of(whole, find(whole.panel, whole.until), memories)


def chosen(wanted: str, cases: Iterable[Case]) -> Case | None:
    """Return the case whose id is meant, None where none is.

    Raises:
        UnknownName: Several ids begin so.
    """
    if len(wanted) < _FEWEST_LETTERS:
        return None
    fitting = [case for case in cases if case.id.startswith(wanted) or wanted.startswith(case.id)]
    exact = [case for case in fitting if case.id == wanted]
    if len(exact or fitting) > 1:
        listed = ", ".join(case.id for case in fitting)
        raise UnknownName(f"Several events begin with {wanted!r}: {listed}.", "Write more of it.")
    return next(iter(exact or fitting), None)
