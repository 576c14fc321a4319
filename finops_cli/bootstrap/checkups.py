"""What a doctor looks at besides the source: the language model, if one is set."""

import os
from collections.abc import Iterator
from functools import partial

from finops_cli.config import Settings
from finops_cli.domain.check import Check


def model_checks(settings: Settings, offline: bool) -> Iterator[Check]:
    """Yield what is found about the language model; nothing where none is set.

    Args:
        settings: What the user set.
        offline: Whether nobody may be asked.
    """
    from finops_cli.agents.model.checkup import checks
    from finops_cli.sources.aws.checks import bedrock
    from finops_cli.sources.aws.session.session import boto_session

    profile = first_profile(settings)

    def look(model_id: str, region: str | None) -> Check:
        return bedrock.model(model_id, region, profile, os.environ)

    return checks(settings, os.environ, partial(boto_session, profile), look, offline)


def first_profile(settings: Settings) -> str | None:
    """Return the AWS profile that a model is asked with: of several, the first."""
    return (settings["profile"] or "").partition(",")[0].strip() or None
