"""Entries appear whole, and the first of two makers wins where both make the same."""

from pathlib import Path

import pytest

from finops_cli.sources.cache import Cache


def test_an_entry_appears_when_the_block_ends_well(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache")
    with cache.making("kind", "key", ".txt") as temporary:
        temporary.write_text("whole")
        assert not cache.path("kind", "key", ".txt").exists()
    assert cache.path("kind", "key", ".txt").read_text() == "whole"
    assert [p.name for p in (tmp_path / "cache" / "kind").iterdir()] == ["key.txt"]


def test_a_failure_leaves_nothing(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with pytest.raises(RuntimeError), cache.making("kind", "key", ".txt") as temporary:
        temporary.write_text("half")
        raise RuntimeError
    assert not list((tmp_path / "kind").iterdir())


def test_the_first_maker_wins_and_a_reader_keeps_its_file(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    with cache.making("kind", "key", ".txt") as slow:
        with cache.making("kind", "key", ".txt") as quick:
            quick.write_text("first")
        slow.write_text("second")
    assert cache.path("kind", "key", ".txt").read_text() == "first"


def test_an_entry_that_is_not_whole_is_made_again(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    for text in ("half", "whole"):
        with cache.making("kind", "key", ".txt", lambda p: p.read_text() == "whole") as made:
            made.write_text(text)
    assert cache.path("kind", "key", ".txt").read_text() == "whole"


def test_replacing_takes_the_place_of_what_was_there(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write_json("kind", "key", [1])
    cache.write_json("kind", "key", [2])
    assert cache.read_json("kind", "key") == [2]


def test_what_cannot_be_read_is_no_entry(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write_json("kind", "key", {"a": 1})
    cache.path("kind", "key", ".json").write_text("{half")
    assert cache.read_json("kind", "key") is None


def test_drop_and_size(tmp_path: Path) -> None:
    cache = Cache(tmp_path)
    cache.write_json("kind", "key", "x" * 100)
    assert cache.size() == 102
    cache.drop("kind", "ke")
    assert cache.size() == 0


def test_the_folder_is_private_whoever_makes_it(tmp_path: Path) -> None:
    Cache(tmp_path / "cache").write_json("kind", "key", 1)
    assert [oct(p.stat().st_mode & 0o777) for p in (tmp_path / "cache").glob("**")] == ["0o700"] * 2
