"""A built demo that a test asks in plain SQL."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True)
class Bill:
    """A built demo, asked in plain SQL over its files; ``bill`` is the view."""

    today: date
    connection: "duckdb.DuckDBPyConnection"

    def rows(self, sql: str, **values: Any) -> list[tuple[Any, ...]]:
        return self.connection.execute(sql, values or None).fetchall()

    def one(self, sql: str, **values: Any) -> Any:
        ((value,),) = self.rows(sql, **values)
        return value

    def cost(
        self, condition: str, since: int, until: int = 0, column: str = "BilledCost"
    ) -> Decimal:
        """Sum a cost over the days from ``since`` to before ``until`` days ago."""
        return self.one(
            f"SELECT coalesce(sum({column}), 0) FROM bill WHERE day >= $a AND day < $b"
            f" AND {condition}",
            a=self.today - timedelta(days=since),
            b=self.today - timedelta(days=until),
        )
