"""Models that may not be used, or are not there: one sentence each, and what mends it."""

from collections.abc import Callable

from finops_cli.agents.model.causes import Cause
from finops_cli.agents.model.faults import Fault
from finops_cli.agents.model.providers import KEYS
from finops_cli.agents.model.setting import (
    ANTHROPIC,
    BEDROCK,
    LITELLM,
    OLLAMA,
    OPENAI,
    ModelSetting,
)
from finops_cli.errors import FinopsError, ModelBusy, ModelDenied, ModelMissing

Teller = Callable[[Fault, ModelSetting], FinopsError]

_PROVIDERS = {
    BEDROCK: "Bedrock",
    ANTHROPIC: "Anthropic",
    OPENAI: "OpenAI",
    OLLAMA: "Ollama",
    LITELLM: "LiteLLM",
}
ANOTHER = "Choose another model: `finops config set model PROVIDER:ID`."


def where(setting: ModelSetting) -> str:
    """Return who answers, or does not."""
    return setting.endpoint or _PROVIDERS[setting.provider]


def region(setting: ModelSetting) -> str:
    """Return where Bedrock is asked."""
    return setting.region or "the region of your profile"


def _form(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelDenied(
        "Anthropic wants to know what its models are used for, and this AWS account has not told.",
        "Open any Claude model in the Bedrock console > Model catalog and fill in the form; "
        "it counts after about 15 minutes.",
    )


def _unsubscribed(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelDenied(
        f"This AWS account has no access to the model {setting.model_id}.",
        "Open the model once in the Bedrock console > Model catalog (Model access in GovCloud) as "
        "somebody who may aws-marketplace:Subscribe and aws-marketplace:ViewSubscriptions.",
    )


def _profile(fault: Fault, setting: ModelSetting) -> FinopsError:
    bare = setting.model_id.rpartition("/")[2]
    return ModelMissing(
        f"The model {setting.model_id} is reached through an inference profile only.",
        f"`finops config set model bedrock:global.{bare}` names the global one.",
    )


def _tools(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelMissing(f"The model {setting} cannot call tools.", ANOTHER)


def _quota(fault: Fault, setting: ModelSetting) -> FinopsError:
    if setting.provider == BEDROCK:
        return ModelBusy(
            f"The tokens that this account may use of the model {setting.model_id} are used up.",
            "Service Quotas > Amazon Bedrock shows how many there are a day, and raises them.",
        )
    return ModelDenied(
        f"There is no credit left for the model {setting}.",
        f"Add some on the billing page of {_PROVIDERS[setting.provider]}.",
    )


def _missing(fault: Fault, setting: ModelSetting) -> FinopsError:
    if setting.provider == OLLAMA:
        return ModelMissing(
            f"Ollama has no model {setting.model_id}.", f"Get it: `ollama pull {setting.model_id}`."
        )
    if setting.provider == BEDROCK:
        return ModelMissing(
            f"Bedrock has no model {setting.model_id} in {region(setting)}, or no longer.",
            "`aws bedrock list-inference-profiles` shows what there is; then "
            "`finops config set model bedrock:ID`.",
        )
    if setting.url:
        return ModelMissing(
            f"{setting.url} knows no model {setting.model_id}.",
            "Check the model's name, and that model_url is a base URL: most end in /v1.",
        )
    return ModelMissing(
        f"{_PROVIDERS[setting.provider]} knows no model {setting.model_id} for this key.",
        f"Choose another: `finops config set model {setting.provider}:ID`.",
    )


def _expired(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelDenied(
        "The AWS credentials for Bedrock are over.",
        "`aws sso login` for SSO; otherwise get new ones where you had these from.",
    )


def _credentials(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelDenied(
        "There are no AWS credentials to ask Bedrock with.",
        "`finops config set profile NAME`, or choose a model elsewhere: "
        "`finops config set model ollama:qwen3`.",
    )


def _key(fault: Fault, setting: ModelSetting) -> FinopsError:
    if setting.provider == BEDROCK:
        return ModelDenied(
            "AWS does not accept the credentials for Bedrock.", "`finops doctor` looks at them."
        )
    if setting.provider not in KEYS:
        return ModelDenied(
            f"{setting.endpoint or _PROVIDERS[setting.provider]} wants a key, or another one.",
            f"Set the key that the provider of {setting.model_id} wants in the environment.",
        )
    variable = KEYS[setting.provider]
    return ModelDenied(
        f"{where(setting)} does not accept the key in {variable}.",
        f"`export {variable}=...` with a key that is valid.",
    )


def _denied(fault: Fault, setting: ModelSetting) -> FinopsError:
    if setting.provider != BEDROCK:
        return ModelDenied(
            f"{where(setting)} does not let this key use the model {setting.model_id}.",
            f"Check what the key may do. {ANOTHER}",
        )
    said = (
        "Not allowed: bedrock:InvokeModelWithResponseStream is needed to ask the model "
        f"{setting.model_id}."
    )
    if "service control policy" in fault.words.lower():
        return ModelDenied(
            said,
            "A service control policy of the organization forbids it. If it forbids regions, a "
            "profile of a geography may pass: `finops config set model bedrock:us.MODEL`.",
        )
    return ModelDenied(
        said,
        "Give your user or role what `finops iam-policy ask` prints: it holds this action and "
        "bedrock:InvokeModel on models and inference profiles.",
    )


NO_ACCESS: dict[Cause, Teller] = {
    Cause.FORM: _form,
    Cause.UNSUBSCRIBED: _unsubscribed,
    Cause.PROFILE: _profile,
    Cause.TOOLS: _tools,
    Cause.QUOTA: _quota,
    Cause.MISSING: _missing,
    Cause.EXPIRED: _expired,
    Cause.CREDENTIALS: _credentials,
    Cause.KEY: _key,
    Cause.DENIED: _denied,
}
"""Tells what keeps a model from being used, by the cause."""
