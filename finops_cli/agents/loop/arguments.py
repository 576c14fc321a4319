"""What a model gave as arguments, read as what it meant: models write lists as text and back.

A call that can be understood runs; one that cannot is refused with a sentence that mends it. The
names, types and choices are those of the tool's own signature, as a JSON schema.
"""

import json
from collections.abc import Mapping
from typing import Any

from finops_cli.agents.loop.fencing import cropped
from finops_cli.errors import UnknownName, UsageError, did_you_mean

Schema = Mapping[str, Any]

_NOTHING = frozenset({"", "null", "none"})
_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"false", "no", "0"})


def arguments(given: Any, schema: Schema) -> dict[str, Any]:
    """Return the arguments that a model meant, those left out absent.

    Args:
        given: What the model gave.
        schema: The JSON schema of an object: what the tool takes.

    Raises:
        UsageError: Something that the tool does not take, or that cannot be read.
    """
    known: Mapping[str, Schema] = schema.get("properties", {})
    wanted = _object(given)
    unknown = [name for name in wanted if name not in known]
    if unknown:
        raise UsageError(
            f"There is no argument {_named(unknown[0])}.",
            f"{did_you_mean(unknown[0], known)} It takes: {', '.join(known)}.".strip(),
        )
    read = {
        name: _value(name, value, known[name])
        for name, value in wanted.items()
        if value in known[name].get("enum", ()) or not _is_nothing(value)
    }
    missing = [name for name in schema.get("required", ()) if name not in read]
    if missing:
        raise UsageError(f"The argument {missing[0]} is needed.", "Give it, and call again.")
    return read


def _object(given: Any) -> dict[str, Any]:
    if isinstance(given, str):
        given = _from_json(given) if given.strip() else {}
    if given is None:
        return {}
    if not isinstance(given, dict):
        raise UsageError("The arguments are no JSON object.", 'Write them as {"name": value}.')
    return {str(name): value for name, value in given.items()}


def _value(name: str, value: Any, schema: Schema) -> Any:
    if "enum" in schema:
        return _choice(name, value, schema["enum"])
    match schema.get("type"):
        case "array":
            items: Schema = schema.get("items", {})
            return [_value(name, one, items) for one in _list(value)]
        case "integer":
            return _integer(name, value)
        case "number":
            return _number(name, value)
        case "boolean":
            return _boolean(name, value)
        case "string":
            return _text(name, value)
    return value


def _choice(name: str, value: Any, choices: list[Any]) -> Any:
    for choice in choices:
        if str(choice).casefold() == str(value).strip().casefold():
            return choice
    words = [str(choice) for choice in choices]
    raise UnknownName(
        f"{_named(value)} is no {name}.",
        f"{did_you_mean(str(value), words)} Choose from: {', '.join(words)}.".strip(),
    )


def _list(value: Any) -> list[Any]:
    """Return the items of a list that may come as text or as an object of conditions."""
    if isinstance(value, dict):
        return [f"{key}={_joined(one)}" for key, one in value.items()]
    if isinstance(value, str):
        read = _from_json(value) if value.lstrip().startswith("[") else None
        return read if isinstance(read, list) else _split(value)
    return list(value) if isinstance(value, list | tuple) else [value]


def _split(text: str) -> list[str]:
    """Return the parts between commas; a comma inside a condition parts its values, not the list.

    ``service=EC2,S3`` is one condition, ``service=EC2,region=us-east-1`` two.
    """
    parts: list[str] = []
    for part in (piece.strip() for piece in text.split(",")):
        if parts and part and "=" in parts[-1] and "=" not in part:
            parts[-1] = f"{parts[-1]},{part}"
        elif part:
            parts.append(part)
    return parts


def _integer(name: str, value: Any) -> int:
    try:
        number = float(value)
        if not isinstance(value, bool) and number == int(number):
            return int(number)
    except (TypeError, ValueError, OverflowError):
        pass
    raise UsageError(f"{name} is a whole number, not {_named(value)}.", "Write it as 10.")


def _number(name: str, value: Any) -> float:
    try:
        return float(value)
    except (TypeError, ValueError) as error:
        raise UsageError(f"{name} is a number, not {_named(value)}.", "Write it as 50.") from error


def _boolean(name: str, value: Any) -> bool:
    word = str(value).strip().casefold()
    if word in _YES or word in _NO:
        return word in _YES
    raise UsageError(f"{name} is true or false, not {_named(value)}.", "Write true or false.")


def _text(name: str, value: Any) -> str:
    if isinstance(value, list) and len(value) == 1:
        value = value[0]
    if isinstance(value, str | int | float):
        return str(value).strip()
    raise UsageError(f"{name} is one text, not {_named(value)}.", "Write it as one text.")


def _joined(value: Any) -> str:
    return ",".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _from_json(text: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        return text


def _is_nothing(value: Any) -> bool:
    return value is None or (isinstance(value, str) and value.strip().casefold() in _NOTHING)


def _named(value: Any) -> str:
    return cropped(repr(value), 80)
