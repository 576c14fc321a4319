"""The parts of a report as its sections: each says its own, and nothing is said twice.

The answers that a report is made of were given for themselves, so several of them may warn of the
same file or suggest the same command; a reader is told once, where it comes first.
"""

from collections.abc import Iterator
from dataclasses import replace

from finops_cli.domain.answer import Answer
from finops_cli.output import origin
from finops_cli.output.notation import Notation


def of(report: Answer) -> Iterator[Answer]:
    """Yield the parts of a report without the warnings and commands that were there before."""
    warned, suggested = set(report.warnings), set(report.next)
    for part in report.parts:
        yield replace(
            part,
            warnings=tuple(text for text in part.warnings if text not in warned),
            next=tuple(command for command in part.next if command not in suggested),
        )
        warned.update(part.warnings)
        suggested.update(part.next)


def basis(part: Answer, report: Answer, notation: Notation) -> list[str]:
    """Return the period and metric of a part where they are not simply those of its report."""
    found = origin.basis(part.provenance, notation)
    return [] if found == origin.basis(report.provenance, notation) else found
