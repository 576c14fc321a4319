"""A small bill, a language model on this machine, and what a user sees of both."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.faces.cli import finops
from tests.faces.seen import Seen, read
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Reply, Request, Script

OPEN_ENDED = "is our s3 spend reasonable"
UNCLEAR = "what should we repair"
BY_CODE = "AmazonS3 cost $375.00 for Sep 2026"
KEY = "for-tests-only"


@dataclass
class Talk:
    """Someone with a bill in a file and a language model.

    Args:
        folder: Where the bill is, and all that is kept.
        form: The format of all answers.
        setenv: Sets a variable of the environment.
    """

    folder: Path
    form: str
    setenv: Callable[[str, str], None]

    def __post_init__(self) -> None:
        self.requests: list[Request] = []
        self.set({"COLUMNS": "10000"})

    def set(self, variables: dict[str, str]) -> None:
        """Set variables of the environment."""
        for name, value in variables.items():
            self.setenv(name, value)

    @property
    def words(self) -> tuple[str, ...]:
        """The options of every command."""
        return ("--source", str(bill(self.folder)), "-o", self.form)

    def ask(
        self,
        script: Sequence[Reply] | Script,
        question: str = OPEN_ENDED,
        provider: str = "bedrock",
        models: Sequence[str] = (),
    ) -> Seen:
        """Ask a question while a model says what a script has for it."""
        with ModelEndpoint(script, models=models) as model:
            self.set(model.environment(provider))
            seen = self.run("ask", question)
            self.requests = model.requests
        return seen

    def run(self, *words: str) -> Seen:
        """Run a command, and hold what it leaves to what holds for every fault."""
        done = finops(*words, *self.words)
        for hidden in ("Traceback", "inside finops", KEY):
            assert hidden not in done.out + done.err
        if self.form == "json":
            assert done.err == ""
            return read(done.code, json.loads(done.out))
        return Seen(done.code, " ".join((done.out + done.err).split()), None)


def bill(folder: Path) -> Path:
    """Return a bill of two services over two months."""
    file = folder / "costs.csv"
    if not file.exists():
        days = [f"2026-{month:02}-{day:02}" for month in (8, 9) for day in range(1, 31)]
        lines = [f"{day},{service},{cost}\n" for day in days for service, cost in _COSTS]
        file.write_text(f"date,service,cost\n{''.join(lines)}")
    return file


_COSTS = (("AmazonS3", "12.50"), ("AmazonEC2", "70.25"))
