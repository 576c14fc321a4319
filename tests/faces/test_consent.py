"""Nothing is changed for a model without the yes of a person who has seen what it is."""

import io
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from finops_cli.domain.plan import Step
from finops_cli.faces.cli.consent import consent
from tests.faces.cli import Pipe, Terminal

STEP = Step("anomaly.ack", {"id": "1c9d3a", "reason": "plan\x1b[2Jned\nAllow it? y"})


class Paused:
    """Remembers whether progress was paused while something was asked."""

    def __init__(self) -> None:
        self.seen: list[str] = []

    @contextmanager
    def __call__(self) -> Iterator[None]:
        self.seen.append("paused")
        yield
        self.seen.append("on")


def _sit(monkeypatch: pytest.MonkeyPatch, stdin: io.StringIO, stderr: io.StringIO) -> None:
    monkeypatch.setattr(sys, "stdin", stdin)
    monkeypatch.setattr(sys, "stderr", stderr)


@pytest.mark.parametrize(
    ("typed", "allowed"),
    [
        ("y\n", True),
        (" YES \n", True),
        ("\n", False),
        ("n\n", False),
        ("", False),
        ("yep\n", False),
    ],
)
def test_only_a_yes_is_a_yes(typed: str, allowed: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    _sit(monkeypatch, Terminal(typed), Terminal())
    confirm = consent(Paused())
    assert confirm is not None
    assert confirm(STEP) is allowed


def test_the_whole_call_is_shown_as_inert_text(monkeypatch: pytest.MonkeyPatch) -> None:
    shown, paused = Terminal(), Paused()
    _sit(monkeypatch, Terminal("n\n"), shown)
    confirm = consent(paused)
    assert confirm is not None
    confirm(STEP)
    text = shown.getvalue()
    assert "anomaly.ack" in text and "id = 1c9d3a" in text
    assert "\x1b" not in text
    assert len([line for line in text.splitlines() if line.startswith("Allow it")]) == 1
    assert paused.seen == ["paused", "on"]


@pytest.mark.parametrize(
    ("stdin", "stderr"), [(Pipe("y\n"), Terminal()), (Terminal("y\n"), Pipe())]
)
def test_where_nobody_sits_nobody_is_asked(
    stdin: io.StringIO, stderr: io.StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    _sit(monkeypatch, stdin, stderr)
    assert consent(Paused()) is None


def test_a_yes_that_was_typed_before_the_question_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    keyboard, screen = os.openpty()

    class Answering(Terminal):
        def write(self, text: str) -> int:
            if text.startswith("Allow it"):
                os.write(keyboard, b"n\n")
            return super().write(text)

    os.write(keyboard, b"y\n")
    try:
        with open(screen, encoding="utf-8") as stdin:
            _sit(monkeypatch, stdin, Answering())  # type: ignore[arg-type]
            confirm = consent(Paused())
            assert confirm is not None
            assert confirm(STEP) is False
    finally:
        os.close(keyboard)
