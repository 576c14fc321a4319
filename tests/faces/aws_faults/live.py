"""A small bill behind the test endpoint, asked by the real command line, and what a user sees."""

import json
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from tests.aws_endpoint.bill import Bill
from tests.aws_endpoint.endpoint import PAYER, Endpoint
from tests.aws_endpoint.faults import Faults
from tests.aws_endpoint.identity import SECRET, access_key
from tests.faces.cli import finops
from tests.faces.seen import Seen, read
from tests.fakes import FakeSource, Row

TODAY = date(2026, 11, 16)
MEMBER = "222233334444"
NAMES = {"account": {PAYER: "shop", MEMBER: "data"}}
EC2 = "Amazon Elastic Compute Cloud - Compute"
A_DAY = Decimal("17.50")
LAST_30_DAYS = 30 * A_DAY
_LINES = (
    (EC2, "us-east-1", PAYER, "10.25"),
    (EC2, "eu-west-1", MEMBER, "4"),
    ("Amazon Simple Storage Service", "us-east-1", PAYER, "2.50"),
    ("AmazonCloudWatch", "eu-west-1", MEMBER, "0.75"),
)


def bill(first: date = date(2025, 10, 1), until: date = TODAY) -> FakeSource:
    """Return a bill of the same 17.50 dollars every day."""
    days = (first + timedelta(days=n) for n in range((until - first).days))
    return FakeSource([row for day in days for row in _day(day)], TODAY, names=NAMES)


def _day(day: date) -> list[Row]:
    names = "service", "region", "account", "cost"
    charged = [dict(zip(names, line, strict=True)) for line in _LINES]
    return [{**row, "date": day, "tags": {"team": "web"}} for row in charged]


class Live:
    """An account of the test endpoint, and the home of whoever reads its bill.

    Args:
        endpoint: Where AWS is.
        folder: Where cache, book and configuration are.
        form: The format of all answers.
        setenv: Sets a variable of the environment.
    """

    def __init__(
        self, endpoint: Endpoint, folder: Path, form: str, setenv: Callable[[str, str], None]
    ) -> None:
        self.endpoint = endpoint
        self.faults = endpoint.faults
        self.folder = folder
        self.setenv = setenv
        self._form = form
        self.words = ("--source", "aws", "-o", form)
        own = {
            "FINOPS_CACHE_DIR": str(folder / "cache"),
            "FINOPS_STATE_DIR": str(folder / "state"),
            "FINOPS_CONFIG_FILE": str(folder / "config.toml"),
            "COLUMNS": "10000",
        }
        self.set(own | endpoint.environment())

    @property
    def cache(self) -> Path:
        """The file of the cache."""
        return self.folder / "cache" / "aws" / "costs.sqlite"

    @property
    def book(self) -> Path:
        """The file of what was spent."""
        return self.folder / "state" / "spend.sqlite"

    def serve(self, source: FakeSource) -> None:
        """Let AWS have another bill."""
        self.endpoint.organisation.bill = Bill(source)

    def break_with(self, faults: Faults) -> None:
        """Let other things go wrong from now on."""
        self.endpoint.faults = self.endpoint.organisation.faults = self.faults = faults

    def set(self, variables: dict[str, str]) -> None:
        """Set variables of the environment."""
        for name, value in variables.items():
            self.setenv(name, value)

    def profiles(self, **settings: str) -> None:
        """Write an AWS config file with profiles, and take the keys out of the environment."""
        sections = [f"[profile {name}]\n{text}\n" for name, text in settings.items()]
        (self.folder / "aws").write_text("".join(sections))
        self.set({"AWS_CONFIG_FILE": str(self.folder / "aws"), "AWS_ACCESS_KEY_ID": ""})

    def cost(self, *words: str, as_of: date = TODAY) -> Seen:
        """Ask what was spent, by service unless the words tell otherwise."""
        by = () if "--by" in words else ("--by", "service")
        return self.run("cost", *by, *words, as_of=as_of)

    def run(self, *words: str, as_of: date = TODAY) -> Seen:
        """Run a command, and hold what it leaves to what holds for every fault."""
        done = finops(*words, *self.words, "--as-of", as_of.isoformat())
        return self.seen(done.code, done.out, done.err)

    def seen(self, code: int, out: str, err: str) -> Seen:
        """Return what a user sees of a run's output."""
        for hidden in ("Traceback", "inside finops", SECRET, access_key(PAYER), "token-of-"):
            assert hidden not in out + err
        assert not self.endpoint.mishaps
        if self._form == "json" and code != 130:
            assert err == ""
            return read(code, json.loads(out))
        return Seen(code, " ".join((out + err).split()), None)


def keys(account: str, *more: str) -> str:
    """Return the settings of a profile that has an account's keys."""
    own = f"aws_access_key_id = {access_key(account)}", f"aws_secret_access_key = {SECRET}"
    return "\n".join((*own, *more))
