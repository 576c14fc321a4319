"""A setting's line in the text of a config file: put in, put right, taken out.

The rest of the file is its owner's and stays as it is, to the character: comments, order, line
ends, and tables with all that is in them. A setting stands above the first table, since a line
below it would belong to the table.
"""

import json
import re

_LINE = re.compile(r"[^\n]*\n|[^\n]+")


def with_setting(text: str, name: str, value: str) -> str:
    """Return the text of a TOML file with a setting set.

    Args:
        text: The file as it is, its line ends untranslated.
        name: The setting.
        value: Its value, whatever characters it has.
    """
    above, tables = _split(text)
    end = "\r\n" if "\r\n" in text else "\n"
    line = f"{name} = {_quoted(value)}{end}"
    at = [i for i, old in enumerate(above) if _key(old) == name]
    if at:
        above[at[0]] = line
        return "".join((*above, *tables))
    if above and not above[-1].endswith("\n"):
        above[-1] += end
    apart = (end,) if tables and tables[0].strip() else ()
    return "".join((*above, line, *apart, *tables))


def without_setting(text: str, name: str) -> str:
    """Return the text of a TOML file without a setting."""
    above, tables = _split(text)
    return "".join((*(line for line in above if _key(line) != name), *tables))


def _split(text: str) -> tuple[list[str], list[str]]:
    """Return the lines above the first table, and those from what introduces it on."""
    lines = _LINE.findall(text)
    at = next((i for i, line in enumerate(lines) if line.lstrip().startswith("[")), len(lines))
    if at < len(lines):
        while at and lines[at - 1].lstrip().startswith("#"):
            at -= 1
        while at and not lines[at - 1].strip():
            at -= 1
    return lines[:at], lines[at:]


def _key(line: str) -> str:
    return line.split("=")[0].strip().strip("\"'")


def _quoted(value: str) -> str:
    """Return a TOML string, whose escapes are those of JSON but for one more."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
