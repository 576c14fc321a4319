"""The user's AWS configuration files, read as the AWS tools read them.

Read with the standard library, so that an answer from the cache needs no boto3. The rules are those
of botocore: profiles of the credentials file are laid over those of the config file, in which every
profile but ``default`` is a section ``[profile NAME]``.
"""

import configparser
import os
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from finops_cli.errors import NoCredentials, did_you_mean

DEFAULT = "default"
KEY = "aws_access_key_id"
KEY_OF_CONFIG = "aws_access_key_id of the config file"
"""Where a key that stands in the config file is kept: botocore looks for it last of all."""

Section = dict[str, str]


@dataclass(frozen=True, slots=True)
class Profiles:
    """What the two files hold.

    Args:
        sections: The settings of each profile by its name.
        sso_sessions: The settings of each ``[sso-session NAME]``.
    """

    sections: dict[str, Section] = field(default_factory=dict)
    sso_sessions: dict[str, Section] = field(default_factory=dict)

    def named(self, name: str) -> Section:
        """Return the settings of a profile.

        Raises:
            NoCredentials: There is no such profile.
        """
        if name not in self.sections:
            hint = did_you_mean(name, self.sections)
            known = f"Profiles: {', '.join(self.sections)}." if self.sections else ""
            make = f"`aws configure --profile {shlex.quote(name)}` makes it."
            raise NoCredentials(f"There is no AWS profile {name!r}.", hint or known or make)
        return self.sections[name]


def read(environment: Mapping[str, str]) -> Profiles:
    """Return the profiles of the config and credentials files; none where there are no files.

    Raises:
        NoCredentials: A file cannot be read.
    """
    profiles = Profiles()
    for name, section in _parsed(_file("AWS_CONFIG_FILE", "config", environment)).items():
        kind, _, rest = name.partition(" ")
        if KEY in section:
            section[KEY_OF_CONFIG] = section.pop(KEY)
        if name == DEFAULT:
            profiles.sections[name] = section
        elif kind == "profile":
            profiles.sections[_unquoted(rest)] = section
        elif kind == "sso-session":
            profiles.sso_sessions[_unquoted(rest)] = section
    secret = _file("AWS_SHARED_CREDENTIALS_FILE", "credentials", environment)
    for name, section in _parsed(secret).items():
        profiles.sections.setdefault(name, {}).update(section)
    return profiles


def chosen(environment: Mapping[str, str]) -> str | None:
    """Return the profile that the environment names, if it does."""
    return environment.get("AWS_DEFAULT_PROFILE") or environment.get("AWS_PROFILE") or None


def chain(name: str, profiles: Profiles) -> tuple[Section, ...]:
    """Return a profile's settings, then those of the profiles that its role is taken from.

    Raises:
        NoCredentials: A profile that is named is not there, or they go round in a circle.
    """
    followed: list[str] = []
    while name not in followed:
        followed.append(name)
        section = profiles.named(name)
        source = section.get("source_profile")
        if "role_arn" not in section or source is None:
            break
        if source == name:  # a role taken with the keys of the profile itself
            break
        name = source
    else:
        raise NoCredentials(
            f"The profiles {' > '.join([*followed, name])} take their roles from each other.",
            "Let the last one's source_profile be a profile with credentials of its own.",
        )
    return tuple(profiles.named(each) for each in followed)


def _file(variable: str, name: str, environment: Mapping[str, str]) -> Path:
    named = environment.get(variable)
    if named:
        return Path(os.path.expandvars(named)).expanduser()
    home = environment.get("HOME") or environment.get("USERPROFILE")
    return (Path(home) if home else Path.home()) / ".aws" / name


def _parsed(file: Path) -> dict[str, Section]:
    parser = configparser.RawConfigParser(default_section="")
    try:
        if not file.is_file():
            return {}
        parser.read_string(file.read_text(encoding="utf-8"), str(file))
    except configparser.Error as error:
        # The error's own words quote the line, which may hold a secret.
        line = getattr(error, "lineno", None) or next(
            (number for number, _ in getattr(error, "errors", ())), None
        )
        where = f" Line {line} is wrong." if line else ""
        raise NoCredentials(f"The AWS file {file} cannot be read.{where}", "Mend it.") from None
    except (OSError, UnicodeDecodeError):
        raise NoCredentials(
            f"The AWS file {file} cannot be read.", "Check its permissions and encoding."
        ) from None
    return {name: dict(parser[name]) for name in parser.sections()}


def _unquoted(name: str) -> str:
    try:
        parts = shlex.split(name)
    except ValueError:
        return name
    return parts[0] if len(parts) == 1 else name.strip()
