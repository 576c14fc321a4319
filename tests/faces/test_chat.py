"""A chat as a person or a script holds it, over the demo and a small file."""

import json
import os
import pty
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from finops_cli.faces.cli.options import Common
from finops_cli.faces.cli.prompt import Pipe
from finops_cli.faces.cli.session import settings_of
from finops_cli.faces.cli.talk import Talk
from finops_cli.faces.cli.talking import kept_chats, talked
from tests.faces.cli import DEMO, Run, finops

QUESTION = "what did we spend on s3 last month"


@pytest.fixture
def bill(tmp_path: Path) -> tuple[str, ...]:
    file = tmp_path / "costs.csv"
    rows = "".join(
        f"2026-{month:02},{day:02},{service},{region},{cost}\n".replace(",", "-", 1)
        for month in (8, 9, 10)
        for day in range(1, 31)
        for service, region, cost in (
            ("AmazonS3", "eu-west-1", f"{month}.00"),
            ("AmazonS3", "us-east-1", "1.00"),
            ("AmazonRDS", "us-east-1", "20.00"),
        )
    )
    file.write_text(f"date,service,region,cost\n{rows}")
    return ("--source", str(file), "--as-of", "2026-10-31")


def said(bill: tuple[str, ...], *lines: str, more: tuple[str, ...] = ()) -> Run:
    return finops("chat", *bill, *more, stdin="".join(f"{line}\n" for line in lines))


def documents(run: Run) -> list[dict[str, object]]:
    return [json.loads(line) for line in run.out.splitlines()]


def routes(bill: tuple[str, ...], *lines: str, more: tuple[str, ...] = ()) -> list[object]:
    found = documents(said(bill, *lines, more=("-o", "json", *more)))
    return [(one["route"] or {})["action"] for one in found]  # type: ignore[index]


def test_a_follow_up_is_understood_after_the_question_before(bill: tuple[str, ...]) -> None:
    run = said(bill, QUESTION, "and rds?", "", "by region", more=("-o", "json"))
    assert run.code == 0
    first, second, third = documents(run)
    assert [one["question"] for one in (first, second, third)] == [
        QUESTION,
        "and rds?",
        "by region",
    ]
    assert "$300" in str(first["title"]) and "$600" in str(second["title"])
    slots = third["route"]["slots"]  # type: ignore[index]
    assert slots["services"] == ["Amazon Relational Database Service"]
    assert slots["group_by"] == ["REGION"]


def test_an_answer_is_shown_as_ask_shows_it(bill: tuple[str, ...]) -> None:
    asked = finops("ask", QUESTION, *bill)
    told = said(bill, QUESTION)
    assert replace(told, out=told.out.removesuffix("\n")).text == asked.text
    assert told.err == "finops: To go on with this chat: finops chat --continue\n"


def test_each_answer_counts_its_own_queries(bill: tuple[str, ...]) -> None:
    first, second = documents(said(bill, QUESTION, QUESTION, more=("-o", "json")))
    assert first["provenance"]["queries"] > 0  # type: ignore[index]
    assert second["provenance"]["queries"] == 0  # type: ignore[index]


def test_words_without_a_context_stand_alone(bill: tuple[str, ...]) -> None:
    assert routes(bill, "hello", "why?") == ["help", "cost.explain"]


def test_talk_about_something_else_does_not_end_what_was_spoken_about(
    bill: tuple[str, ...],
) -> None:
    run = said(bill, QUESTION, "tell me a joke", "thanks", "and in august?", more=("-o", "json"))
    slots = documents(run)[-1]["route"]["slots"]  # type: ignore[index]
    assert slots["services"] == ["Amazon Simple Storage Service"]
    assert slots["period"]["start"] == "2026-08-01"


def test_the_exit_code_is_the_gravest_and_an_error_ends_nothing(bill: tuple[str, ...]) -> None:
    run = said(bill, "s3 cost in 2020", QUESTION, "tell me a joke")
    assert run.code == 2
    assert "Error: " in run.err
    assert "$300" in run.out


def test_an_error_is_a_document_too(bill: tuple[str, ...]) -> None:
    run = said(bill, "/nonsense", QUESTION, more=("-o", "json"))
    error, answer = documents(run)
    assert error["error"]["code"] == "usage"  # type: ignore[index]
    assert answer["question"] == QUESTION
    assert run.code == 2


def test_without_a_source_each_question_says_so() -> None:
    run = finops("chat", stdin=f"{QUESTION}\nhello\n")
    assert run.code == 4
    assert "No source is set" in run.err and "Ask me about your cloud bill" in run.out


def test_an_unknown_command_names_the_one_that_is_meant(bill: tuple[str, ...]) -> None:
    run = said(bill, "/hlep", "/xyzzy")
    assert "There is no command '/hlep'." in run.err and "Did you mean /help?" in run.err
    assert "/help lists them." in run.err


def test_help_names_every_command(bill: tuple[str, ...]) -> None:
    from finops_cli.faces.cli.chat_commands import _COMMANDS

    out = said(bill, "/help").out
    assert all(command in out for command in set(_COMMANDS) - {"/help", "/exit"})


def test_a_cleared_chat_has_no_context_and_is_another_chat(bill: tuple[str, ...]) -> None:
    assert routes(bill, "why did rds go up in september", "/clear", "and s3?") == [
        "cost.explain",
        "cost.summary",
    ]
    assert "2 chats are kept" in finops("chat", "--list").out


def test_a_plan_is_shown_and_nothing_is_run(bill: tuple[str, ...]) -> None:
    run = said(bill, f"/plan {QUESTION}", "/plan")
    assert "cost.summary" in run.out and "$300" not in run.out
    assert "There is no question." in run.err
    assert not (Path(os.environ["FINOPS_STATE_DIR"]) / "chats").exists()


def test_a_plan_is_made_after_the_question_before(bill: tuple[str, ...]) -> None:
    out = said(bill, QUESTION, "/plan by region").out
    assert "from the question before: services, period" in out
    assert "cost.breakdown" in out


def test_the_model_is_told_and_what_was_paid(bill: tuple[str, ...]) -> None:
    out = said(bill, QUESTION, "/model").out
    assert "No language model is in use." in out
    assert "0 billable requests, $0.00" in out


def test_a_chat_is_saved_as_a_page_and_nothing_is_written_over(
    bill: tuple[str, ...], tmp_path: Path
) -> None:
    file = tmp_path / "chat.md"
    run = said(bill, QUESTION, f"/save {file}", f"/save {file}", "/save", "/save /nowhere/x.md")
    assert file.read_text().startswith(f"## {QUESTION}\n\n**AmazonS3 cost $300")
    assert "is there already." in run.err and f"/save! {file}" in run.err
    assert "No file is named." in run.err
    assert "cannot be written" in run.err
    said(bill, "and rds?", f"/save! {file}", more=("--continue",))
    pages = file.read_text()
    assert pages.index(f"## {QUESTION}") < pages.index("## and rds?")
    assert "| region" not in pages.split("## and rds?")[0]


def test_a_chat_is_continued_where_it_ended(bill: tuple[str, ...]) -> None:
    said(bill, QUESTION, "tell me a joke")
    run = said(bill, "and rds?", more=("--continue",))
    assert "$600" in run.out
    assert f'finops: The last question was "{QUESTION}".\n' in run.err
    assert "1 chat is kept" in finops("chat", "--list").out


def test_chats_are_listed(bill: tuple[str, ...]) -> None:
    assert "No chat is kept." in finops("chat", "--list").out
    said(bill, QUESTION, "and rds?")
    document = json.loads(finops("chat", "--list", "-o", "json").out)
    (row,) = document["tables"][0]["rows"]
    assert (row["turns"], row["first_question"]) == (2, QUESTION)


def test_a_chat_that_nobody_used_for_a_week_is_removed(bill: tuple[str, ...]) -> None:
    said(bill, QUESTION)
    (kept,) = (Path(os.environ["FINOPS_STATE_DIR"]) / "chats").iterdir()
    file = kept / "turns.jsonl"
    turn = json.loads(file.read_text())
    file.write_text(json.dumps({**turn, "when": "2026-01-01T12:00:00+00:00"}) + "\n")
    said(bill, "hello")
    assert not kept.exists()


def test_there_may_be_nothing_to_continue(bill: tuple[str, ...]) -> None:
    run = said(bill, QUESTION, more=("--continue",))
    assert run.code == 0
    assert "There is no chat to continue" in run.err


def test_a_damaged_chat_is_told_and_the_others_go_on(bill: tuple[str, ...]) -> None:
    said(bill, QUESTION)
    chats = Path(os.environ["FINOPS_STATE_DIR"]) / "chats"
    bad = chats / "2026-11-24-abcd"
    bad.mkdir()
    (bad / "turns.jsonl").write_text("{\n")
    run = said(bill, "and rds?", more=("--continue",))
    assert "2026-11-24-abcd is damaged" in run.err and "$600" in run.out
    assert "2026-11-24-abcd is damaged" in finops("chat", "--list").out


def test_without_a_folder_to_write_in_it_goes_on_with_one_warning(
    bill: tuple[str, ...], tmp_path: Path
) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    run = said(bill, QUESTION, "and rds?", "and s3?")
    assert run.code == 0
    assert run.err.count("cannot be kept") == 1
    assert "--continue" not in run.err
    assert "$600" in run.out


def test_quiet_says_nothing_beside_the_answers(bill: tuple[str, ...]) -> None:
    assert said(bill, QUESTION, more=("-q",)).err == ""
    assert said(bill, "and rds?", more=("-q", "--continue")).err == ""


def test_a_person_without_a_terminal_for_answers_is_prompted_on_stderr(
    bill: tuple[str, ...], monkeypatch: pytest.MonkeyPatch
) -> None:
    run = finops("chat", *bill)  # a terminal that has nothing to say
    assert run.code == 0 and run.out == ""
    assert run.err.startswith("finops: Ask about your bill") and "finops> " in run.err


class Desk:
    """A person at a real terminal that runs a chat."""

    def __init__(self, *arguments: str) -> None:
        self._pid, self._end = pty.fork()
        if self._pid == 0:
            command = [sys.executable, "-m", "finops_cli", "chat", "--no-color", *arguments]
            os.execve(sys.executable, command, {**os.environ, "TERM": "xterm"})
        self._seen = ""

    def __enter__(self) -> "Desk":
        return self

    def __exit__(self, *_: object) -> None:
        os.close(self._end)
        if self._pid:
            os.kill(self._pid, signal.SIGKILL)
            os.waitpid(self._pid, 0)

    def types(self, keys: str) -> None:
        os.write(self._end, keys.encode())

    def presses_ctrl_c(self) -> None:
        """Interrupt, once the program waits: one that is about to would take no notice."""
        state = Path(f"/proc/{self._pid}/stat")
        while state.exists() and state.read_text().rpartition(") ")[2][0] != "S":
            pass
        self.types("\x03")

    def sees(self, text: str) -> None:
        """Read on until a text is on the screen; what was before it is passed."""
        while text not in self._seen:
            assert self._reads(), f"{text!r} never came: {self._seen!r}"
        self._seen = self._seen.partition(text)[2]

    def leaves(self) -> int:
        """Wait for the end of the chat and return its exit code."""
        while self._reads():
            pass
        _, status = os.waitpid(self._pid, 0)
        self._pid = 0
        return os.waitstatus_to_exitcode(status)

    def _reads(self) -> bool:
        """Take in what is written, and tell whether there was something before the end."""
        assert select.select([self._end], [], [], 60)[0], f"nothing more came: {self._seen!r}"
        try:
            written = os.read(self._end, 65536)
        except OSError:  # what Linux tells of a terminal that nobody writes to any more
            return False
        self._seen += written.decode("utf-8", "replace")
        return bool(written)


@pytest.fixture
def desk(bill: tuple[str, ...]) -> Iterator[Desk]:
    with Desk(*bill) as found:
        yield found


def test_a_person_asks_follows_up_and_ends_with_ctrl_d(desk: Desk) -> None:
    desk.sees("finops> ")
    desk.types("\n")
    desk.sees("finops> ")
    desk.types(f"{QUESTION}\n")
    desk.sees("$300")
    desk.sees("finops> ")
    desk.types("and rds?\n")
    desk.sees("$600")
    desk.sees("finops> ")
    desk.types("\x04")
    desk.sees("finops chat --continue")
    assert desk.leaves() == 0


def test_ctrl_c_clears_the_line_and_ends_the_chat_the_second_time(desk: Desk) -> None:
    desk.sees("finops> ")
    desk.types("some words")
    desk.sees("some words")
    desk.presses_ctrl_c()
    desk.sees("Ctrl-C again")
    desk.sees("finops> ")
    desk.types(f"{QUESTION}\n")
    desk.sees("$300")
    desk.sees("finops> ")
    desk.presses_ctrl_c()
    desk.sees("Ctrl-C again")
    desk.sees("finops> ")
    desk.presses_ctrl_c()
    assert desk.leaves() == 0


def test_the_last_question_comes_back_with_an_arrow_key(desk: Desk) -> None:
    pytest.importorskip("readline")
    desk.sees("finops> ")
    desk.types("/xyzzy\n")
    desk.sees("There is no command")
    desk.sees("finops> ")
    desk.types("\x1b[A\n")
    desk.sees("There is no command")
    desk.types("/quit\n")
    assert desk.leaves() == 0


def test_ctrl_c_stops_an_answer_and_the_chat_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:  # it listens and never answers
        server.settimeout(60)
        monkeypatch.setenv("AWS_ENDPOINT_URL", f"http://127.0.0.1:{server.getsockname()[1]}")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "test")
        with Desk("--source", "aws") as desk:
            desk.sees("finops> ")
            desk.types(f"{QUESTION}\n")
            asked, _ = server.accept()
            with asked:
                assert asked.recv(4) == b"POST"
                desk.presses_ctrl_c()
                desk.sees("Stopped.")
            desk.sees("finops> ")
            desk.types("hello\n")
            desk.sees("Ask me about your cloud bill")
            desk.sees("finops> ")
            desk.types("\x04")
            assert desk.leaves() == 0


class Broken(Talk):
    """A chat in which the first question meets a fault of ours."""

    def ask(self, question: str) -> int:
        if question == "first":
            raise ZeroDivisionError("nobody foresaw this")
        return super().ask(question)


class Lines(Pipe):
    """Two questions."""

    def questions(self) -> Iterator[str]:
        yield from ("first", QUESTION)


def test_a_fault_of_ours_spoils_one_answer(
    bill: tuple[str, ...], capsys: pytest.CaptureFixture[str]
) -> None:
    common = Common(source=bill[1], as_of=bill[3])
    chats = kept_chats()
    talk = Broken(common, settings_of(common), chats, chats.new())
    assert talked(talk, Lines(), common) == 1
    told = capsys.readouterr()
    assert "Something went wrong inside finops: ZeroDivisionError" in told.err
    assert "$300" in told.out


def test_a_pipe_that_is_interrupted_ends_with_130(bill: tuple[str, ...]) -> None:
    command = [sys.executable, "-m", "finops_cli", "chat", *bill, "-q"]
    streams = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, text=True, **streams) as chat:  # type: ignore[call-overload]
        chat.stdin.write(f"{QUESTION}\n")
        chat.stdin.flush()
        while "\n" != chat.stdout.readline():
            pass
        chat.send_signal(signal.SIGINT)
        _, told = chat.communicate(timeout=60)
    assert chat.returncode == 130
    assert "Traceback" not in told


def test_the_demo_answers_in_a_chat() -> None:
    run = finops("chat", *DEMO, stdin="why did EC2 spike\nforecast it\n")
    assert run.code == 0
    assert "Elastic Compute Cloud" in run.out and "2026" in run.out
