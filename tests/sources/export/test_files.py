"""Which files count: folders, globs, manifests, superseded deliveries, copies."""

import gzip
import json
import os
import shutil
from contextlib import chdir
from pathlib import Path

import pytest

from finops_cli.errors import FinopsError, NotAnExport, SetupError, SourceNotFound, Unreadable
from finops_cli.sources.export.files import find_files
from tests.sources.formats import write
from tests.sources.opening import opened, said, total
from tests.sources.totals import DATA

_OLD, _NEW = "16e57707-f9e3-49be-8be6-b84e684b5194", "0a1b2c3d-0000-4000-8000-000000000000"
_HEAD = "lineItem/UsageStartDate,lineItem/UnblendedCost,lineItem/CurrencyCode,identity/LineItemId\n"


def _put(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def _cur(path: Path, cost: int, item: str = "x") -> Path:
    return _put(path, f"{_HEAD}2026-09-01T00:00:00Z,{cost},USD,{item}\n")


def _period(folder: Path) -> Path:
    """Return a legacy report's folder of one month, delivered twice; the manifest names the old."""
    period = folder / "report" / "20260901-20261001"
    _cur(period / _OLD / "report-1.csv", 1)
    _cur(period / _OLD / "report-2.csv", 2, "y")
    _cur(period / _NEW / "report-1.csv", 100)
    keys = [f"prefix/report/20260901-20261001/{_OLD}/report-{i}.csv" for i in (1, 2)]
    manifest = json.dumps({"assemblyId": _OLD, "reportKeys": keys})
    _put(period / "report-Manifest.json", manifest)
    _put(period / _OLD / "report-Manifest.json", manifest)
    return period


@pytest.mark.parametrize("spec", [".", "report", "report/*/*/*.csv", "report/**/*"])
def test_only_the_delivery_that_the_manifest_names_counts(spec: str, tmp_path: Path) -> None:
    _period(tmp_path / "s3")
    source = opened(str(tmp_path / "s3" / spec), tmp_path / "cache")
    assert total(source) == "3"
    assert "20260901-20261001: 2 deliveries" in said(source)


def test_from_inside_the_period_s_folder(tmp_path: Path) -> None:
    with chdir(_period(tmp_path / "s3")):
        for spec in (".", "*/*.csv", "report-Manifest.json"):
            assert total(opened(spec, tmp_path / "cache")) == "3", spec


def test_a_manifest_stands_for_its_files(tmp_path: Path) -> None:
    period = _period(tmp_path / "s3")
    for manifest in (period / "report-Manifest.json", period / _OLD / "report-Manifest.json"):
        assert total(opened(manifest, tmp_path / "cache")) == "3"
    (period / _OLD / "report-2.csv").unlink()
    with pytest.raises(NotAnExport, match="lists 2 data files"):
        find_files(str(period / "report-Manifest.json"))


def test_a_published_manifest(tmp_path: Path) -> None:
    """Its file, by the folders of its key, or flat beside it."""
    manifest = shutil.copy(DATA / "cur" / "koku_local_bucket_Manifest.json", tmp_path)
    data = DATA / "cur" / "koku_local_bucket_201808.csv.gz"
    with pytest.raises(NotAnExport):
        find_files(str(manifest))
    shutil.copy(data, tmp_path / "koku-local-1.csv.gz")
    assert [file.name for file in find_files(str(manifest)).files] == ["koku-local-1.csv.gz"]


def test_without_a_manifest_the_newest_delivery_counts(tmp_path: Path) -> None:
    period = _period(tmp_path / "s3")
    (period / "report-Manifest.json").unlink()
    for folder, day in ((_OLD, 10), (_NEW, 5)):
        for path in (period / folder).iterdir():
            os.utime(path, (day * 86_400, day * 86_400))
    assert total(opened(tmp_path / "s3", tmp_path / "cache")) == "3"


def test_executions_of_data_exports(tmp_path: Path) -> None:
    export = tmp_path / "export"
    for month, day, cost in (("2026-08", 3, 1), ("2026-08", 9, 2), ("2026-09", 5, 40)):
        run = f"2026-10-0{day}T12:00:00.000Z-{_OLD}"
        folder = export / "data" / f"BILLING_PERIOD={month}" / run
        _put(folder / "x-00001.csv", f"{_HEAD}{month}-01T00:00:00Z,{cost},USD,x\n")
        meta = export / "metadata" / f"BILLING_PERIOD={month}" / run / "x-Manifest.json"
        files = [f"s3://bucket/p/export/data/BILLING_PERIOD={month}/{run}/x-00001.csv"]
        _put(meta, json.dumps({"dataFiles": files}))
    for spec in ("", "data", "data/*/*/*.csv"):
        source = opened(str(export / spec), tmp_path / "cache")
        assert total(source) == "42"
        assert "BILLING_PERIOD=2026-08: 2 deliveries" in said(source)
    assert total(opened(meta, tmp_path / "cache")) == "40"


def test_deliveries_side_by_side_are_told(tmp_path: Path) -> None:
    for day, cost in ((3, 1), (9, 2)):
        run = f"2026-10-0{day}T12:00:00.000Z-{_OLD}"
        rows = "".join(f"2026-09-0{d}T00:00:00Z,{cost},USD,x\n" for d in (1, 2, 3))
        _put(tmp_path / "export" / run / "x.csv", _HEAD + rows)
    source = opened(tmp_path / "export")
    assert "two deliveries of the same days" in said(source)


def test_a_file_and_its_copy_count_once(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    content = _cur(folder / "a.csv", 5).read_bytes()
    _put(folder / "b.csv", content)
    source = opened(folder)
    assert total(source) == "5"
    assert "b.csv is a copy of a.csv" in said(source)


@pytest.mark.parametrize("kinds", [("csv", "csv.gz"), ("csv", "parquet"), ("parquet", "csv.gz")])
def test_a_file_and_the_same_charges_in_another_form(
    kinds: tuple[str, str], tmp_path: Path
) -> None:
    folder = tmp_path / "export"
    alone = total(opened(write(tmp_path / "alone" / "export", "FOCUS 1.2", "csv")))
    for kind in kinds:
        write(folder, "FOCUS 1.2", kind)
    source = opened(folder)
    assert total(source) == alone
    assert "holds the same charges as" in said(source)
    assert total(opened(folder)) == alone


def test_like_files_that_are_no_copies_all_count(tmp_path: Path) -> None:
    """The same rows, days and sum, but other services."""
    folder = tmp_path / "export"
    for name in ("a", "b"):
        _put(folder / f"{name}.csv", f"date,cost,service,currency\n2026-09-01,5,svc {name},USD\n")
    source = opened(folder)
    assert (total(source), said(source)) == ("10", "")


def test_junk_in_a_folder_is_left_out_and_told(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    _cur(folder / "a.dat", 5)
    _put(folder / "readme.txt", "hello\n")
    _put(folder / "photo.bin", b"\x00\x01\x02")
    _put(folder / "old.zip", b"PK\x03\x04....")
    _put(folder / "empty.csv", "")
    _put(folder / "notes.md", "# x\n")
    _put(folder / "half.csv", "ChargePeriodStart,what\n2026-09-01,1\n")
    _put(folder / ".hidden.csv", "date,cost\n2026-09-01,1\n")
    _put(folder / "_SUCCESS", "date,cost\n2026-09-01,1\n")
    source = opened(folder)
    assert total(source) == "5"
    for name in ("readme.txt", "photo.bin", "old.zip", "empty.csv", "half.csv"):
        assert name in said(source)
    assert "notes.md" not in said(source) and "hidden" not in said(source)


def test_formats_that_meet_in_a_folder_are_told(tmp_path: Path) -> None:
    folder = tmp_path / "export"
    _cur(folder / "a.csv", 5)
    _put(folder / "b.csv", "date,cost,currency\n2026-09-01,1,USD\n")
    source = opened(folder)
    assert total(source) == "6"
    assert "The files mix legacy CUR and tidy table" in said(source)


@pytest.mark.parametrize("name", ["report[1].csv", "what?.csv", "a*b.csv", "it's.csv", "ü ñ.csv"])
def test_odd_names_are_these_very_files(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "odd [x]"
    _cur(folder / "report1.csv", 100)
    _cur(folder / "what1.csv", 200)
    path = _cur(folder / name, 5)
    assert total(opened(path, tmp_path / "cache")) == "5"
    other = write(tmp_path / "p", "FOCUS 1.0", "parquet", "cost > 5")
    alone = total(opened(other, tmp_path / "cache"))
    write(tmp_path / "q", "FOCUS 1.0", "parquet").rename(folder / "report1.parquet")
    renamed = other.rename(folder / name.replace(".csv", ".parquet"))
    assert total(opened(renamed, tmp_path / "cache")) == alone


def test_a_wrong_path_suggests_the_right_one(tmp_path: Path) -> None:
    _cur(tmp_path / "costs.csv", 5)
    with pytest.raises(SourceNotFound) as raised:
        find_files(str(tmp_path / "cost.csv"))
    assert "costs.csv" in raised.value.hint
    with pytest.raises(SourceNotFound, match="No files at"):
        find_files(str(tmp_path / "nowhere" / "*.csv"))


@pytest.mark.parametrize("spec", ["", "\0", "~nobody-here-by-that-name/x", "x" * 5000])
def test_impossible_paths(spec: str) -> None:
    with pytest.raises(FinopsError):
        find_files(spec)


def test_a_folder_without_data(tmp_path: Path) -> None:
    with pytest.raises(NotAnExport, match="No data files"):
        find_files(str(tmp_path))
    _put(tmp_path / "notes.md", "# x\n")
    with pytest.raises(NotAnExport, match="No data files"):
        find_files(str(tmp_path))


def test_nothing_but_empty_files(tmp_path: Path) -> None:
    _put(tmp_path / "a.csv", "")
    with pytest.raises(Unreadable, match="0 bytes"):
        find_files(str(tmp_path / "a.csv"))
    _put(tmp_path / "b.csv", "")
    with pytest.raises(Unreadable, match="all files are empty"):
        find_files(str(tmp_path))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read(tmp_path: Path) -> None:
    path = _cur(tmp_path / "costs.csv", 5)
    path.chmod(0)
    with pytest.raises(Unreadable, match="cannot be read"):
        opened(path, tmp_path / "cache")


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    """What permission denied does to others happens to root with a socket."""
    import socket

    path = tmp_path / "x.csv"
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(path))
        with pytest.raises(FinopsError):
            opened(path, tmp_path / "cache")


def test_s3_without_its_extensions_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="httpfs") as raised:
        opened("s3://bucket/prefix/", tmp_path)
    assert raised.value.exit_code == 4
    assert "aws s3 sync" in raised.value.hint


def test_a_changed_file_is_read_anew(tmp_path: Path) -> None:
    path = _cur(tmp_path / "export" / "costs.csv", 5)
    assert total(opened(path)) == "5"
    _cur(path, 77)
    assert total(opened(path)) == "77"


def test_gzip_by_any_name(tmp_path: Path) -> None:
    path = _cur(tmp_path / "a.csv", 5)
    path.write_bytes(gzip.compress(path.read_bytes()) + gzip.compress(b"2026-09-02,2,USD,z\n"))
    assert total(opened(path, tmp_path / "cache")) == "7"
