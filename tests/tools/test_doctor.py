"""A doctor's report: every check told, the exit code by what failed, and what to do first."""

from collections.abc import Iterator
from decimal import Decimal

import pytest

from finops_cli.domain.answer import Answer
from finops_cli.domain.check import Check, failed, ok, skipped, warning
from finops_cli.domain.source import Meter
from finops_cli.tools.doctor import Doctor


class Examined:
    """An examination whose findings are known."""

    def __init__(self, *checks: Check) -> None:
        self.meter = Meter()
        self._checks = checks

    def checks(self, spend: bool) -> Iterator[Check]:
        if spend:
            self.meter.api_calls += 1
            self.meter.api_cost += Decimal("0.01")
        yield from self._checks


def examined(*checks: Check, spend: bool = False) -> Answer:
    return Doctor(Examined(*checks)).examine(spend=spend)


GOOD = ok("clock", "AWS accepts it.")
POOR = warning("spend caps", "None.", "finops config set max_api_cost 1")
BAD = failed("cache folder", "It cannot be written.", "chmod u+w cache")
NO_RIGHT = failed("identity", "No credentials.", "Get some.", exit_code=4)


def test_every_check_is_a_row() -> None:
    (table,) = examined(GOOD, POOR, skipped("AWS", "Not asked.")).tables
    assert [column.name for column in table.columns] == ["check", "state", "what", "fix"]
    assert table.rows == (
        ("clock", "ok", "AWS accepts it.", ""),
        ("spend caps", "warning", "None.", "finops config set max_api_cost 1"),
        ("AWS", "skipped", "Not asked.", ""),
    )


@pytest.mark.parametrize(
    ("checks", "code"),
    [
        ((GOOD,), 0),
        ((GOOD, POOR), 0),
        ((POOR, BAD), 1),
        ((NO_RIGHT,), 4),
        ((BAD, NO_RIGHT, GOOD), 4),
    ],
)
def test_the_exit_code_says_what_failed(checks: tuple[Check, ...], code: int) -> None:
    answer = examined(*checks)
    assert answer.exit.code == code
    if code:
        assert all(c.name in answer.exit.reason for c in checks if c in (BAD, NO_RIGHT))


def test_the_title_counts() -> None:
    assert examined(GOOD).title.template.startswith("All is well")
    assert "{warnings} warning in" in examined(GOOD, POOR).title.template
    said = examined(BAD, POOR, POOR, NO_RIGHT).title
    assert said.template == "{failed} of {checks} checks failed: {names}; {warnings} warnings."
    values = {figure.name: figure.value for figure in said.figures}
    assert values == {"failed": 2, "warnings": 2, "checks": 4, "names": "cache folder, identity"}


def test_next_mends_what_failed_by_commands_alone() -> None:
    assert examined(GOOD, POOR).next == ("finops cost --by service",)
    assert examined(POOR, NO_RIGHT, BAD).next == ("chmod u+w cache",)
    assert examined(NO_RIGHT).next == ()


def test_what_looking_cost_is_told() -> None:
    assert examined(GOOD).provenance.api_calls == 0
    paid = examined(GOOD, spend=True).provenance
    assert (paid.api_calls, paid.api_cost) == (1, Decimal("0.01"))


@pytest.mark.parametrize(
    ("fix", "command"),
    [
        ("`aws sso login --profile prod` begins one.", ("aws sso login --profile prod",)),
        ("`--profile` names one; `aws configure sso` makes one.", ("aws configure sso",)),
        ("Check the connection. `--offline` answers from the cache.", ()),
        ("Did you mean source?", ()),
    ],
)
def test_next_takes_a_command_out_of_a_sentence(fix: str, command: tuple[str, ...]) -> None:
    assert examined(failed("identity", "No.", fix)).next == command
