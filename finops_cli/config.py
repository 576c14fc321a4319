"""Settings and where each value came from: flag, environment, config file, default; in that order.

The config file is TOML in the platform's config folder (``FINOPS_CONFIG_FILE`` or ``--config`` name
another). Only the settings listed here exist; an unknown key is an error, not silence. Besides
them it holds a table for each MCP server (``server_tables``).
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finops_cli.errors import SourceError, UnknownName, UsageError, did_you_mean

if TYPE_CHECKING:
    from finops_cli.domain.agent import McpServer

APP = "finops"
_SERVERS = "mcp"
"""The table that is no setting: see ``mcp_servers``."""


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
_BY_NAME = {setting.name: setting for setting in SETTINGS}


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


def load(flags: Mapping[str, str | None], environment: Mapping[str, str], file: Path) -> Settings:
    """Return every setting with its value and origin.

    Args:
        flags: Values given on the command line; None where not given.
        environment: The process's environment.
        file: The config file; it need not exist.

    Raises:
        UsageError: A value that is none of a setting's choices.
        SourceError: The config file is no TOML, or has a key that is no setting.
    """
    kept = read_file(file)
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
            return Value(_checked(setting, value, origin), origin)
    return Value(setting.default, "default")


def _checked(setting: Setting, value: str, origin: str) -> str:
    if setting.choices and value not in setting.choices:
        hint = did_you_mean(value, setting.choices) or f"Choices: {', '.join(setting.choices)}."
        raise UsageError(f"{value!r} is no {setting.name} ({origin}).", hint)
    return value


def read_file(file: Path) -> dict[str, str]:
    """Return the settings of a config file, none if there is no file.

    Raises:
        SourceError: The file is no TOML.
        UsageError: It has a key that is no setting, or a table that is no MCP server.
    """
    return _settings_of(_parsed(file, _text(file)), file)


def mcp_servers(file: Path) -> "tuple[McpServer, ...]":
    """Return the MCP servers of a config file, none if there is no file.

    Raises:
        SourceError, UsageError: As for ``read_file``.
    """
    return _servers_of(_parsed(file, _text(file)), file)


def _settings_of(content: Mapping[str, Any], file: Path) -> dict[str, str]:
    _servers_of(content, file)
    names = [name for name in content if name != _SERVERS]
    return {_known(name, f"in {file}").name: str(content[name]) for name in names}


def _servers_of(content: Mapping[str, Any], file: Path) -> "tuple[McpServer, ...]":
    if _SERVERS not in content:
        return ()
    from finops_cli.server_tables import servers_in

    return servers_in(content[_SERVERS], file, _BY_NAME)


def _text(file: Path) -> str:
    """Return a config file as it is, its line ends too; an empty text if there is no file."""
    if not file.exists():
        return ""
    try:
        return file.read_bytes().decode("utf-8")
    except (OSError, ValueError) as error:
        raise SourceError(f"The config file {file} cannot be read.", str(error)) from error


def _parsed(file: Path, text: str) -> dict[str, Any]:
    if not text:
        return {}
    import tomllib

    try:
        return tomllib.loads(text)
    except ValueError as error:
        raise SourceError(f"The config file {file} cannot be read.", str(error)) from error


def _known(name: str, where: str) -> Setting:
    if name not in _BY_NAME:
        hint = did_you_mean(name, _BY_NAME) or f"Settings: {', '.join(_BY_NAME)}."
        raise UnknownName(f"There is no setting {name!r} {where}.", hint)
    return _BY_NAME[name]


def write(name: str, value: str, file: Path) -> None:
    """Set a setting in the config file, leaving the rest of the file as it is.

    Raises:
        UnknownName: There is no such setting.
        UsageError: The value is none of its choices.
        SourceError: The file cannot be read or written.
    """
    write_all({name: value}, file)


def write_all(values: Mapping[str, str], file: Path) -> dict[str, str]:
    """Set several settings in the config file at once, leaving the rest of it as it is.

    Returns:
        What was written: a source's path means the same in every folder.

    Raises:
        UnknownName, UsageError, SourceError: As for ``write``; then nothing is written.
    """
    written = {
        name: _checked(_known(name, "to set"), from_anywhere(name, value), "config set")
        for name, value in values.items()
    }
    _edit(file, written)
    return written


def unset(name: str, file: Path) -> None:
    """Take a setting out of the config file; one that is not in it stays as it is.

    Raises:
        UnknownName: There is no such setting.
        SourceError: The file cannot be read or written.
    """
    _known(name, "to unset")
    if name in read_file(file):
        _edit(file, {name: None})


def _edit(file: Path, values: Mapping[str, str | None]) -> None:
    """Write some settings into the file, and take out those that are None."""
    from finops_cli.setting_lines import with_setting, without_setting

    text = _text(file)
    before = _parsed(file, text)
    _settings_of(before, file)
    for name, value in values.items():
        text = without_setting(text, name) if value is None else with_setting(text, name, value)
    if not _says(file, text, {**before, **values}):
        raise SourceError(
            f"{file} is laid out in a way that I cannot change safely.",
            f"Change {' and '.join(values)} there by hand.",
        )
    try:
        _replace(file, text)
    except OSError as error:
        raise SourceError(f"{file} cannot be written: {error.strerror}.", "Check it.") from error


def _says(file: Path, text: str, wanted: Mapping[str, Any]) -> bool:
    """Tell whether a text says what is wanted, and nothing else."""
    try:
        found = _parsed(file, text)
    except SourceError:
        return False
    return found == {name: value for name, value in wanted.items() if value is not None}


def _replace(file: Path, text: str) -> None:
    """Write a file whole or not at all, for its owner alone: it may hold an external id."""
    import contextlib
    import tempfile

    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle, name = tempfile.mkstemp(dir=file.parent, prefix=file.name, suffix=".part")
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="") as temporary:
            temporary.write(text)
        Path(name).replace(file)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def from_anywhere(name: str, value: str) -> str:
    """Return a source's path so that it means the same in every folder."""
    if name != "source" or value in ("demo", "aws") or "://" in value:
        return value
    return str(Path(value).expanduser().absolute())


def default_file(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the config file that is used where none is named."""
    named = environment.get("FINOPS_CONFIG_FILE")
    if named:
        return Path(named)
    from platformdirs import user_config_path

    return user_config_path(APP, appauthor=False) / "config.toml"


def cache_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what can be made again."""
    named = environment.get("FINOPS_CACHE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_cache_path

    return user_cache_path(APP, appauthor=False)


def state_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Return the folder of what people have said and cannot be made again."""
    named = environment.get("FINOPS_STATE_DIR")
    if named:
        return Path(named)
    from platformdirs import user_state_path

    return user_state_path(APP, appauthor=False)
