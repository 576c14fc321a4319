"""The names that a bill knows: services, accounts, tags. Asked for once a day, not once a question.

What a question about costs tells by the way (account names, the services of the last months) is
kept too; only what nothing has told yet is a request of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from finops_cli.domain.query import category_name, tag_key
from finops_cli.errors import Denied, FinopsError, NotCached
from finops_cli.sources.aws.bill.dimensions import API_NAMES, value_of
from finops_cli.sources.aws.bill.kept import kept, younger_than
from finops_cli.sources.aws.bill.organization import account_names, payer_of
from finops_cli.sources.aws.bill.reader import Reader
from finops_cli.sources.aws.guard.operations import (
    COST_CATEGORIES,
    DIMENSION_VALUES,
    TAGS,
    Operation,
)

_DAILY = timedelta(hours=24)
_WEEKLY = timedelta(days=7)
_BY_COST = [{"Key": "UnblendedCost", "SortOrder": "DESCENDING"}]


@dataclass(slots=True)
class Vocabulary:
    """Names of one account's bill.

    Args:
        reader: The way to AWS and to what is kept.
        coverage: Returns the days to look for names in.
    """

    reader: Reader
    coverage: Callable[[], Period]

    def values(self, dimension: str) -> tuple[str, ...]:
        """Return the values of a dimension, the most expensive first.

        Raises:
            FinopsError: AWS did not answer, and nothing is kept.
        """
        key, name = tag_key(dimension), category_name(dimension)
        if key:
            found = self._kept(f"values {dimension}", lambda: self._list(TAGS, "Tags", TagKey=key))
        elif name:
            found = self._kept(
                f"values {dimension}",
                lambda: self._list(COST_CATEGORIES, "CostCategoryValues", CostCategoryName=name),
            )
        else:
            found = self._kept(f"values {dimension}", lambda: self._dimension(dimension))
        return tuple(value for value in found if value)

    def tag_keys(self) -> tuple[str, ...]:
        """Return the keys of the tags that are activated for cost allocation."""
        return tuple(self._kept("tag keys", lambda: self._pages(TAGS, "Tags")))

    def known_categories(self) -> tuple[str, ...]:
        """Return the cost categories that were asked for before; few bills have any."""
        kept = self.reader.store.note("cost categories")
        return tuple(kept[0]) if kept else ()

    def categories(self) -> tuple[str, ...]:
        """Return the names of the cost categories."""
        return tuple(
            self._kept("cost categories", lambda: self._pages(COST_CATEGORIES, "CostCategoryNames"))
        )

    def payer(self) -> str | None:
        """Return the account that pays, None where Organizations does not say."""
        try:
            found = self._kept("payer", lambda: payer_of(self.reader.calls), _WEEKLY)
        except FinopsError:
            return None
        return str(found) if found else None

    def organization(self) -> dict[str, str]:
        """Return the organisation's accounts, names by id.

        Raises:
            Denied: They may not be listed, or there is no organisation.
        """
        found = self._kept("organization", lambda: account_names(self.reader.calls), _WEEKLY)
        if not found:
            raise Denied(
                "The accounts of the organisation cannot be listed.",
                "organizations:ListAccounts is needed, in the payer's account or a delegated one; "
                "or name the accounts: finops config set accounts ID,ID.",
            )
        return dict(found)

    def account_names(self) -> dict[str, str]:
        """Return account names by id: what Cost Explorer told by the way, else Organizations."""
        told = self.reader.store.note("account names")
        if told and told[0]:
            return dict(told[0])

        try:
            return dict(
                self._kept("organization", lambda: account_names(self.reader.calls), _WEEKLY)
            )
        except FinopsError:
            return {}

    def _kept(self, name: str, ask: Callable[[], Any], fresh: timedelta = _DAILY) -> Any:
        """Return what is kept under a name, asked for where that is too old.

        Names do not go bad: old ones serve where AWS does not answer, and offline none is no fault.
        """
        try:
            return kept(self.reader, name, younger_than(self.reader, fresh), ask)
        except NotCached:
            return ()
        except FinopsError:
            known = self.reader.store.note(name)
            if known is None:
                raise
            return known[0]

    def _dimension(self, dimension: str) -> list[str]:
        """Ask for a dimension's values. Sorted by cost, an answer has one page only."""
        parameters = {
            **self._where(),
            "Dimension": API_NAMES[dimension],
            "Context": "COST_AND_USAGE",
            "SortBy": _BY_COST,
        }
        reply = self.reader.calls.call(DIMENSION_VALUES, parameters)
        found = reply.get("DimensionValues", ())
        if dimension == q.ACCOUNT:
            self._note_names(found)
        values = (value_of(dimension, entry.get("Value", "")) for entry in found)
        return [value for value in values if value]

    def _note_names(self, found: Any) -> None:
        names = {e["Value"]: e.get("Attributes", {}).get("description") for e in found}
        named = {account: name for account, name in names.items() if name}
        if named:
            self.reader.store.keep("account names", named, self.reader.clock.now())

    def _list(self, operation: Operation, field: str, **more: str) -> list[str]:
        parameters = {**self._where(), **more, "SortBy": _BY_COST}
        return list(self.reader.calls.call(operation, parameters).get(field, ()))

    def _pages(self, operation: Operation, field: str) -> list[str]:
        found: dict[str, None] = {}
        for page in self.reader.calls.pages(operation, self._where()):
            found.update(dict.fromkeys(page.get(field, ())))
        return [name for name in found if name]

    def _where(self) -> dict[str, Any]:
        period = self.coverage()
        where: dict[str, Any] = {
            "TimePeriod": {"Start": period.start.isoformat(), "End": period.end.isoformat()}
        }
        if self.reader.billing_view:
            where["BillingViewArn"] = self.reader.billing_view
        return where
