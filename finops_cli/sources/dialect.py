"""Recognise a billing format by its columns and say, in SQL, where each field of ours is.

A ``Reading`` is made per set of files that share their columns. It knows the raw columns, so each
expression names only what is there; what is not there is NULL (a dimension) or None (a metric).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property

from finops_cli.domain.query import Metric
from finops_cli.errors import MissingColumn
from finops_cli.sources.focus import (
    CHARGE_CATEGORY_OF_LINE_ITEM,
    CUR,
    CUR2,
    CUR2_SIGNS,
    DIALECTS,
    FOCUS,
    PURCHASE_OPTION_OF_LINE_ITEM,
    TIDY,
    Dialect,
    FieldName,
)

MONEY_TYPE = "DECIMAL(38,12)"
_INSTANCE = (
    r"(?:[:.-]|^)((?:db\.|cache\.|ml\.|dax\.)?[a-z][a-z0-9-]*\d[a-z0-9-]*"
    r"\.(?:\d*x?large|medium|small|micro|nano|metal[a-z0-9-]*))"
)
_WRITTEN_AMOUNT = r"""' *-?[$€£] ?-?\d{1,3}(,\d{3})*(\.\d+)? *|-?\d{1,3}(,\d{3})+\.\d+ *'"""
_TIME_FORMATS = ("%m/%d/%y", "%m/%d/%Y", "%m/%d/%Y %H:%M", "%Y%m%d")


def normal_name(raw: str) -> str:
    """Return a column name in the one spelling that the column maps use."""
    text = raw.strip().lstrip("\ufeff")
    if ":" in text and text.lower().startswith("tag"):
        return text
    text = re.sub(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])", "_", text)
    return re.sub(r"[^a-z0-9]+", "_", text.lower()).strip("_")


def quote_name(name: str) -> str:
    """Return a column name as an SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def quote_text(text: str) -> str:
    """Return a text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def recognise(columns: Mapping[str, str]) -> "Reading | None":
    """Return how to read a table with these raw columns, or None if it is no billing export.

    Args:
        columns: Raw column name to DuckDB type, in file order.
    """
    by_normal: dict[str, str] = {}
    for raw in columns:
        by_normal.setdefault(normal_name(raw), raw)
    for dialect in DIALECTS:
        if dialect is CUR2 and not _is_cur2(columns, by_normal):
            continue
        if all(any(name in by_normal for name in names) for names in dialect.required):
            return Reading(dialect, dict(columns), by_normal)
    return None


def _is_cur2(columns: Mapping[str, str], by_normal: Mapping[str, str]) -> bool:
    return not any("/" in raw for raw in columns) and any(s in by_normal for s in CUR2_SIGNS)


@dataclass(frozen=True)
class Reading:
    """A dialect applied to the columns that one set of files really has."""

    dialect: Dialect
    columns: dict[str, str]
    by_normal: dict[str, str]

    @cached_property
    def version(self) -> str:
        """The format's version as far as its columns tell, ``1.2``; empty where there are none."""
        for version, signs in self.dialect.versions.items():
            if not signs or any(sign in self.by_normal for sign in signs):
                return version
        return ""

    @property
    def format(self) -> str:
        """The format and version for a person: ``FOCUS 1.2``."""
        return f"{self.dialect.name} {self.version}".strip()

    def raw(self, *names: str) -> str | None:
        """Return the raw column that is there first among normal names, quoted, or None."""
        for name in names:
            if name in self.by_normal:
                return quote_name(self.by_normal[name])
        return None

    def has(self, field: FieldName) -> bool:
        """Tell whether the files have a column for the field."""
        return self.raw(*self.dialect.fields.get(field, ())) is not None

    def missing(self) -> tuple[str, ...]:
        """Return the fields that the format could hold and these files do not."""
        return tuple(field for field in self.dialect.fields if not self.has(field))

    def is_text(self, quoted: str) -> bool:
        """Tell whether a quoted raw column is stored as text."""
        return self.columns[quoted[1:-1].replace('""', '"')] == "VARCHAR"

    def moment(self, field: FieldName) -> str | None:
        """Return the SQL of a UTC timestamp field, as raw as its type allows."""
        column = self.raw(*self.dialect.fields.get(field, ()))
        if column is None:
            return None
        if not self.is_text(column):
            kind = self.columns[column[1:-1].replace('""', '"')]
            return f"timezone('UTC', {column})" if "TIME ZONE" in kind else column
        formats = ", ".join(quote_text(f) for f in _TIME_FORMATS)
        # Only text with a four-digit year is ISO: the engine would read 5/1/25 as year 5.
        iso = f"CASE WHEN {column} LIKE '____-%' THEN TRY_CAST({column} AS TIMESTAMPTZ) END"
        return (
            f"coalesce(timezone('UTC', {iso}), try_strptime({column}, [{formats}]), "
            f"try_strptime({column} || '-01', '%Y-%m-%d'))"
        )

    def text(self, field: FieldName) -> str:
        """Return the SQL of a text field, NULL where it is empty or the files do not have it."""
        names = self.dialect.fields.get(field, ())
        columns = [quote_name(self.by_normal[n]) for n in names if n in self.by_normal]
        if field not in self.dialect.filled_from_next:
            columns = columns[:1]
        parts = [self._filled(column) for column in columns]
        if not parts:
            return "NULL::VARCHAR"
        return parts[0] if len(parts) == 1 else f"coalesce({', '.join(parts)})"

    def _filled(self, column: str) -> str:
        text = column if self.is_text(column) else f"{column}::VARCHAR"
        return f"nullif({text}, '')"

    def number(self, *names: str) -> str | None:
        """Return the SQL of a decimal column, NULL where the text is no number; None if absent."""
        column = self.raw(*names)
        if column is None:
            return None
        plain = f"TRY_CAST({column} AS {MONEY_TYPE})"
        if not self.is_text(column):
            return plain
        # As spreadsheets write them: $10,000.00. A lone comma may be a decimal one: not read.
        bare = f"TRY_CAST(regexp_replace({column}, '[$€£, ]', '', 'g') AS {MONEY_TYPE})"
        return (
            f"coalesce({plain}, CASE WHEN regexp_full_match({column}, {_WRITTEN_AMOUNT}) "
            f"THEN {bare} END)"
        )

    def charge_category(self) -> str:
        """Return the SQL of the charge category, in FOCUS's words plus ``Refund``."""
        if self.dialect in (CUR, CUR2):
            kind = self.raw("line_item_line_item_type")
            return _case(kind, CHARGE_CATEGORY_OF_LINE_ITEM, "'Adjustment'") if kind else "'Usage'"
        return f"coalesce({self.text('charge_type')}, 'Usage')"

    def purchase_option(self) -> str:
        """Return the SQL of the purchase option: On Demand, Spot, Savings Plan, Reserved."""
        if self.dialect is FOCUS:
            return (
                f"CASE {self.text('purchase_option')} WHEN 'Standard' THEN 'On Demand' "
                f"WHEN 'Dynamic' THEN 'Spot' WHEN 'Committed' THEN "
                f"coalesce({self.text('commitment_type')}, 'Committed') "
                f"ELSE {self.text('purchase_option')} END"
            )
        if self.dialect is TIDY:
            return self.text("purchase_option")
        kind = self.raw("line_item_line_item_type")
        usage_type = self.text("usage_type")
        spot = f"CASE WHEN {usage_type} LIKE '%SpotUsage%' THEN 'Spot' ELSE 'On Demand' END"
        return _case(kind, PURCHASE_OPTION_OF_LINE_ITEM, spot) if kind else spot

    def instance_type(self) -> str:
        """Return the SQL of the instance type: its own column, else the end of the usage type."""
        usage_type = self.text("usage_type")
        derived = f"nullif(regexp_extract({usage_type}, {quote_text(_INSTANCE)}, 1), '')"
        own = self.text("instance_type")
        details = self.raw("sku_price_details")
        parts = [] if own.startswith("NULL") else [own]
        if details and self.is_text(details):
            parts.append(f"json_extract_string(TRY_CAST({details} AS JSON), '$.InstanceType')")
        return f"coalesce({', '.join([*parts, derived])})"

    def provider(self) -> str:
        """Return the SQL of the provider."""
        return quote_text(self.dialect.provider) if self.dialect.provider else self.text("provider")

    def currency(self) -> str:
        """Return the SQL of the billing currency, US dollars where the files do not say."""
        own = self.text("currency")
        return "'USD'" if own.startswith("NULL") else own

    def cost(self, metric: Metric) -> str:
        """Return the SQL of a metric, NULL on rows where it cannot be read.

        Raises:
            MissingColumn: The files lack the columns of this metric.
        """
        if self.dialect in (CUR, CUR2):
            found = _cur_cost(self, metric)
        else:
            found = self.number(*self.dialect.costs[metric])
        if found is None:
            raise MissingColumn(
                f"This {self.format} has no column for {metric.value} cost.",
                "Use another --metric, or add the column to the export.",
            )
        return found

    def metrics(self) -> tuple[Metric, ...]:
        """Return the metrics that these files can give."""
        found = []
        for metric in Metric:
            try:
                self.cost(metric)
            except MissingColumn:
                continue
            found.append(metric)
        return tuple(found)


def _case(column: str, mapping: Mapping[str, str], otherwise: str) -> str:
    whens = " ".join(f"WHEN {quote_text(k)} THEN {quote_text(v)}" for k, v in mapping.items())
    return f"CASE {column} {whens} ELSE {otherwise} END"


def _cur_cost(reading: Reading, metric: Metric) -> str | None:
    net = metric in (Metric.NET_UNBLENDED, Metric.NET_AMORTIZED)
    billed = reading.number("line_item_net_unblended_cost") if net else None
    # Accounts without negotiated discounts get no net columns: there, net is the plain cost.
    billed = billed or reading.number("line_item_unblended_cost", "line_item_blended_cost")
    if billed is None or metric in (Metric.UNBLENDED, Metric.NET_UNBLENDED):
        return billed
    if metric is Metric.LIST:
        return _cur_list_cost(reading, billed)
    return _cur_amortized_cost(reading, billed, net)


def _cur_list_cost(reading: Reading, billed: str) -> str | None:
    """Return list cost: public on-demand cost of usage; commitments' own fees have none."""
    public = reading.number("pricing_public_on_demand_cost")
    kind = reading.raw("line_item_line_item_type")
    if public is None or kind is None:
        return public
    return (
        f"CASE WHEN {kind} IN ('Usage', 'DiscountedUsage', 'SavingsPlanCoveredUsage') "
        f"THEN coalesce({public}, {billed}) "
        f"WHEN {kind} IN ('RIFee', 'SavingsPlanRecurringFee', 'SavingsPlanUpfrontFee', "
        f"'SavingsPlanNegation') THEN 0 ELSE {billed} END"
    )


def _cur_amortized_cost(reading: Reading, billed: str, net: bool) -> str:
    """Return amortized cost by AWS's rules for each line item type.

    Source: "Understanding your amortized reservation data" and "Understanding Savings Plans" in
    AWS's CUR user guide. Where the columns of a rule are absent, the export has no such charges.
    """
    kind = reading.raw("line_item_line_item_type")
    if kind is None:
        return billed

    def number(name: str) -> str | None:
        return reading.number(*(_net_name(name) for _ in range(net)), name)

    rules: list[tuple[str, str | None]] = [
        (
            f"{kind} = 'SavingsPlanCoveredUsage'",
            number("savings_plan_savings_plan_effective_cost"),
        ),
        (f"{kind} = 'DiscountedUsage'", number("reservation_effective_cost")),
    ]
    commitment = number("savings_plan_total_commitment_to_date")
    used = number("savings_plan_used_commitment")
    if commitment and used:
        rules.append((f"{kind} = 'SavingsPlanRecurringFee'", f"{commitment} - {used}"))
        rules.append((f"{kind} IN ('SavingsPlanNegation', 'SavingsPlanUpfrontFee')", "0"))
    upfront = number("reservation_unused_amortized_upfront_fee_for_billing_period")
    recurring = number("reservation_unused_recurring_fee")
    if upfront and recurring:
        rules.append((f"{kind} = 'RIFee'", f"{upfront} + {recurring}"))
    if arn := reading.raw("reservation_reservation_a_r_n", "reservation_reservation_arn"):
        rules.append((f"{kind} = 'Fee' AND coalesce({arn}, '') <> ''", "0"))
    whens = " ".join(f"WHEN {when} THEN coalesce({sql}, {billed})" for when, sql in rules if sql)
    return f"CASE {whens} ELSE {billed} END" if whens else billed


def _net_name(name: str) -> str:
    """Return the column that holds the same figure after negotiated discounts."""
    prefix = "savings_plan_" if name.startswith("savings_plan_") else "reservation_"
    return f"{prefix}net_{name.removeprefix(prefix)}"
