"""Where a user's files are: the platform's own places, unless the environment names others."""

import os
from collections.abc import Mapping
from pathlib import Path

APP = "finops"


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
