"""Ctrl-C while a model works: what is there is kept, and nothing hangs."""

import json
import os
import signal
import subprocess
import sys

from tests.faces.model_faults.page import fault
from tests.faces.model_faults.talk import BY_CODE, OPEN_ENDED, Talk
from tests.faces.seen import Seen, read
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Silent


@fault("Ctrl-C while the model works")
def test_interrupt(talk: Talk) -> Seen:
    with ModelEndpoint([Silent()]) as model:
        command = [sys.executable, "-m", "finops_cli", "ask", OPEN_ENDED, *talk.words]
        asking = subprocess.Popen(
            command,
            env=os.environ | model.environment() | {"FINOPS_MODEL_SECONDS": "100"},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert model.held.wait(60)
        asking.send_signal(signal.SIGINT)
        out, err = asking.communicate(timeout=60)
    assert "Traceback" not in out + err
    if talk.form == "json":
        seen = read(asking.returncode, json.loads(out))
    else:
        seen = Seen(asking.returncode, " ".join((out + err).split()), None)
    assert seen.says(BY_CODE)
    return seen
