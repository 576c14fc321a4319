"""What setting up needs before there is anything to run: AWS profiles and policies, the model."""

from collections.abc import Mapping, Sequence
from typing import Any

from finops_cli.config import Settings


def profiles(environment: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the AWS profiles of this machine.

    Raises:
        NoCredentials: A configuration file of AWS is broken.
    """
    from finops_cli.sources.aws.session.credentials import profiles as named

    return named(environment)


def permissions(
    commands: Sequence[str], role: str | None, partition: str, settings: Settings
) -> dict[str, Any]:
    """Return the IAM policy that commands need; none named means all of them.

    Raises:
        UsageError: An unknown command or partition, no name for a role, or no model.
    """
    from finops_cli.agents.model.setting import BEDROCK, ModelSetting
    from finops_cli.sources.aws.checks import policy

    model = ModelSetting.of(settings)
    asked = model.model_id if model and model.provider == BEDROCK else None
    return policy.permissions(commands, role, partition, asked)


def trust(account: str, external_id: str | None) -> dict[str, Any]:
    """Return the trust policy of a role that an account's credentials may take.

    Raises:
        UsageError: No account's id, or no external id.
    """
    from finops_cli.sources.aws.checks import policy

    return policy.trust(account, external_id)


def check_model(settings: Settings, changed: Mapping[str, str]) -> None:
    """Check what settings say of the language model once some of them have changed.

    Raises:
        UsageError: An unknown provider, or a limit or price that is no number.
    """
    from finops_cli.agents.model.setting import BEDROCK, ModelSetting

    values = {name: settings[name] for name in settings.values}
    # Limits are looked at before a model is set, too.
    ModelSetting.of({**values, "model": values["model"] or BEDROCK, **changed})
