"""The agents cost nothing until they are asked."""

import subprocess
import sys

HEAVY = {"strands", "mcp", "boto3", "botocore", "pydantic", "opentelemetry", "asyncio"}


def test_naming_the_assistant_loads_no_library() -> None:
    program = "import sys, finops_cli.agents.loop.assistant; print(*sys.modules)"
    run = subprocess.run(
        [sys.executable, "-c", program], capture_output=True, text=True, timeout=60, check=True
    )
    assert not HEAVY & set(run.stdout.split())
