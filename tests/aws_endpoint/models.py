"""Botocore's own models, read from disk: what input AWS accepts and what it answers.

The checks that follow from a model are AWS's first: a wrong type is a ``SerializationException``,
everything else one ``ValidationException`` that lists all that is wrong.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from tests.aws_endpoint.wire import AwsError

_LOOKED_AT = 100
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


def check_output(service: str, operation: str, reply: Mapping[str, Any]) -> None:
    """Check a reply of ours against the model of its operation.

    Raises:
        ValueError: AWS could not have answered so.
    """
    shape = service_model(service).operation_model(operation).output_shape
    if shape is None:
        return
    sample = _thinned(reply)
    try:
        wrong = [*problems(shape, sample), *_strangers(shape, sample)]
    except AwsError as error:
        wrong = [error.message]
    if wrong:
        raise ValueError(f"{operation}: {'; '.join(wrong[:5])}")


def _thinned(value: Any) -> Any:
    """Return a reply with a sample of its long lists: items of one list are made alike."""
    if isinstance(value, dict):
        return {name: _thinned(item) for name, item in value.items()}
    if isinstance(value, list):
        return [_thinned(item) for item in value[:: 1 + len(value) // _LOOKED_AT]]
    return value


def _strangers(shape: Any, value: Any, path: str = "") -> Iterator[str]:
    """Yield the members of a reply that a shape does not have."""
    if shape.type_name == "structure":
        for name, item in value.items():
            if name not in shape.members:
                yield f"'{_joined(path, name)}' does not exist"
            else:
                yield from _strangers(shape.members[name], item, _joined(path, name))
    elif shape.type_name in ("list", "map"):
        inner = shape.member if shape.type_name == "list" else shape.value
        for item in value if shape.type_name == "list" else value.values():
            yield from _strangers(inner, item, path)


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
    for constraint in _constraints(shape):
        if not constraint.holds(value):
            yield f"Value '{value}' at '{path}' {_CONSTRAINT} Member must {constraint.words}"


@dataclass(frozen=True, slots=True)
class _Constraint:
    words: str
    holds: Callable[[Any], bool]


_KNOWN: dict[int, tuple[Any, tuple[_Constraint, ...]]] = {}


def _constraints(shape: Any) -> tuple[_Constraint, ...]:
    """Return the constraints of a shape, read once: an answer may hold thousands of values."""
    known = _KNOWN.get(id(shape))
    if known is None:
        known = _KNOWN[id(shape)] = (shape, tuple(_read_constraints(shape)))
    return known[1]


def _read_constraints(shape: Any) -> Iterator[_Constraint]:
    about = shape.metadata
    if shape.type_name == "string" and shape.enum:
        listed = ", ".join(sorted(shape.enum))
        allowed = frozenset(shape.enum)
        yield _Constraint(f"satisfy enum value set: [{listed}]", lambda value: value in allowed)
    pattern = _pattern(about.get("pattern")) if shape.type_name == "string" else None
    if pattern is not None:
        words = f"satisfy regular expression pattern: {about['pattern']}"
        yield _Constraint(words, lambda value: pattern.fullmatch(value) is not None)
    is_number = shape.type_name in ("integer", "long", "double", "float")
    if not is_number and shape.type_name not in ("string", "list", "map"):
        return
    what, size = ("have value", lambda value: value) if is_number else ("have length", len)
    least, most = about.get("min"), about.get("max")
    if least:
        words = f"{what} greater than or equal to {least}"
        yield _Constraint(words, lambda value: size(value) >= least)
    if most is not None:
        yield _Constraint(f"{what} less than or equal to {most}", lambda value: size(value) <= most)


@cache
def _pattern(text: str | None) -> re.Pattern[str] | None:
    """Return the pattern, or None where it is written for another engine than Python's."""
    try:
        return re.compile(text) if text else None
    except re.error:
        return None
