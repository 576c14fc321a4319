"""Progress is seen while one waits, and leaves nothing behind."""

import threading
from collections.abc import Iterator
from io import StringIO

import pytest

from finops_cli.domain.events import Event
from finops_cli.faces.cli.progress import Progress
from finops_cli.output import Style
from tests.faces.window import Terminal

BEFORE = "$ finops ask why\r\n"
SEEN_BEFORE = "$ finops ask why"
STYLE = Style()


@pytest.fixture
def terminal() -> Iterator[Terminal]:
    found = Terminal(60, 24)
    found.stream.write(BEFORE)
    found.stream.flush()
    yield found
    found.close()


def watching(terminal: Terminal, style: Style | None = STYLE) -> Progress:
    return Progress(True, style, terminal.stream, patience=0)


def test_the_line_says_what_is_done_and_goes(terminal: Terminal) -> None:
    with watching(terminal) as progress:
        terminal.wait_for("Working")
        progress.tell(Event("progress", "Reading costs", 30))
        terminal.wait_for("Reading costs (30 %)")
    assert terminal.rest() == SEEN_BEFORE
    assert terminal.window.cursor == (1, 0)


def test_the_share_of_the_work_never_shrinks(terminal: Terminal) -> None:
    with watching(terminal) as progress:
        for text, percent in (("a", 60), ("b", 30), ("c", 0), ("d", 300)):
            progress.tell(Event("progress", text, percent))
            terminal.wait_for(f"{text} ({min(max(60, percent), 100)} %)")


def test_what_a_model_writes_is_seen_as_markdown_above_the_line(terminal: Terminal) -> None:
    with watching(terminal) as progress:
        progress.tell(Event("progress", "Asking the forecast agent", 60))
        progress.tell(Event("token", "# Why\n\nIt cost **$4"))
        progress.tell(Event("token", ",812**.\n\n- one"))
        terminal.wait_for("• one")
        terminal.wait_for("Asking the forecast agent (60 %)")
        note, _, *lines, empty, last = terminal.window.text.splitlines()
    assert note == "As it is written; its figures are checked when it is done."
    assert lines == ["Why", "", "It cost $4,812.", "", "• one"]
    assert empty == "" and last.endswith("Asking the forecast agent (60 %)")
    assert terminal.rest() == SEEN_BEFORE


def test_a_long_text_shows_its_end_and_never_scrolls_away(terminal: Terminal) -> None:
    with watching(terminal) as progress:
        for at in range(40):
            progress.tell(Event("token", f"- item {at}\n"))
        terminal.wait_for("item 39")
        assert "item 10\n" not in terminal.window.text
    assert terminal.rest() == SEEN_BEFORE
    assert not terminal.window.above


def test_a_restart_takes_back_what_was_written(terminal: Terminal) -> None:
    with watching(terminal) as progress:
        progress.tell(Event("token", "first try"))
        terminal.wait_for("first try")
        progress.tell(Event("restart", ""))
        progress.tell(Event("token", "second try"))
        terminal.wait_for("second try")
        assert "first try" not in terminal.window.text
        progress.tell(Event("restart", ""))
        progress.tell(Event("progress", "Joining", 90))
        terminal.wait_for("Joining")
        assert "try" not in terminal.window.text


def test_without_a_style_nothing_that_a_model_writes_is_seen(terminal: Terminal) -> None:
    with watching(terminal, None) as progress:
        progress.tell(Event("token", "secret"))
        progress.tell(Event("progress", "Next", 50))
        terminal.wait_for("Next (50 %)")
    terminal.rest()
    assert not any("secret" in text for text in terminal.seen)


def test_an_interrupt_leaves_a_clean_screen(terminal: Terminal) -> None:
    with pytest.raises(KeyboardInterrupt), watching(terminal) as progress:
        progress.tell(Event("token", "half a sent"))
        terminal.wait_for("half a sent")
        raise KeyboardInterrupt
    assert terminal.rest() == SEEN_BEFORE
    assert terminal.window.wraps


RESIZED = pytest.mark.parametrize(
    ("columns", "lines", "reflows"), [(25, 24, True), (25, 24, False), (60, 6, True), (30, 5, True)]
)


@RESIZED
@pytest.mark.parametrize("written", ["", "word " * 30, "- item\n" * 30])
def test_a_window_that_changes_keeps_no_garbage(
    terminal: Terminal, written: str, columns: int, lines: int, reflows: bool
) -> None:
    with watching(terminal) as progress:
        progress.tell(Event("token", written))
        progress.tell(Event("progress", "A rather long phrase about what is being done", 40))
        terminal.wait_for("done (40 %)")
        terminal.window.resize(columns, lines, reflows=reflows)
        terminal.set_size(columns, lines)
        progress.tell(Event("progress", "Done", 90))
        terminal.wait_for("Done (90 %)")
    assert terminal.rest() == SEEN_BEFORE
    assert not terminal.window.above


def test_a_window_that_became_small_before_we_hear_of_it_keeps_no_garbage(
    terminal: Terminal,
) -> None:
    with watching(terminal) as progress:
        progress.tell(Event("token", "- item\n" * 30))
        terminal.wait_for("Working")
        terminal.window.resize(60, 5, reflows=True)
        progress.tell(Event("progress", "Next", 90))
        terminal.wait_for("Next (90 %)")
    assert terminal.rest() == SEEN_BEFORE
    assert not terminal.window.above


def test_a_terminal_without_an_alternate_screen_keeps_nothing_unchecked(terminal: Terminal) -> None:
    terminal.window.has_alternate = False
    with watching(terminal) as progress:
        progress.tell(Event("token", "- item\n" * 30))
        terminal.wait_for("item")
    assert terminal.rest() == ""
    assert not terminal.window.above


@pytest.mark.parametrize(("columns", "lines"), [(5, 3), (20, 2), (200, 50)])
def test_any_window_will_do(columns: int, lines: int) -> None:
    terminal = Terminal(columns, lines)
    with watching(terminal) as progress:
        progress.tell(Event("token", "# A\n\n" + "word " * 99))
        progress.tell(Event("progress", "E" * 300, 50))
        terminal.wait_for("EE")
    assert terminal.rest() == ""
    assert not terminal.window.above
    terminal.close()


def test_events_cannot_write_to_the_terminal(terminal: Terminal) -> None:
    with watching(terminal) as progress:
        progress.tell(Event("progress", "Looking at \x1b[2J\x1b]0;x\x07\nred", 50))
        progress.tell(Event("token", "\x1b[2Jtext\x9b"))
        terminal.wait_for("red (50 %)")
        terminal.wait_for("[2Jtext")
    assert terminal.rest() == SEEN_BEFORE


def test_events_may_come_from_many_threads(terminal: Terminal) -> None:
    with watching(terminal) as progress:

        def work() -> None:
            for at in range(100):
                progress.tell(Event("token", "x "))
                progress.tell(Event("progress", "Reading", at))

        threads = [threading.Thread(target=work) for _ in range(4)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        terminal.wait_for("Reading (99 %)")
        terminal.wait_for("x x x x")
    assert terminal.rest() == SEEN_BEFORE


def test_a_terminal_of_ascii_gets_ascii() -> None:
    terminal = Terminal(encoding="ascii")
    with watching(terminal) as progress:
        progress.tell(Event("token", "- café €5"))
        progress.tell(Event("progress", "Läuft", 5))
        terminal.wait_for("- caf? EUR 5")
        terminal.wait_for("L?uft")
    assert terminal.rest() == ""
    terminal.close()


def test_nothing_is_written_where_nobody_looks() -> None:
    written = StringIO()
    with Progress(False, Style(), written, patience=0) as progress:
        progress.tell(Event("token", "x"))
    assert written.getvalue() == ""


def test_what_is_done_at_once_is_not_worth_a_word() -> None:
    written = StringIO()
    with Progress(True, Style(), written, patience=1000) as progress:
        progress.tell(Event("token", "x"))
    assert written.getvalue() == ""
