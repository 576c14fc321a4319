"""The dimensions that are no column of their own, in SQL: category, purchase option and so on.

Each maps a format's words to the ones that questions use, so that the same question means the same
in every format.
"""

from collections.abc import Mapping

from finops_cli.domain import query as q
from finops_cli.sources.export.dialect import NO_TEXT, Reading
from finops_cli.sources.export.focus import CUR, CUR2, FOCUS, TIDY, FieldName
from finops_cli.sources.export.quoting import quote_text
from finops_cli.sources.record_types import (
    ADJUSTMENT,
    CHARGE_CATEGORY_OF_RECORD_TYPE,
    PURCHASE_OPTION_OF_RECORD_TYPE,
)

ASSUMED_CURRENCY = "USD"

_PLAIN: dict[str, FieldName] = {
    q.SERVICE: "service",
    q.REGION: "region",
    q.ACCOUNT: "account",
    q.USAGE_TYPE: "usage_type",
    q.OPERATION: "operation",
    q.RESOURCE: "resource",
    q.AVAILABILITY_ZONE: "availability_zone",
}
"""The dimensions that are a field as it is."""

_INSTANCE = (
    r"(?:[:.-]|^)((?:db\.|cache\.|ml\.|dax\.)?[a-z][a-z0-9-]*\d[a-z0-9-]*"
    r"\.(?:\d*x?large|medium|small|micro|nano|metal[a-z0-9-]*))"
)


def dimension(reading: Reading, name: str) -> str:
    """Return the SQL of a dimension that is no tag; a NULL where the files cannot give it."""
    match name:
        case q.CHARGE_CATEGORY:
            return _charge_category(reading)
        case q.PURCHASE_OPTION:
            return _purchase_option(reading)
        case q.INSTANCE_TYPE:
            return _instance_type(reading)
        case q.PROVIDER:
            fixed = reading.dialect.provider
            return quote_text(fixed) if fixed else reading.text("provider")
        case q.CURRENCY:
            return _currency(reading)
    field = _PLAIN.get(name)
    return reading.text(field) if field else NO_TEXT


def offers(reading: Reading, name: str) -> bool:
    """Tell whether the files can be grouped and filtered by a dimension that is no tag."""
    if name == q.INSTANCE_TYPE:
        return reading.has("instance_type") or reading.has("usage_type")
    known = name in q.DIMENSIONS or name == q.CURRENCY
    return known and dimension(reading, name) != NO_TEXT


def _charge_category(reading: Reading) -> str:
    """FOCUS's words plus ``Refund``: in FOCUS, a credit that corrects an earlier charge."""
    if reading.dialect in (CUR, CUR2):
        kind = reading.raw("line_item_line_item_type")
        other = quote_text(ADJUSTMENT)
        return _case(kind, CHARGE_CATEGORY_OF_RECORD_TYPE, other) if kind else "'Usage'"
    own = f"coalesce({reading.text('charge_type')}, 'Usage')"
    correction = reading.text("charge_class")
    if reading.dialect is not FOCUS or correction == NO_TEXT:
        return own
    return (
        f"CASE WHEN {own} = 'Credit' AND {correction} = 'Correction' THEN 'Refund' ELSE {own} END"
    )


def _purchase_option(reading: Reading) -> str:
    """On Demand, Spot, Savings Plan, Reserved: the words of Cost Explorer's PURCHASE_TYPE."""
    own = reading.text("purchase_option")
    if reading.dialect is FOCUS and own != NO_TEXT:
        return (
            f"CASE {own} WHEN 'Standard' THEN 'On Demand' WHEN 'Dynamic' THEN 'Spot' "
            f"WHEN 'Committed' THEN coalesce({reading.text('commitment_type')}, 'Committed') "
            f"ELSE {own} END"
        )
    if reading.dialect in (FOCUS, TIDY):
        return own
    kind = reading.raw("line_item_line_item_type")
    usage_type = reading.text("usage_type")
    spot = f"CASE WHEN {usage_type} LIKE '%SpotUsage%' THEN 'Spot' ELSE 'On Demand' END"
    return _case(kind, PURCHASE_OPTION_OF_RECORD_TYPE, spot) if kind else spot


def _instance_type(reading: Reading) -> str:
    """Its own column, else what the price's details say, else the end of the usage type."""
    parts = [reading.text("instance_type")]
    if (details := reading.raw("sku_price_details")) and reading.is_text(details):
        parts.append(f"json_extract_string(TRY_CAST({details} AS JSON), '$.InstanceType')")
    if reading.has("usage_type"):
        ends = f"regexp_extract({reading.text('usage_type')}, {quote_text(_INSTANCE)}, 1)"
        parts.append(f"nullif({ends}, '')")
    named = [part for part in parts if part != NO_TEXT]
    return f"coalesce({', '.join(named)})" if named else NO_TEXT


def _currency(reading: Reading) -> str:
    """US dollars where the files or a row do not say; a warning tells how many rows that is."""
    own = reading.text("currency")
    return f"coalesce(upper({own}), '{ASSUMED_CURRENCY}')" if own != NO_TEXT else "'USD'"


def _case(column: str, mapping: Mapping[str, str], otherwise: str) -> str:
    whens = " ".join(f"WHEN {quote_text(k)} THEN {quote_text(v)}" for k, v in mapping.items())
    return f"CASE {column} {whens} ELSE {otherwise} END"
