"""Budgets in a TOML file of the user's own, for a bill that no AWS Budgets watches.

    [[budget]]
    name = "machine learning"
    limit = 14200
    unit = "monthly"                # daily, monthly, quarterly, annually
    filters = ["account=ml-research", "service=EC2,S3"]
    metric = "unblended"            # what counts, as for --metric
    currency = "USD"                # where the bill has several

Only name and limit must be there. The words are those of AWS Budgets and of ``--filter``; a word
that is none of them is an error, as a budget that watches something else is worse than none.
"""

from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any, get_args

from finops_cli.domain.budget import Budget, BudgetPeriod, Unit
from finops_cli.domain.query import Metric
from finops_cli.errors import SourceError, UnknownName, Unreadable, UsageError, did_you_mean

_KEYS = ("name", "limit", "unit", "filters", "metric", "currency")
_UNITS = tuple(unit for unit in get_args(Unit) if unit != "custom")
_TABLE = "budget"
_EXAMPLE = 'A budget is [[budget]] with name = "web" and limit = 5000; see docs/budgets.md.'


class FileBudgets:
    """The budgets of a file.

    Args:
        file: The file.
        must_exist: Whether the user named it, so that it is an error if it is not there.
    """

    def __init__(self, file: Path, must_exist: bool = False) -> None:
        self._file = file
        self._must_exist = must_exist

    @property
    def label(self) -> str:
        """The file's own name."""
        return self._file.name

    @property
    def hint(self) -> str:
        """Where to write budgets, and how."""
        return f"Write them into {self._file}, as docs/budgets.md tells."

    def budgets(self) -> tuple[Budget, ...]:
        """Return the budgets of the file, none if there is no file that was not named.

        Raises:
            SourceError: The file was named and is not there, or is no TOML.
            UsageError: It says something that no budget is.
        """
        tables = self._tables()
        found = tuple(self._budget(at, table) for at, table in enumerate(tables, 1))
        names = [budget.name.casefold() for budget in found]
        twice = next((b.name for b in found if names.count(b.name.casefold()) > 1), None)
        if twice:
            raise UsageError(
                f"Two budgets in {self._file} are called {twice!r}.", "Rename one of them."
            )
        return found

    def history(self, budget: Budget) -> tuple[BudgetPeriod, ...] | None:
        """Return None: a file keeps no past."""
        return None

    def _tables(self) -> list[Mapping[str, Any]]:
        content = _parsed(self._file, self._must_exist)
        for name in content:
            if name != _TABLE:
                hint = did_you_mean(name, (_TABLE,)) or _EXAMPLE
                raise UnknownName(f"{self._file} has {name!r}, which is no budget.", hint)
        tables = content.get(_TABLE, [])
        if not isinstance(tables, list) or not all(isinstance(one, dict) for one in tables):
            raise UsageError(f"{self._file} has {_TABLE!r}, but no list of budgets.", _EXAMPLE)
        return tables

    def _budget(self, at: int, table: Mapping[str, Any]) -> Budget:
        name = table.get("name")
        if not isinstance(name, str) or not name.strip():
            raise UsageError(f"Budget {at} in {self._file} has no name.", _EXAMPLE)
        where = f"Budget {name!r} in {self._file}"
        for key in table:
            if key not in _KEYS:
                hint = did_you_mean(key, _KEYS) or f"A budget has {', '.join(_KEYS)}."
                raise UnknownName(f"{where} has {key!r}, which no budget has.", hint)
        return Budget(
            name=name.strip(),
            limit=_limit(table.get("limit"), where),
            unit=_choice(table.get("unit", "monthly"), _UNITS, "unit", where),
            conditions=tuple(_texts(table.get("filters", []), where)),
            metric=Metric(
                _choice(
                    table.get("metric", Metric.UNBLENDED.value),
                    [one.value for one in Metric],
                    "metric",
                    where,
                )
            ),
            currency=_currency(table.get("currency"), where),
        )


def _parsed(file: Path, must_exist: bool) -> Mapping[str, Any]:
    import tomllib

    try:
        text = file.read_text(encoding="utf-8")
    except FileNotFoundError as error:
        if not must_exist:
            return {}
        raise SourceError(
            f"There is no budget file {file}.", "Check: finops config get budgets."
        ) from error
    except (OSError, UnicodeDecodeError) as error:
        raise Unreadable(f"The budget file {file} cannot be read.", str(error)) from error
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except ValueError as error:
        raise Unreadable(f"The budget file {file} is no TOML.", f"{error}.") from error


def _limit(value: Any, where: str) -> Decimal:
    if value is None:
        raise UsageError(f"{where} has no limit.", "Add limit = 5000.")
    is_number = isinstance(value, int | Decimal) and not isinstance(value, bool)
    if not is_number or not Decimal(value).is_finite() or value <= 0:
        raise UsageError(f"{where} has no amount as its limit.", "Write it as limit = 5000.")
    return Decimal(value)


def _choice(value: Any, choices: Iterable[str], key: str, where: str) -> Any:
    known = list(choices)
    if value not in known:
        hint = did_you_mean(str(value), known) or f"Choices: {', '.join(known)}."
        raise UsageError(f"{where} has {key} = {value!r}.", hint)
    return value


def _texts(value: Any, where: str) -> list[str]:
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise UsageError(
            f"{where} has filters that are no list of texts.",
            'Write them as filters = ["service=EC2", "region!=us-east-1"].',
        )
    return value


def _currency(value: Any, where: str) -> str | None:
    if value is None:
        return None
    if not isinstance(value, str) or len(value) != 3 or not value.isalpha():
        raise UsageError(f"{where} has no currency as currency.", 'Write it as currency = "USD".')
    return value.upper()
