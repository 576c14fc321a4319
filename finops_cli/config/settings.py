"""The settings that there are, and where each value came from.

Flag, environment, config file, default; in that order. Only the settings listed here exist: an
unknown key is an error, not silence.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from finops_cli.errors import UnknownName, UsageError, did_you_mean


@dataclass(frozen=True, slots=True)
class Setting:
    """One thing a user may set once for good."""

    name: str
    help: str
    default: str | None = None
    choices: tuple[str, ...] = ()

    @property
    def variable(self) -> str:
        """The environment variable that sets it."""
        return f"FINOPS_{self.name.upper()}"


SETTINGS = (
    Setting("source", "demo, aws, or the path, glob or folder of a billing export"),
    Setting("profile", "AWS profile"),
    Setting("output", "Format of answers", choices=("terminal", "markdown", "json", "csv")),
    Setting(
        "metric",
        "Which cost",
        "unblended",
        ("unblended", "amortized", "net-unblended", "net-amortized", "blended", "list"),
    ),
    Setting("budgets", "A TOML file of budgets, in place of those that the source has of its own"),
    Setting("currency", "Which billing currency, where the bill has several"),
    Setting("max_api_cost", "US dollars that one run may spend on billable API calls", "1.00"),
    Setting("max_api_cost_per_day", "US dollars that all runs of a UTC day may spend"),
    Setting("max_api_cost_per_month", "US dollars that all runs of a UTC month may spend"),
    Setting("api_seconds", "Seconds that one run may spend on API calls", "120"),
    Setting("billing_view", "ARN of the billing view to read (live AWS)"),
    Setting("accounts", "Accounts to read one by one by a role: ids, or organization (live AWS)"),
    Setting("role", "Name of the role to take in each of these accounts (live AWS)"),
    Setting("external_id", "External id that this role asks for (live AWS)"),
    Setting("concurrency", "How many of these accounts are read at once (live AWS)", "4"),
    Setting("model", "Language model: bedrock, bedrock:ID, anthropic:ID, openai:ID, ollama:ID ..."),
    Setting("model_url", "Base URL of the model's endpoint, where it is not the provider's own"),
    Setting("model_region", "AWS region of Bedrock, where it is not the profile's"),
    Setting("model_price", "US dollars a million tokens read and written, such as 1.00/5.00"),
    Setting("max_model_cost", "US dollars that it may take for one question", "0.25"),
    Setting("max_model_tokens", "Tokens that it may read and write for one question", "200000"),
    Setting("max_model_calls", "Requests to it for one question", "15"),
    Setting("max_tool_calls", "Tools that it may call for one question", "20"),
    Setting("model_seconds", "Seconds that it may take for one question", "90"),
)
BY_NAME = {setting.name: setting for setting in SETTINGS}


@dataclass(frozen=True, slots=True)
class Value:
    """A setting's value and where it came from."""

    value: str | None
    origin: str


@dataclass(frozen=True, slots=True)
class Settings:
    """All settings of one run."""

    values: Mapping[str, Value]
    file: Path

    def __getitem__(self, name: str) -> str | None:
        return self.values[name].value

    def without(self, name: str, flag: str) -> "Settings":
        """Return these settings with one of them off, as a flag asks."""
        return replace(self, values={**self.values, name: Value(None, flag)})


def resolved(
    flags: Mapping[str, str | None],
    environment: Mapping[str, str],
    kept: Mapping[str, str],
    file: Path,
) -> Settings:
    """Return every setting with its value and origin.

    Args:
        flags: Values given on the command line; None where not given.
        environment: The process's environment.
        kept: Those of the config file.
        file: The config file.

    Raises:
        UsageError: A value that is none of a setting's choices.
    """
    values = {s.name: _resolve(s, flags, environment, kept, file) for s in SETTINGS}
    return Settings(values, file)


def _resolve(
    setting: Setting,
    flags: Mapping[str, str | None],
    environment: Mapping[str, str],
    kept: Mapping[str, str],
    file: Path,
) -> Value:
    flag = f"--{setting.name.replace('_', '-')}"
    for value, origin in (
        (flags.get(setting.name), flag),
        (environment.get(setting.variable), setting.variable),
        (kept.get(setting.name), str(file)),
    ):
        if value:
            return Value(checked(setting, value, origin), origin)
    return Value(setting.default, "default")


def checked(setting: Setting, value: str, origin: str) -> str:
    """Return a value that a setting may have.

    Raises:
        UsageError: It is none of the setting's choices.
    """
    if setting.choices and value not in setting.choices:
        hint = did_you_mean(value, setting.choices) or f"Choices: {', '.join(setting.choices)}."
        raise UsageError(f"{value!r} is no {setting.name} ({origin}).", hint)
    return value


def known(name: str, where: str) -> Setting:
    """Return the setting of a name.

    Raises:
        UnknownName: There is none.
    """
    if name not in BY_NAME:
        hint = did_you_mean(name, BY_NAME) or f"Settings: {', '.join(BY_NAME)}."
        raise UnknownName(f"There is no setting {name!r} {where}.", hint)
    return BY_NAME[name]
