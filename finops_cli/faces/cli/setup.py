"""First contact: ``finops init``, ``doctor``, ``iam-policy`` and ``completion``."""

from enum import StrEnum
from typing import Annotated

import typer

from finops_cli.faces.cli.options import Common, common_options


class Shell(StrEnum):
    """The shells that can complete commands."""

    BASH = "bash"
    ZSH = "zsh"
    FISH = "fish"


@common_options
def init(
    common: Common,
    month: Annotated[
        str | None,
        typer.Option(
            "--max-api-cost-per-month",
            help="Most US dollars that a month may spend on API calls (live AWS).",
            metavar="USD",
        ),
    ] = None,
) -> int:
    """Say once which bill to read and what asking may cost; it is kept in the config file.

    At a terminal it asks what no option says; elsewhere it never does, and --yes takes the
    defaults.

    Examples: finops init --source demo --yes.
    """
    from dataclasses import replace

    from finops_cli.faces.cli import first
    from finops_cli.faces.cli.session import answer

    kept = first.settle(common, {"max_api_cost_per_month": month})
    # What was a flag is a setting now: the commands to go on with need not repeat it.
    return answer(replace(common, source=None), lambda app: kept)


@common_options
def doctor(
    common: Common,
    spend: Annotated[
        bool, typer.Option("--spend", help="Check what costs money too: one request, $0.01.")
    ] = False,
) -> int:
    """Check the whole setup, and name the command that mends what is wrong.

    Without --spend, nothing that it asks of AWS costs anything. It ends with 4 where credentials or
    a permission lack, with 1 where anything else fails.

    Examples: finops doctor --source demo.
    """
    from finops_cli.faces.cli.session import answer, settings_that_can_be_read

    settings = settings_that_can_be_read(common)
    return answer(common, lambda app: app.doctor.examine(spend=spend), settings)


@common_options
def iam_policy(
    common: Common,
    commands: Annotated[
        list[str] | None, typer.Argument(help="The commands to allow; all where left out.")
    ] = None,
    role: Annotated[
        str | None,
        typer.Option("--role", help="Allow taking the role of this name in other accounts."),
    ] = None,
    trust: Annotated[
        str | None,
        typer.Option(
            "--trust",
            metavar="ACCOUNT",
            help="Print instead whom such a role has to trust: the account that finops runs in.",
        ),
    ] = None,
    external_id: Annotated[
        str | None, typer.Option("--external-id", help="The external id that --trust asks for.")
    ] = None,
    partition: Annotated[
        str, typer.Option("--partition", help="aws, aws-cn or aws-us-gov: where --role is.")
    ] = "aws",
) -> int:
    """Print the IAM policy with the least that the commands need on live AWS, as JSON.

    Examples: finops iam-policy cost forecast; finops iam-policy --trust 123456789012.
    """
    from finops_cli.faces.cli import policies

    if trust:
        return policies.show_trust(common, trust, external_id, commands or [])
    return policies.show_permissions(common, commands or [], role, partition)


def completion(
    shell: Annotated[Shell, typer.Argument(help="The shell that is to complete commands.")],
) -> None:
    """Print the script that lets a shell complete commands and options; nothing is installed.

    Append it to what the shell reads at its start, such as ~/.bashrc.

    Examples: finops completion bash.
    """
    from typer._completion_shared import get_completion_script

    variable = "_FINOPS_COMPLETE"
    typer.echo(get_completion_script(prog_name="finops", complete_var=variable, shell=shell))
