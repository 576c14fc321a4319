"""The config file: TOML, with the settings and a table for each MCP server.

It is its owner's. A setting is written as one line, and the rest of the file stays as it is.
"""

import os
from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from finops_cli.config.settings import BY_NAME, Settings, checked, known, resolved
from finops_cli.errors import SourceError

if TYPE_CHECKING:
    from finops_cli.domain.agent import McpServer

_SERVERS = "mcp"
"""The table that is no setting: see ``mcp_servers``."""


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
    return resolved(flags, environment, read_file(file), file)


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
    return {known(name, f"in {file}").name: str(content[name]) for name in names}


def _servers_of(content: Mapping[str, Any], file: Path) -> "tuple[McpServer, ...]":
    if _SERVERS not in content:
        return ()
    from finops_cli.config.servers import servers_in

    return servers_in(content[_SERVERS], file, BY_NAME)


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
        name: checked(known(name, "to set"), from_anywhere(name, value), "config set")
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
    known(name, "to unset")
    if name in read_file(file):
        _edit(file, {name: None})


def _edit(file: Path, values: Mapping[str, str | None]) -> None:
    """Write some settings into the file, and take out those that are None."""
    from finops_cli.config.lines import with_setting, without_setting

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
    """Return the path of a source or of budgets so that it means the same in every folder."""
    if name not in ("source", "budgets") or value in ("demo", "aws") or "://" in value:
        return value
    return str(Path(value).expanduser().absolute())
