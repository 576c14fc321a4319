"""Damaged input: the answer is a sentence with a hint, or the right frame; never a traceback."""

import gzip
import tempfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from finops_cli.domain.query import CostQuery, Granularity, Metric
from finops_cli.errors import FinopsError, NotAnExport, Unreadable
from tests.sources.formats import write
from tests.sources.opening import opened, total

_ROWS = b"date,cost,service,currency\n" + b"".join(
    b"2026-01-%02d,%d.5,service %d,USD\n" % (i % 28 + 1, i, i * 7919 % 100_003)
    for i in range(30_000)
)


def _parquet(folder: Path) -> bytes:
    return write(folder, "CUR 2.0", "parquet").read_bytes()


def _flipped(content: bytes, at: int) -> bytes:
    return content[:at] + bytes([content[at] ^ 0xFF]) + content[at + 1 :]


_GZ = gzip.compress(_ROWS)
_DAMAGED: dict[str, Callable[[Path], bytes]] = {
    "0-byte gz": lambda _f: b"",
    "gz of nothing": lambda _f: gzip.compress(b""),
    "gz of blanks": lambda _f: gzip.compress(b"\n\n"),
    "small truncated gz": lambda _f: gzip.compress(_ROWS[:2000])[:-12],
    "large truncated gz": lambda _f: _GZ[: len(_GZ) * 9 // 10],
    "gz without its trailer": lambda _f: _GZ[:-4],
    "gz with a wrong checksum": lambda _f: _flipped(_GZ, len(_GZ) - 7),
    "gz with a wrong byte": lambda _f: _flipped(_GZ, len(_GZ) // 2),
    "gz header only": lambda _f: _GZ[:10],
    "truncated parquet": lambda folder: _parquet(folder)[:-100],
    "parquet head": lambda folder: _parquet(folder)[:4],
    "parquet with a broken foot": lambda folder: _flipped(_parquet(folder), -6),
    "parquet that lies about its foot": lambda _f: b"PAR1" + b"\xff" * 60 + b"\xff\xff\xff\x7fPAR1",
    "header only": lambda _f: b"date,cost,currency\n",
    "header without a line end": lambda _f: b"date,cost,currency",
    "utf-16": lambda _f: "date,cost\n2026-01-01,1\n".encode("utf-16"),
    "zip": lambda _f: b"PK\x03\x04" + b"\x00" * 50,
    "zstd": lambda _f: b"\x28\xb5\x2f\xfd" + b"\x00" * 50,
    "text": lambda _f: b"Dear colleague,\n\nhere is the bill.\n",
    "json": lambda _f: b'{"date": "2026-01-01", "cost": 1}',
    "html": lambda _f: b"<html><body>Access denied</body></html>",
    "huge field": lambda _f: b'date,"' + b"x" * 300_000 + b'",cost\n2026-01-01,1,2\n',
    "text cut in a field": lambda _f: b'date,cost,service\n2026-01-01,1,a\n2026-01-02,2,"b',
}


@pytest.mark.parametrize("kind", _DAMAGED)
def test_damaged_files_are_refused_in_a_sentence(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "export" / "file"
    content = _DAMAGED[kind](tmp_path / "made")
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises((Unreadable, NotAnExport, FinopsError)) as raised:
        total(opened(path))
    assert raised.value.message.endswith((".", "?"))
    assert "\n" not in raised.value.message
    assert raised.value.exit_code == 1


def test_a_focus_parquet_without_rows(tmp_path: Path) -> None:
    path = write(tmp_path / "export", "FOCUS 1.2", "parquet", "false")
    with pytest.raises(Unreadable, match="a header but no rows"):
        opened(path)


def test_the_rows_before_the_damage_are_whole() -> None:
    """The samples above are damaged, not wrong from the start."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.gz"
        path.write_bytes(_GZ)
        assert total(opened(path, Path(folder) / "cache")) == "450000000"


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    folder = tmp_path_factory.mktemp("samples")
    kinds = ("parquet", "csv", "csv.gz")
    return {kind: write(folder, "FOCUS 1.2", kind).read_bytes() for kind in kinds}


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    kind=st.sampled_from(["parquet", "csv", "csv.gz"]),
    edits=st.lists(
        st.tuples(
            st.floats(0, 1, exclude_max=True),
            st.sampled_from(["flip", "cut", "insert", "drop", "repeat"]),
            st.binary(min_size=1, max_size=6),
        ),
        min_size=1,
        max_size=4,
    ),
)
def test_any_mutation_gives_a_frame_or_a_sentence(
    kind: str, edits: list[tuple[float, str, bytes]], samples: dict[str, bytes]
) -> None:
    content = samples[kind]
    for share, edit, junk in edits:
        content = _mutated(content, int(len(content) * share), edit, junk)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "export" / "file"
        path.parent.mkdir()
        path.write_bytes(content)
        try:
            source = opened(path)
            for metric in (Metric.UNBLENDED, Metric.AMORTIZED):
                source.fetch(CostQuery(source.coverage(), metric, Granularity.DAILY, ("service",)))
            source.dimensions()
            source.facts()
        except FinopsError as error:
            assert error.message


def _mutated(content: bytes, at: int, edit: str, junk: bytes) -> bytes:
    match edit:
        case "flip":
            return content[:at] + junk + content[at + len(junk) :]
        case "cut":
            return content[:at]
        case "insert":
            return content[:at] + junk + content[at:]
        case "drop":
            return content[:at] + content[at + len(junk) :]
    return content[:at] + content[at // 2 :]
