"""Botocore's own models, read from disk: what input AWS accepts and what it answers.

The checks that follow from a model are AWS's first: a wrong type is a ``SerializationException``,
everything else one ``ValidationException`` that lists all that is wrong.
"""

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from tests.aws_endpoint.wire import AwsError

_TYPES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "integer": (int,),
    "long": (int,),
    "double": (int, float),
    "float": (int, float),
    "structure": (dict,),
    "map": (dict,),
    "list": (list,),
}


@cache
def service_model(service: str) -> Any:
    """Return the model of a service by its name in botocore."""
    from botocore.loaders import Loader
    from botocore.model import ServiceModel

    return ServiceModel(Loader().load_service_model(service, "service-2"), service)


def check_input(service: str, operation: str, parameters: Mapping[str, Any]) -> None:
    """Check parameters against the model of an operation.

    Raises:
        AwsError: They do not fit it, or there is no such operation.
    """
    model = service_model(service)
    if operation not in model.operation_names:
        raise AwsError("UnknownOperationException", f"There is no operation {operation}.")
    shape = model.operation_model(operation).input_shape
    wrong = list(problems(shape, parameters)) if shape is not None else []
    if wrong:
        count = f"{len(wrong)} validation error{'s' if len(wrong) > 1 else ''} detected: "
        raise AwsError("ValidationException", count + "; ".join(wrong))


def problems(shape: Any, value: Any, path: str = "") -> Iterator[str]:
    """Yield what keeps a value from being of a shape, in AWS's words.

    Raises:
        AwsError: It is of another type.
    """
    expected = _TYPES.get(shape.type_name)
    if expected and (not isinstance(value, expected) or _is_stray_bool(shape, value)):
        raise AwsError("SerializationException", f"{path or 'input'} is no {shape.type_name}")
    yield from _broken_limits(shape, value, path)
    if shape.type_name == "structure":
        yield from _broken_members(shape, value, path)
    elif shape.type_name == "list":
        for at, item in enumerate(value, start=1):
            yield from problems(shape.member, item, f"{path}.{at}.member")
    elif shape.type_name == "map":
        for key, item in value.items():
            yield from problems(shape.value, item, f"{path}.{key}.member")


def _is_stray_bool(shape: Any, value: Any) -> bool:
    return isinstance(value, bool) and shape.type_name != "boolean"


def _broken_members(shape: Any, value: Mapping[str, Any], path: str) -> Iterator[str]:
    for name in shape.required_members:
        if value.get(name) is None:
            yield f"Value null at '{_joined(path, name)}' {_CONSTRAINT} Member must not be null"
    for name, item in value.items():
        if name in shape.members and item is not None:
            yield from problems(shape.members[name], item, _joined(path, name))


_CONSTRAINT = "failed to satisfy constraint:"


def _joined(path: str, name: str) -> str:
    return f"{path}.{name[0].lower()}{name[1:]}".lstrip(".")


def _broken_limits(shape: Any, value: Any, path: str) -> Iterator[str]:
    said = f"Value '{value}' at '{path}' {_CONSTRAINT} Member must"
    if shape.type_name == "string":
        if shape.enum and value not in shape.enum:
            yield f"{said} satisfy enum value set: [{', '.join(sorted(shape.enum))}]"
        pattern = _pattern(shape.metadata.get("pattern"))
        if pattern and not pattern.fullmatch(value):
            yield f"{said} satisfy regular expression pattern: {shape.metadata['pattern']}"
    size = value if shape.type_name in ("integer", "long", "double", "float") else None
    what = "have value" if size is not None else "have length"
    if size is None and shape.type_name in ("string", "list", "map"):
        size = len(value)
    least, most = shape.metadata.get("min"), shape.metadata.get("max")
    if size is not None and least is not None and size < least:
        yield f"{said} {what} greater than or equal to {least}"
    if size is not None and most is not None and size > most:
        yield f"{said} {what} less than or equal to {most}"


@cache
def _pattern(text: str | None) -> re.Pattern[str] | None:
    """Return the pattern, or None where it is written for another engine than Python's."""
    try:
        return re.compile(text) if text else None
    except re.error:
        return None
