"""The yes of a person, without which a model changes nothing.

The exact call is shown, with its arguments, as inert text: they may come from a bill, by way of a
model. Nobody is asked where nobody sits; then the model is not even told that it could ask.
"""

import sys
from collections.abc import Callable
from contextlib import AbstractContextManager, suppress

from finops_cli.domain.plan import Step
from finops_cli.output.escape import plain

Confirm = Callable[[Step], bool]
Paused = Callable[[], AbstractContextManager[object]]
"""Keeps progress from drawing over a question."""


def consent(paused: Paused) -> Confirm | None:
    """Return what asks the person at the terminal; None where there is none."""
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        return None

    def confirm(step: Step) -> bool:
        with paused():
            return _asked(step)

    return confirm


def _asked(step: Step) -> bool:
    """Show a Step that changes something and return whether it may run; the default is no."""
    sys.stderr.write("The model asks to change something:\n")
    sys.stderr.write(f"  {plain(step.tool)}\n")
    for name, value in step.arguments.items():
        sys.stderr.write(f"    {plain(name)} = {plain(str(value))}\n")
    _forget_what_was_typed()
    sys.stderr.write("Allow it, this once? [y/N]: ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")


def _forget_what_was_typed() -> None:
    """Drop the keys that were pressed before there was a question: they answer none."""
    try:
        import termios
    except ImportError:  # Windows
        return
    with suppress(OSError, ValueError, termios.error):  # a terminal that keeps nothing
        termios.tcflush(sys.stdin, termios.TCIFLUSH)
