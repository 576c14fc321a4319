"""Filters: trees of And, Or and Not over dimensions, tags and cost categories."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tests.aws_endpoint import dimensions
from tests.aws_endpoint.dimensions import Attribute
from tests.aws_endpoint.wire import invalid

Values = Mapping[str, str | None]
"""The values of one charge by the source's dimensions."""
_ROOTS = ("And", "Or", "Not", "Dimensions", "Tags", "CostCategories")
_LEAF_OPTIONS = {
    "Dimensions": {"EQUALS", "CASE_SENSITIVE"},
    "Tags": {"EQUALS", "CASE_SENSITIVE", "ABSENT"},
    "CostCategories": {"EQUALS", "CASE_SENSITIVE", "ABSENT"},
}


@dataclass(frozen=True, slots=True)
class Rule:
    """A filter, read: the dimensions that it looks at, and whether it keeps a charge."""

    needs: frozenset[str]
    keeps: Callable[[Values], bool]


EVERYTHING = Rule(frozenset(), lambda values: True)


def read_filter(expression: Mapping[str, Any] | None, payer: str) -> Rule:
    """Return the rule that an expression means; all is kept where there is none.

    Raises:
        AwsError: AWS would refuse the expression.
    """
    if expression is None:
        return EVERYTHING
    roots = [name for name in expression if expression[name] is not None]
    if len(roots) > 1:
        raise invalid(
            "Expression has more than one roots. Only one root operator is allowed for each "
            f"expression: {', '.join(_ROOTS)}"
        )
    if not roots or roots[0] not in _ROOTS:
        raise invalid("Expression must have a root operator")
    root = roots[0]
    if root in ("And", "Or"):
        return _joined(root, expression[root], payer)
    if root == "Not":
        inner = read_filter(expression["Not"], payer)
        return Rule(inner.needs, lambda values: not inner.keeps(values))
    return _leaf(root, expression[root], payer)


def _joined(root: str, operands: list[Mapping[str, Any]], payer: str) -> Rule:
    if len(operands) < 2:
        raise invalid(f"Expression {root} must have at least two operands")
    rules = [read_filter(operand, payer) for operand in operands]
    needs = frozenset().union(*(rule.needs for rule in rules))
    join = all if root == "And" else any
    return Rule(needs, lambda values: join(rule.keeps(values) for rule in rules))


def _leaf(root: str, rule: Mapping[str, Any], payer: str) -> Rule:
    key, wanted = rule.get("Key"), rule.get("Values") or []
    options = set(rule.get("MatchOptions") or ("EQUALS", "CASE_SENSITIVE"))
    unknown = options - _LEAF_OPTIONS[root]
    if unknown:
        raise invalid(f"Match options {sorted(unknown)} are not supported for {root}")
    if not key:
        raise invalid(f"{root} key must not be empty")
    if "ABSENT" in options:
        if wanted:
            raise invalid("Values must be empty when the match option is ABSENT")
        wanted = [""]
    elif not wanted:
        raise invalid(f"{root} values must not be empty")
    attribute = _attribute(root, key, payer)
    found = frozenset(wanted)
    return Rule(frozenset(attribute.needs), lambda values: _value(attribute, values) in found)


def _attribute(root: str, key: str, payer: str) -> Attribute:
    if root == "Tags":
        return dimensions.tag(key)
    if root == "CostCategories":
        return dimensions.category(key)
    return dimensions.dimension(key, payer)


def _value(attribute: Attribute, values: Values) -> str:
    return attribute.read(tuple(values[name] for name in attribute.needs))
