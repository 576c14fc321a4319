"""Conversations in files: whole, private, a week old at most, and never more removed than ours."""

import json
import os
import stat
import subprocess
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from finops_cli.domain.chat import Turn
from finops_cli.errors import SourceError, UnknownName, Unreadable
from finops_cli.sources.chat_file import FileChat
from finops_cli.sources.chats import KEPT_FOR, FileChats
from finops_cli.supervisor import route

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
ROUTE = route("s3 in frankfurt last month", date(2026, 11, 24))


def _turn(question: str = "s3 last month", when: datetime = NOW) -> Turn:
    return Turn(question, ROUTE, "S3 cost $12.30 in October 2026.", when, "demo")


def _chats(folder: Path, now: datetime = NOW) -> FileChats:
    return FileChats(folder, lambda: now)


def _kept(folder: Path, *turns: Turn) -> FileChat:
    chat = _chats(folder).new()
    for turn in turns or (_turn(),):
        chat.add(turn)
    return chat


def _home(folder: Path, chat: FileChat) -> Path:
    return folder / "chats" / chat.id


def test_what_was_said_is_read_again(tmp_path: Path) -> None:
    turns = (_turn("größe\u2028?"), Turn("hm", None, "No.", NOW + timedelta(hours=1), "none"))
    chat = _kept(tmp_path, *turns)
    assert chat.turns == turns
    assert _chats(tmp_path).open(chat.id).turns == turns
    (line,) = _chats(tmp_path).list().chats
    assert (line.id, line.turns, line.first) == (chat.id, 2, "größe\u2028?")
    assert (line.started, line.used) == (NOW, NOW + timedelta(hours=1))


@given(st.text())
def test_any_question_is_read_again(question: str) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        chat = _kept(folder, _turn(question))
        (read,) = _chats(folder).open(chat.id).turns
        assert read.question == question.encode("utf-8", "replace").decode("utf-8")


def test_only_the_user_may_read_it(tmp_path: Path) -> None:
    state = tmp_path / "deep" / "state"
    chat = _kept(state)
    room = chat.room()
    assert room is not None
    folders = (state.parent, state, state / "chats", _home(state, chat), room)
    assert {stat.S_IMODE(folder.stat().st_mode) for folder in folders} == {0o700}
    file = _home(state, chat) / "turns.jsonl"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600


def test_a_chat_without_a_turn_leaves_nothing(tmp_path: Path) -> None:
    assert _chats(tmp_path).new().id.startswith("2026-11-24-")
    assert not (tmp_path / "chats").exists()
    assert _chats(tmp_path).latest() is None
    assert _chats(tmp_path).list().chats == ()


def test_the_latest_is_the_one_used_last(tmp_path: Path) -> None:
    later = _kept(tmp_path, _turn(when=NOW - timedelta(hours=3)), _turn(when=NOW))
    earlier = _kept(tmp_path, _turn(when=NOW - timedelta(hours=1)))
    latest = _chats(tmp_path).latest()
    assert latest is not None and latest.id == later.id
    assert [one.id for one in _chats(tmp_path).list().chats] == [later.id, earlier.id]


def test_a_torn_last_line_is_passed_over_and_replaced(tmp_path: Path) -> None:
    chat = _kept(tmp_path)
    file = _home(tmp_path, chat) / "turns.jsonl"
    whole = file.read_bytes()
    for cut in (1, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole + whole[:cut])
        again = _chats(tmp_path).open(chat.id)
        assert again.turns == (_turn(),)
        again.add(_turn("and rds?"))
        asked = [turn.question for turn in _chats(tmp_path).open(chat.id).turns]
        assert asked == ["s3 last month", "and rds?"]


@pytest.mark.parametrize(
    "content",
    [
        b"{\n",
        b"[]\n",
        b"null\n",
        b'"text"\n',
        b'{"question": "q"}\n',
        b"\n",
        b"\xff\xfe\n",
        b"[" * 100_000 + b"\n",
        b'{"question":"q","route":{"domains":["x"]},"title":"","when":"2026-11-24T12:00:00+00:00",'
        b'"source":""}\n',
        b'{"question":"q","route":null,"title":"","when":"2026-11-24T12:00:00","source":""}\n',
        b'{"question":"q","route":null,"title":"","when":3,"source":""}\n',
    ],
)
def test_a_damaged_chat_is_one_sentence_and_harms_no_other(tmp_path: Path, content: bytes) -> None:
    good, bad = _kept(tmp_path), _kept(tmp_path)
    file = _home(tmp_path, bad) / "turns.jsonl"
    file.write_bytes(content)
    with pytest.raises(Unreadable, match=bad.id):
        _chats(tmp_path).open(bad.id)
    listed = _chats(tmp_path).list()
    assert [one.id for one in listed.chats] == [good.id]
    (told,) = listed.damaged
    assert bad.id in told and str(file) in told
    latest = _chats(tmp_path).latest()
    assert latest is not None and latest.id == good.id
    assert file.read_bytes() == content


@pytest.mark.parametrize("name", ["", ".", "..", "../state", "2026-11-24-ffff", "turns.jsonl"])
def test_a_name_that_is_none_opens_nothing(tmp_path: Path, name: str) -> None:
    _kept(tmp_path)
    with pytest.raises(UnknownName, match="no chat") as error:
        _chats(tmp_path).open(name)
    assert "--list" in error.value.hint


def test_a_week_after_its_last_use_a_chat_is_removed(tmp_path: Path) -> None:
    old = _kept(tmp_path, _turn(when=NOW - KEPT_FOR - timedelta(seconds=1)))
    room = old.room()
    assert room is not None
    _agents_file(room).write_text("{}")
    used = _kept(tmp_path, _turn(when=NOW - KEPT_FOR * 3), _turn(when=NOW - KEPT_FOR))
    _chats(tmp_path).forget_expired()
    assert [one.name for one in (tmp_path / "chats").iterdir()] == [used.id]


def _agents_file(room: Path) -> Path:
    folder = room / "session_model" / "agents" / "agent_supervisor" / "messages"
    folder.mkdir(parents=True)
    return folder / "message_0.json"


def _age(folder: Path) -> None:
    long_ago = (NOW - KEPT_FOR * 2).timestamp()
    os.utime(folder, (long_ago, long_ago), follow_symlinks=False)


def test_a_damaged_chat_is_removed_by_the_age_of_its_folder(tmp_path: Path) -> None:
    old, young = _kept(tmp_path), _kept(tmp_path)
    for chat in (old, young):
        (_home(tmp_path, chat) / "turns.jsonl").write_text("{\n")
    _age(_home(tmp_path, old))
    os.utime(_home(tmp_path, young), (NOW.timestamp(), NOW.timestamp()))
    _chats(tmp_path).forget_expired()
    assert [one.name for one in (tmp_path / "chats").iterdir()] == [young.id]


def test_nothing_is_removed_that_is_not_ours(tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "turns.jsonl").write_text("precious\n")
    chats = tmp_path / "chats"
    chats.mkdir()
    (chats / "2020-01-01-aaaa").symlink_to(elsewhere)
    (chats / "2020-01-01-bbbb").write_text("a file")
    (chats / "notes").mkdir()
    holding = {
        "2020-01-01-cccc": "letter.txt",
        "2020-01-01-dddd": "model/photo.jpg",
        "2020-01-01-eeee": "others/turns.jsonl",
    }
    for name, file in holding.items():
        path = chats / name / file
        path.parent.mkdir(parents=True)
        path.write_text("precious")
    linked = chats / "2020-01-01-ffff" / "model"
    linked.parent.mkdir()
    linked.symlink_to(elsewhere)
    for folder in chats.iterdir():
        _age(folder)
    before = sorted(str(path) for path in tmp_path.rglob("*"))
    _chats(tmp_path).forget_expired()
    assert _chats(tmp_path).clear() == 0
    assert sorted(str(path) for path in tmp_path.rglob("*")) == before


def test_a_folder_that_is_a_link_is_not_looked_into(tmp_path: Path) -> None:
    real = tmp_path / "real"
    chat = _kept(real, _turn(when=NOW - KEPT_FOR * 2))
    (tmp_path / "state").mkdir()
    (tmp_path / "state" / "chats").symlink_to(real / "chats")
    _chats(tmp_path / "state").forget_expired()
    assert _home(real, chat).exists()


def test_a_turn_is_never_written_through_a_link(tmp_path: Path) -> None:
    chat = _kept(tmp_path)
    file, target = _home(tmp_path, chat) / "turns.jsonl", tmp_path / "target"
    target.write_text("mine\n")
    file.unlink()
    file.symlink_to(target)
    with pytest.raises(SourceError, match="cannot be kept"):
        chat.add(_turn())
    with pytest.raises(Unreadable):
        _chats(tmp_path).open(chat.id)
    assert target.read_text() == "mine\n"


def test_all_are_cleared(tmp_path: Path) -> None:
    _kept(tmp_path)
    _kept(tmp_path)
    (tmp_path / "anomalies.json").write_text("{}")
    assert _chats(tmp_path).clear() == 2
    left = sorted(one.name for one in tmp_path.rglob("*"))
    assert left == ["anomalies.json", "chats"]


def test_a_folder_that_cannot_be_written_is_told_and_the_turn_is_remembered(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    chat = _chats(tmp_path / "state").new()
    with pytest.raises(SourceError, match="cannot be kept") as error:
        chat.add(_turn())
    assert "FINOPS_STATE_DIR" in error.value.hint
    assert chat.turns == (_turn(),)
    assert chat.room() is None
    _chats(tmp_path / "state").forget_expired()
    assert _chats(tmp_path / "state").latest() is None


_WRITER = """
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path
from finops_cli.domain.chat import Turn
from finops_cli.sources.chat_file import FileChat

sys.stdin.readline()
chat = FileChat(Path(sys.argv[1]))
for number in range(20):
    chat.add(Turn(sys.argv[2] + str(number), None, "x" * 5000, datetime.now(UTC), "demo"))
"""


def test_two_processes_in_one_chat_lose_no_turn(tmp_path: Path) -> None:
    folder = tmp_path / "chats" / "2026-11-24-abcd"
    command = [sys.executable, "-c", _WRITER, str(folder)]
    writers = [
        subprocess.Popen([*command, name], stdin=subprocess.PIPE, text=True) for name in "ab"
    ]
    for writer in writers:
        assert writer.stdin
        writer.stdin.write("go\n")
        writer.stdin.flush()
    for writer in writers:
        writer.communicate(timeout=60)
        assert writer.returncode == 0
    asked = {turn.question for turn in _chats(tmp_path).open("2026-11-24-abcd").turns}
    assert asked == {f"{name}{number}" for name in "ab" for number in range(20)}


def test_the_file_is_a_json_document_a_line(tmp_path: Path) -> None:
    chat = _kept(tmp_path, _turn(), _turn("and rds?"))
    lines = (_home(tmp_path, chat) / "turns.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["question"] for line in lines] == ["s3 last month", "and rds?"]
    assert json.loads(lines[0])["route"]["action"] == "cost.summary"
