"""What a doctor looks at where a language model is set; nothing that it does is billed.

A model is asked nothing: that would cost tokens. What can be known without is whether its package
and its key are there, whether Ollama runs and has it, and whether Bedrock knows it.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from finops_cli.agents.model.failures import told
from finops_cli.agents.model.prices import prices
from finops_cli.agents.model.providers import OpenSession, connect
from finops_cli.agents.model.setting import BEDROCK, OLLAMA, ModelSetting, Values
from finops_cli.domain.check import Check, failed, ok, skipped, warning
from finops_cli.errors import FinopsError

NAME = "model"
_SECONDS = 3.0
_SET_PRICE = "finops config set model_price READ/WRITTEN"

LookAtBedrock = Callable[[str, str | None], Check]
"""Tells whether Bedrock knows a model in a region (None for the user's own), at no cost."""


def checks(
    values: Values,
    environment: Mapping[str, str],
    session: OpenSession,
    bedrock: LookAtBedrock,
    offline: bool = False,
) -> Iterator[Check]:
    """Yield what is found about the model; nothing where none is set.

    Args:
        values: The user's settings.
        environment: The process's environment.
        session: Opens a session of boto3.
        bedrock: Looks whether Bedrock knows a model.
        offline: Whether nobody may be asked.
    """
    try:
        setting = ModelSetting.of(values)
        if setting is not None:
            connect(setting, environment, session)
            yield _reached(setting, bedrock, offline)
    except FinopsError as error:
        yield failed(NAME, error.message, error.hint, error.exit_code)


def _reached(setting: ModelSetting, bedrock: LookAtBedrock, offline: bool) -> Check:
    if offline:
        return skipped(NAME, f"--offline: {setting} is not looked for.")
    if setting.provider == BEDROCK:
        return bedrock(setting.model_id, setting.region)
    if setting.provider == OLLAMA:
        return _pulled(setting)
    there = f"{setting}: its package and key are there. It was asked nothing."
    if prices(setting) is None:
        return warning(NAME, f"{there} What it costs is not known.", _SET_PRICE)
    return ok(NAME, there)


def _pulled(setting: ModelSetting) -> Check:
    """Tell whether Ollama runs and has the model."""
    try:
        names = [str(model.get("name", "")) for model in _tags(setting).get("models", [])]
    except (OSError, ValueError) as error:
        trouble = told(error, setting)
        return failed(NAME, trouble.message, trouble.hint)
    if setting.model_id in names or f"{setting.model_id}:latest" in names:
        return ok(NAME, f"{setting} is there: nothing leaves for a provider of models.")
    said = f"Ollama runs, and has no model {setting.model_id}."
    return failed(NAME, said, f"ollama pull {setting.model_id}", 4)


def _tags(setting: ModelSetting) -> dict[str, Any]:
    from urllib.request import urlopen

    with urlopen(f"{setting.endpoint}/api/tags", timeout=_SECONDS) as reply:
        found: dict[str, Any] = json.loads(reply.read())
    return found
