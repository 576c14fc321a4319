"""Ctrl-C while an MCP server is still starting: the answer of code comes, and no process stays."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Says

STARTING = "echo $$ > {fifo}; exec sleep 600"


def test_a_server_that_is_starting_ends_with_the_program(tmp_path: Path) -> None:
    fifo = tmp_path / "pid"
    os.mkfifo(fifo)
    command = ["/bin/sh", "-c", STARTING.format(fifo=fifo)]
    table = f'[mcp.slow]\nagent = "advisor"\ntools = ["look"]\ncommand = {command!r}\n'
    (tmp_path / "config.toml").write_text(table)
    words = ["ask", "is our s3 spend reasonable", "--source", "demo", "-o", "terminal"]
    with ModelEndpoint([Says("It is.")]) as model:
        finops = subprocess.Popen(
            [sys.executable, "-m", "finops_cli", *words],
            env=os.environ | model.environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        server = int(fifo.read_text())  # waits until it has been started
        finops.send_signal(signal.SIGINT)
        said, _ = finops.communicate(timeout=60)
    assert "You stopped the model." in said
    assert finops.returncode == 130
    with pytest.raises(ProcessLookupError):
        os.kill(server, 0)
