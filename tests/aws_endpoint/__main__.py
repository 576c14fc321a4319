"""Serve a source as an AWS account, for as long as a command runs or until interrupted.

python -m tests.aws_endpoint [--source demo] [--as-of DATE] [--port 0] [COMMAND ...]
"""

import argparse
import os
import subprocess
import sys
import threading
from datetime import UTC, date, datetime
from tempfile import TemporaryDirectory

from finops_cli import config
from finops_cli.sources import Today, open_source
from tests.aws_endpoint.endpoint import Endpoint


def main(words: list[str]) -> int:
    """Serve, and return the command's exit code."""
    given = _parser().parse_args(words)
    today = given.as_of or datetime.now(UTC).date()
    source = open_source(given.source, Today(today, pinned=True), config.cache_folder())
    with Endpoint(source, today, port=given.port) as endpoint:
        environment = endpoint.environment()
        if given.command:
            return _run(given.command, environment)
        for name, value in environment.items():
            print(f"export {name}={value}", flush=True)
        _until_interrupted()
    return 0


def _run(command: list[str], environment: dict[str, str]) -> int:
    """Run a command apart from the user's AWS profile, config file, cache and ledger."""
    own = {name: value for name, value in os.environ.items() if not name.startswith("AWS_")}
    with TemporaryDirectory() as folder:
        apart = {
            "FINOPS_CACHE_DIR": f"{folder}/cache",
            "FINOPS_STATE_DIR": f"{folder}/state",
            "FINOPS_CONFIG_FILE": f"{folder}/config.toml",
        }
        return subprocess.run(command, env=own | environment | apart).returncode


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m tests.aws_endpoint", description=__doc__)
    parser.add_argument("--source", default="demo", help="demo, or the path of an export")
    parser.add_argument("--as-of", type=date.fromisoformat, help="the day that counts as today")
    parser.add_argument("--port", type=int, default=0, help="the port; 0 for any that is free")
    parser.add_argument("command", nargs=argparse.REMAINDER, help="what to run against it")
    return parser


def _until_interrupted() -> None:
    try:
        threading.Event().wait()
    except KeyboardInterrupt:
        return


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
