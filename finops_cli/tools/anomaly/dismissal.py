"""Dismissing an event: the reasons there are, and what is said about it afterwards."""

from dataclasses import replace
from datetime import date, timedelta
from typing import get_args

from finops_cli.domain.answer import Answer, Figure, Finding, Kind, Sentence, Severity
from finops_cli.domain.memory import REMEMBERED, Acknowledgement, Reason
from finops_cli.errors import UnknownName, did_you_mean
from finops_cli.tools.anomaly.basis import Basis
from finops_cli.tools.anomaly.case import Case
from finops_cli.tools.anomaly.tables import events_table
from finops_cli.tools.anomaly.telling import place
from finops_cli.tools.anomaly.wording import said_reason
from finops_cli.tools.commands import command
from finops_cli.tools.scope import provenance

REASONS: tuple[Reason, ...] = get_args(Reason)
_ALSO: dict[str, Reason] = {
    "plan": "planned",
    "known": "expected",
    "resolved": "fixed",
    "solved": "fixed",
    "done": "fixed",
    "ignored": "ignore",
    "false-positive": "ignore",
    "false-alarm": "ignore",
    "noise": "ignore",
}


def reason_of(word: str) -> Reason:
    """Return the reason that a word means.

    Raises:
        UnknownName: There is no such reason.
    """
    folded = word.strip().casefold().replace("_", "-").replace(" ", "-")
    for reason in REASONS:
        if folded == reason:
            return reason
    if folded in _ALSO:
        return _ALSO[folded]
    hint = did_you_mean(folded, REASONS) or f"Reasons: {', '.join(REASONS)}."
    raise UnknownName(f"{word!r} is no reason to dismiss an event.", hint)


def acknowledgement(case: Case, reason: Reason, note: str, today: date) -> Acknowledgement:
    """Return what is remembered about a dismissed event."""
    return Acknowledgement(case.happening, reason, note.strip(), today)


def dismissed_reply(basis: Basis, case: Case, one: Acknowledgement) -> Answer:
    """Return what was remembered, until when, and how to undo it."""
    words, figures = place(basis, case)
    said = Sentence(
        f"Remembered: {{id}}, {words}, is {said_reason(one.reason)}.",
        (Figure("id", case.id), *figures),
    )
    rule = Sentence(
        "The same pattern counts as {reason} up to {last} ({days} days). Nothing in the cloud was "
        "changed.",
        (
            Figure("reason", said_reason(one.reason)),
            Figure("last", one.until - timedelta(days=1), Kind.DATE),
            Figure("days", REMEMBERED.days, Kind.COUNT),
        ),
    )
    note = Sentence("Note: {note}", (Figure("note", one.note),))
    return Answer(
        title=said,
        summary=(rule,),
        provenance=provenance(basis.source, basis.panel.period, basis.metric),
        findings=(Finding(Severity.INFO, note),) if one.note else (),
        tables=(events_table(basis, [_with(case, one)]),),
        next=(command("anomalies", "unack", case.id), command("anomalies")),
    )


def _with(case: Case, one: Acknowledgement) -> Case:
    return replace(case, dismissed=one)
