"""Serve a model that says one sentence, for as long as a command runs or until interrupted.

python -m tests.model_endpoint [--provider bedrock] [--say TEXT] [COMMAND ...]
"""

import argparse
import os
import subprocess
import sys
import threading

from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Says

_PROVIDERS = ("bedrock", "openai", "anthropic", "ollama")


def main(words: list[str]) -> int:
    """Serve, and return the command's exit code."""
    given = _parser().parse_args(words)
    with ModelEndpoint(lambda request: Says(given.say)) as model:
        environment = model.environment(given.provider)
        if given.command:
            return subprocess.run(given.command, env=os.environ | environment).returncode
        for name, value in environment.items():
            print(f"export {name}={value}", flush=True)
        try:
            threading.Event().wait()
        except KeyboardInterrupt:
            return 0
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.model_endpoint", description=__doc__)
    parser.add_argument("--provider", choices=_PROVIDERS, default="bedrock", help="whom to play")
    parser.add_argument("--say", default="The figures above say it all.", help="what it says")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what to run against it")
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
