import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from threading import Barrier

import pytest

from finops_cli.errors import BadPeriod, SetupError
from finops_cli.sources.demo import ensure_demo
from finops_cli.sources.demo.folder import KEPT, ensure_build

NAMES = ["2026-10.parquet", "2026-11.parquet"]
WHOLE = b"PAR1" + b"body" + (4).to_bytes(4, "little") + b"PAR1"


class Maker:
    """Writes small files that look like parquet, and counts how often it was asked to."""

    def __init__(self, names: list[str] = NAMES, content: bytes = WHOLE) -> None:
        self.calls = 0
        self._names, self._content = names, content

    def __call__(self, folder: Path) -> None:
        self.calls += 1
        for name in self._names:
            (folder / name).write_bytes(self._content)


def target_in(folder: Path, day: int = 1) -> Path:
    return folder / f"{'ab' * 6}-2026-11-{day:02}"


def listing(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def test_a_build_is_made_once(tmp_path: Path) -> None:
    make = Maker()
    target = target_in(tmp_path / "new" / "cache")
    assert ensure_build(target, NAMES, make) == target
    assert ensure_build(target, NAMES, make) == target
    assert make.calls == 1
    assert listing(target) == NAMES
    assert listing(target.parent) == [target.name]


def cut(target: Path) -> None:
    (target / NAMES[1]).write_bytes(WHOLE[:-3])


def empty(target: Path) -> None:
    (target / NAMES[0]).write_bytes(b"")


def garble(target: Path) -> None:
    (target / NAMES[0]).write_bytes(b"x" * len(WHOLE))


def lose(target: Path) -> None:
    (target / NAMES[0]).unlink()


def lie_about_the_footer(target: Path) -> None:
    (target / NAMES[0]).write_bytes(b"PAR1" + (2**31).to_bytes(4, "little") + b"PAR1")


def litter(target: Path) -> None:
    (target / "other.parquet").write_bytes(WHOLE)


def replace_by_a_file(target: Path) -> None:
    for name in NAMES:
        (target / name).unlink()
    target.rmdir()
    target.write_bytes(b"")


@pytest.mark.parametrize(
    "damage", [cut, empty, garble, lose, lie_about_the_footer, litter, replace_by_a_file]
)
def test_a_damaged_build_is_made_again(tmp_path: Path, damage: Callable[[Path], None]) -> None:
    make = Maker()
    target = ensure_build(target_in(tmp_path), NAMES, make)
    damage(target)
    ensure_build(target, NAMES, make)
    assert make.calls == 2
    assert [(target / name).read_bytes() for name in NAMES] == [WHOLE, WHOLE]
    assert listing(target) == NAMES
    assert listing(tmp_path) == [target.name]


def test_a_build_that_fails_leaves_nothing(tmp_path: Path) -> None:
    def fail(folder: Path) -> None:
        (folder / NAMES[0]).write_bytes(WHOLE)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        ensure_build(target_in(tmp_path), NAMES, fail)
    assert listing(tmp_path) == []


def test_a_build_that_is_not_whole_is_never_returned(tmp_path: Path) -> None:
    with pytest.raises(SetupError):
        ensure_build(target_in(tmp_path), NAMES, Maker(content=b"nothing"))


def test_the_newest_builds_are_kept_and_strangers_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes").mkdir()
    for day in range(1, KEPT + 3):
        target = ensure_build(target_in(tmp_path, day), NAMES, Maker())
        os.utime(target, (day, day))
    kept = [target_in(tmp_path, day).name for day in range(3, KEPT + 3)]
    assert listing(tmp_path) == [*kept, "notes"]


def test_what_crashed_long_ago_is_removed_and_what_runs_now_is_not(tmp_path: Path) -> None:
    crashed, running = tmp_path / ".unfinished-a", tmp_path / ".unfinished-b"
    crashed.mkdir()
    running.mkdir()
    os.utime(crashed, (1, 1))
    target = ensure_build(target_in(tmp_path), NAMES, Maker())
    assert listing(tmp_path) == [running.name, target.name]


def test_a_folder_that_cannot_be_made_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    with pytest.raises(SetupError) as caught:
        ensure_build(target_in(tmp_path / "file"), NAMES, Maker())
    assert "cannot be built" in caught.value.message
    assert caught.value.hint


def test_builders_at_the_same_time_leave_one_whole_build(tmp_path: Path) -> None:
    together = Barrier(4)
    make = Maker()

    def make_together(folder: Path) -> None:
        together.wait(timeout=30)
        make(folder)

    def ensure(_: int) -> list[str]:
        return listing(ensure_build(target_in(tmp_path), NAMES, make_together))

    with ThreadPoolExecutor(4) as pool:
        assert list(pool.map(ensure, range(4))) == [NAMES] * 4
    assert make.calls == 4
    assert listing(tmp_path) == [target_in(tmp_path).name]


def test_the_demo_itself_is_built_by_two_threads_at_once(tmp_path: Path) -> None:
    def ensure(_: int) -> Path:
        return ensure_demo(tmp_path, date(2026, 11, 15))

    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(ensure, range(2))
    assert first == second
    assert listing(tmp_path) == [first.name]
    assert first.name.endswith("-2026-11-15")
    names = listing(first)
    assert len(names) == 26
    assert (names[0], names[-1]) == ("2024-10.parquet", "2026-11.parquet")


@pytest.mark.parametrize("today", [date(1, 1, 1), date(1999, 5, 5), date.max])
def test_a_day_out_of_reach_is_a_bad_period(tmp_path: Path, today: date) -> None:
    with pytest.raises(BadPeriod):
        ensure_demo(tmp_path, today)
    assert listing(tmp_path) == []
