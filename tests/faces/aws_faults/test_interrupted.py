"""Ctrl-C while AWS is about to answer: nothing half-done stays behind."""

import signal
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing

import pytest

from tests.aws_endpoint.faults import Faults
from tests.aws_endpoint.wire import Call
from tests.faces.aws_faults.live import LAST_30_DAYS, TODAY, Live, Seen
from tests.faces.aws_faults.page import fault
from tests.faces.aws_faults.test_answers import COLD, COSTS, booked

LONGEST = 20


class Holding(Faults):
    """AWS takes its time over the second page of costs."""

    def __init__(self) -> None:
        super().__init__()
        self.arrived = threading.Event()
        self.let_go = threading.Event()

    def delay(self, call: Call) -> float:
        if call.operation == COSTS and "NextPageToken" in call.parameters:
            self.arrived.set()
            self.let_go.wait(LONGEST)
        return 0


@pytest.mark.skipif(sys.platform == "win32", reason="has no such signal")
@fault("Ctrl-C while a request is under way")
def test_interrupted(live: Live) -> Seen:
    holding = Holding()
    live.break_with(holding)
    words = "cost", "--by", "service", *live.words, "--as-of", TODAY.isoformat()
    command = [sys.executable, "-m", "finops_cli", *words]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as running:
        assert holding.arrived.wait(LONGEST)
        running.send_signal(signal.SIGINT)
        out, err = running.communicate(timeout=LONGEST)
        holding.let_go.set()
    seen = live.seen(running.returncode, out, err)
    assert out == ""
    with closing(sqlite3.connect(live.cache)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
    assert booked(live) == 3, "AWS may bill what it was asked"
    again = live.cost()
    assert (again.code, again.total) == (0, LAST_30_DAYS)
    assert booked(live) <= 3 + COLD
    return seen
