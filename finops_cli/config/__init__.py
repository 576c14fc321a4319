"""Settings and where each value came from: flag, environment, config file, default; in that order.

The config file is TOML in the platform's config folder (``FINOPS_CONFIG_FILE`` or ``--config`` name
another).
"""

from finops_cli.config.file import (
    from_anywhere,
    load,
    mcp_servers,
    read_file,
    unset,
    write,
    write_all,
)
from finops_cli.config.folders import APP, cache_folder, default_file, state_folder
from finops_cli.config.settings import SETTINGS, Setting, Settings, Value

__all__ = [
    "APP",
    "SETTINGS",
    "Setting",
    "Settings",
    "Value",
    "cache_folder",
    "default_file",
    "from_anywhere",
    "load",
    "mcp_servers",
    "read_file",
    "state_folder",
    "unset",
    "write",
    "write_all",
]
