"""What every test shares: an empty home, one cache for the run, and no way out to the network."""

import os
import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

_REAL_CONNECT = socket.socket.connect


_SETTINGS = ("FINOPS_", "AWS_", "CLICOLOR", "ANTHROPIC_", "OPENAI_", "OLLAMA_", "OTEL_")


@pytest.fixture(scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One cache folder for all workers of a run: the demo is built once."""
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base
    return shared / "finops-cache"


@pytest.fixture(autouse=True)
def home(cache_folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Give each test an environment without settings of the person who runs it."""
    for name in set(os.environ) - {"FINOPS_GOLDEN"}:
        if name.startswith(_SETTINGS) or name in ("NO_COLOR", "COLUMNS"):
            monkeypatch.delenv(name)
    monkeypatch.setenv("HOME", str(tmp_path))  # where AWS's own files would be
    monkeypatch.setenv("AWS_EC2_METADATA_DISABLED", "true")
    monkeypatch.setenv("FINOPS_CACHE_DIR", str(cache_folder))
    monkeypatch.setenv("FINOPS_STATE_DIR", str(tmp_path / "state"))
    monkeypatch.setenv("FINOPS_CONFIG_FILE", str(tmp_path / "config.toml"))
    yield tmp_path


@pytest.fixture(autouse=True)
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse every connection that leaves this machine."""

    def connect(self: socket.socket, address: object) -> None:
        host = address[0] if isinstance(address, tuple) else "127.0.0.1"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        _REAL_CONNECT(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", connect)
