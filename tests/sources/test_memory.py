"""The file of memories: whole, shared by processes, and never written over when damaged."""

import json
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from finops_cli.domain.memory import Acknowledgement, Happening, Memories, Pattern, Sighting
from finops_cli.errors import SourceError, Unreadable
from finops_cli.sources.memory import SCHEMA, FileMemory

DAY = date(2026, 11, 16)
EVENT = Happening("a3f1c9", Pattern("1", "S3", None, "Größe\u2028", "down"), date(2026, 11, 9))
ACK = Acknowledgement(EVENT, "expected", "see ticket", DAY)
SEEN = Sighting(EVENT, Decimal("12.340001"), DAY)


def _full() -> Memories:
    return Memories((ACK,), (SEEN,))


def test_what_is_told_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "state"
    assert FileMemory(folder, "demo").recall() == Memories()
    assert FileMemory(folder, "demo").change(lambda before: _full()) == _full()
    assert FileMemory(folder, "demo").recall() == _full()
    assert FileMemory(folder, "another").recall() == Memories()
    assert [file.suffix for file in sorted(folder.iterdir())] == [".json", ".lock"]


def test_nothing_is_written_where_nothing_changes(tmp_path: Path) -> None:
    FileMemory(tmp_path, "demo").change(lambda before: before)
    assert not (tmp_path / "anomalies.json").exists()


def test_sources_do_not_disturb_each_other(tmp_path: Path) -> None:
    FileMemory(tmp_path, "demo").change(lambda before: _full())
    FileMemory(tmp_path, "other").change(lambda before: before.with_seen(SEEN))
    FileMemory(tmp_path, "other").change(lambda before: Memories())
    assert FileMemory(tmp_path, "demo").recall() == _full()


@pytest.mark.parametrize(
    "content",
    [
        "",
        "{",
        "[]",
        '"text"',
        '{"schema": "finops.memory/1"}',
        '{"schema": "finops.memory/1", "sources": {"demo": []}}',
        '{"schema": "finops.memory/1", "sources": {"demo": {"seen": [{"id": "x"}]}}}',
        '{"schema": "finops.memory/1", "sources": {"demo": {"seen": 3}}}',
        '{"schema": "finops.memory/9", "sources": {}}',
        "\udcff",
    ],
)
def test_a_damaged_file_is_one_error_and_is_left_alone(tmp_path: Path, content: str) -> None:
    file = tmp_path / "anomalies.json"
    file.write_bytes(content.encode("utf-8", "surrogateescape"))
    before = file.read_bytes()
    memory = FileMemory(tmp_path, "demo")
    with pytest.raises(Unreadable) as error:
        memory.recall()
    assert str(file) in error.value.message and error.value.hint
    with pytest.raises(Unreadable):
        memory.change(lambda before: _full())
    assert file.read_bytes() == before


def test_an_unknown_reason_is_damage(tmp_path: Path) -> None:
    FileMemory(tmp_path, "demo").change(lambda before: _full())
    file = tmp_path / "anomalies.json"
    file.write_text(file.read_text().replace('"expected"', '"because"'))
    with pytest.raises(Unreadable):
        FileMemory(tmp_path, "demo").recall()


def test_a_folder_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "state").write_text("a file where the folder should be")
    with pytest.raises(SourceError) as error:
        FileMemory(tmp_path / "state", "demo").change(lambda before: _full())
    assert "FINOPS_STATE_DIR" in error.value.hint


_WRITER = """
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path
from finops_cli.domain.memory import Happening, Pattern, Sighting
from finops_cli.sources.memory import FileMemory

folder, name = Path(sys.argv[1]), sys.argv[2]
sys.stdin.readline()
for number in range(20):
    pattern = Pattern(name, str(number), None, None, "up")
    event = Happening(f"{name}{number}", pattern, date(2026, 1, 1))
    sighting = Sighting(event, Decimal(number), date(2026, 1, 2))
    FileMemory(folder, "demo").change(lambda before: before.with_seen(sighting))
"""


def test_two_processes_at_once_lose_nothing(tmp_path: Path) -> None:
    command = [sys.executable, "-c", _WRITER, str(tmp_path)]
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
    seen = {sighting.event.id for sighting in FileMemory(tmp_path, "demo").recall().seen}
    assert seen == {f"{name}{number}" for name in "ab" for number in range(20)}
    assert json.loads((tmp_path / "anomalies.json").read_text())["schema"] == SCHEMA
