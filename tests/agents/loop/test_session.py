"""The supervisor agent remembers a conversation from one run to the next."""

import stat
from pathlib import Path

from finops_cli.agents.loop.memory import mended
from tests.agents.loop.scripted import Scripted, breaks, calls, says
from tests.agents.loop.stage import REQUEST, Stage


def test_a_conversation_goes_on_in_another_run(tmp_path: Path) -> None:
    folder = tmp_path / "chats" / "one"
    Stage(Scripted(supervisor=[says("S3 cost 5 USD.")]), session=folder).write()
    second = Stage(Scripted(supervisor=[says("Since May.")]), session=folder)
    second.write(question="And since when?")
    heard = second.model.heard[0][1]
    assert [message["role"] for message in heard.messages] == ["user", "assistant", "user"]
    assert heard.messages[1]["content"] == [{"text": "S3 cost 5 USD."}]
    assert "And since when?" in heard.last


def test_what_is_kept_is_the_users_alone(tmp_path: Path) -> None:
    folder = tmp_path / "chat"
    model = Scripted(
        supervisor=[calls(("forecast_agent", {"question": "S3?"})), says("Done.")],
        helper=[says("Five.")],
    )
    Stage(model, session=folder).write()
    kept = [folder, *folder.rglob("*")]
    assert len(kept) > 6
    for path in kept:
        mode = stat.S_IMODE(path.stat().st_mode)
        assert mode == (0o700 if path.is_dir() else 0o600), path


def test_a_question_that_got_no_answer_does_not_end_the_conversation(tmp_path: Path) -> None:
    Stage(Scripted(supervisor=[breaks(ValueError("x"))]), session=tmp_path).write()
    broken = Scripted(
        supervisor=[calls(("forecast_agent", {"question": "S3?"})), breaks(ValueError("x"))],
        helper=[says("Five.")],
    )
    Stage(broken, session=tmp_path).write()
    third = Stage(Scripted(supervisor=[says("Well.")]), session=tmp_path)
    assert third.write().trouble is None
    roles = [message["role"] for message in third.model.heard[0][1].messages]
    assert roles == ["user", "assistant"] * (len(roles) // 2) + ["user"]


def test_a_damaged_conversation_is_told(tmp_path: Path) -> None:
    Stage(Scripted(supervisor=[says("Well.")]), session=tmp_path).write()
    for file in tmp_path.rglob("message_*.json"):
        file.write_text("{")
    written = Stage(Scripted(supervisor=[says("Well.")]), session=tmp_path).write()
    assert written.prose is None
    assert written.trouble.code == "unreadable"


def test_the_data_of_earlier_questions_is_not_sent_again(tmp_path: Path) -> None:
    first = Scripted(
        supervisor=[calls(("forecast_agent", {"question": "S3?"})), says("It was 77.25 USD.")],
        helper=[says("An aside.")],
    )
    Stage(first, session=tmp_path).write()
    second = Stage(Scripted(supervisor=[says("Well.")]), session=tmp_path)
    second.write(question="And since when?")
    *earlier, now = second.model.heard[0][1].messages
    assert REQUEST.question in str(earlier) and "It was 77.25 USD." in str(earlier)
    assert "1,234.50 USD" not in str(earlier) and "An aside." not in str(earlier)
    assert "(answer: no longer shown)" in str(earlier)
    assert "(forecast_agent: no longer shown)" in str(earlier)
    assert "1,234.50 USD" in str(now)


def test_a_long_conversation_is_not_sent_whole(tmp_path: Path) -> None:
    for n in range(12):
        stage = Stage(Scripted(supervisor=[says(f"Answer {n}.")]), session=tmp_path)
        assert stage.write().trouble is None
    assert len(stage.model.heard[0][1].messages) <= 21


def test_a_window_that_opens_on_an_answer_is_mended() -> None:
    answer = {"role": "assistant", "content": [{"text": "a"}]}
    result = {"role": "user", "content": [{"toolResult": {}}]}
    question = {"role": "user", "content": [{"text": "q"}]}
    stopped = {"role": "assistant", "content": [{"text": "(The answer was stopped.)"}]}
    assert mended([answer, result, answer, question, question]) == [
        question,
        stopped,
        question,
        stopped,
    ]
    assert mended([]) == []
