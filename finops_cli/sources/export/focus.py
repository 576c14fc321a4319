"""Column maps of every billing format we read: data, not code.

Each field of ours lists the raw columns that may hold it, the best first. Raw names are compared by
their letters and digits alone (see ``quoting.normal_name``): ``lineItem/UsageStartDate`` and
``line_item_usage_start_date`` are the same, as are ``BilledCost`` and ``billedcost``.

Sources: the FOCUS specification 1.0 to 1.3 (focus.finops.org, CC BY 4.0) for its columns and the
version each came with; AWS's "Cost and Usage Report data dictionary" and the "Table dictionary" of
Data Exports for CUR names, line item types and the rules of amortized cost.
"""

from dataclasses import dataclass, field
from typing import Literal

from finops_cli.domain.query import Metric

FieldName = Literal[
    "start",
    "end",
    "billing_start",
    "account",
    "account_name",
    "service",
    "region",
    "usage_type",
    "operation",
    "resource",
    "availability_zone",
    "instance_type",
    "provider",
    "charge_type",
    "charge_class",
    "purchase_option",
    "commitment_type",
    "usage",
    "usage_unit",
    "currency",
    "tags",
]


@dataclass(frozen=True, slots=True)
class Dialect:
    """One billing format: how it is recognised and where its fields are.

    ``required`` columns must all be there; each entry lists names of which one is enough.
    ``filled_from_next`` names the fields whose empty cells take the next column's value; of any
    other field, the first column that is there is the field. The names of ``account_name`` are
    those of the ids at the same place in ``account``. ``tag_columns`` are prefixes, in lower
    case, of columns that each hold one tag key.
    """

    name: str
    required: tuple[tuple[str, ...], ...]
    fields: dict[FieldName, tuple[str, ...]]
    costs: dict[Metric, tuple[str, ...]]
    filled_from_next: frozenset[FieldName] = frozenset()
    tag_columns: tuple[str, ...] = ()
    provider: str | None = None
    versions: dict[str, tuple[str, ...]] = field(default_factory=dict)


FOCUS = Dialect(
    name="FOCUS",
    required=(("billed_cost", "effective_cost"), ("charge_period_start",)),
    fields={
        "start": ("charge_period_start",),
        "end": ("charge_period_end",),
        "billing_start": ("billing_period_start",),
        "account": ("sub_account_id", "billing_account_id"),
        "account_name": ("sub_account_name", "billing_account_name"),
        "service": ("service_name", "provider_name"),
        "region": ("region_id", "region_name", "region"),
        "usage_type": ("x_usage_type", "sku_meter", "sku_id"),
        "operation": ("x_operation",),
        "resource": ("resource_id",),
        "availability_zone": ("availability_zone",),
        "instance_type": ("x_instance_type",),
        "provider": ("provider_name", "service_provider_name", "publisher_name"),
        "charge_type": ("charge_category",),
        "charge_class": ("charge_class",),
        "purchase_option": ("pricing_category",),
        "commitment_type": ("commitment_discount_type",),
        "usage": ("consumed_quantity", "pricing_quantity"),
        "usage_unit": ("consumed_unit", "pricing_unit"),
        "currency": ("billing_currency",),
        "tags": ("tags",),
    },
    costs={
        Metric.UNBLENDED: ("billed_cost",),
        Metric.AMORTIZED: ("effective_cost",),
        # BilledCost and EffectiveCost already have negotiated discounts taken off.
        Metric.NET_UNBLENDED: ("billed_cost",),
        Metric.NET_AMORTIZED: ("effective_cost",),
        Metric.LIST: ("list_cost",),
    },
    filled_from_next=frozenset({"account", "account_name", "provider"}),
    versions={
        "1.3": ("service_provider_name", "host_provider_name", "contract_applied"),
        "1.2": ("invoice_id", "billing_account_type", "pricing_currency", "sub_account_type"),
        "1.1": ("sku_meter", "sku_price_details", "service_subcategory", "capacity_reservation_id"),
        "1.0": (),
    },
)

_CUR_FIELDS: dict[FieldName, tuple[str, ...]] = {
    "start": ("line_item_usage_start_date",),
    "end": ("line_item_usage_end_date",),
    "billing_start": ("bill_billing_period_start_date",),
    "account": ("line_item_usage_account_id", "bill_payer_account_id"),
    "account_name": ("line_item_usage_account_name", "bill_payer_account_name"),
    "service": ("line_item_product_code",),
    "region": ("product_region_code", "product_region"),
    "usage_type": ("line_item_usage_type",),
    "operation": ("line_item_operation",),
    "resource": ("line_item_resource_id",),
    "availability_zone": ("line_item_availability_zone",),
    "instance_type": ("product_instance_type",),
    "charge_type": ("line_item_line_item_type",),
    "purchase_option": ("pricing_term",),
    "usage": ("line_item_usage_amount",),
    "usage_unit": ("pricing_unit",),
    "currency": ("line_item_currency_code",),
    "tags": ("resource_tags",),
}
_CUR_COSTS: dict[Metric, tuple[str, ...]] = {
    Metric.UNBLENDED: ("line_item_unblended_cost",),
    Metric.AMORTIZED: ("line_item_unblended_cost",),
    Metric.NET_UNBLENDED: ("line_item_net_unblended_cost",),
    Metric.NET_AMORTIZED: ("line_item_net_unblended_cost",),
    Metric.LIST: ("pricing_public_on_demand_cost",),
}
_CUR_FILLED: frozenset[FieldName] = frozenset({"account", "account_name", "region"})
_CUR_REQUIRED = (
    ("line_item_usage_start_date",),
    ("line_item_unblended_cost", "line_item_blended_cost"),
)

CUR2 = Dialect(
    name="CUR 2.0",
    required=_CUR_REQUIRED,
    fields=_CUR_FIELDS,
    costs=_CUR_COSTS,
    filled_from_next=_CUR_FILLED,
    provider="AWS",
)

CUR = Dialect(
    name="legacy CUR",
    required=_CUR_REQUIRED,
    fields=_CUR_FIELDS,
    costs=_CUR_COSTS,
    filled_from_next=_CUR_FILLED,
    tag_columns=(
        "resourcetags/user:",
        "resourcetags/aws:",
        "resource_tags_user_",
        "resource_tags_aws_",
    ),
    provider="AWS",
)

CUR2_SIGNS = ("product", "resource_tags", "cost_category", "bill_payer_account_name")
"""Columns that only Data Exports delivers: maps where the legacy report had a column a key."""

TIDY = Dialect(
    name="tidy table",
    required=(
        ("date", "day", "usage_date", "usage_start_date", "month"),
        ("cost", "amount", "cost_in_billing_currency", "cost_usd", "amount_usd"),
    ),
    fields={
        "start": ("date", "day", "usage_date", "usage_start_date", "month"),
        "account": (
            "account",
            "account_id",
            "line_item_usage_account_id",
            "subscription_id",
            "account_name",
        ),
        "account_name": ("account_name", "account_name", "account_name", "subscription_name"),
        "service": ("service", "service_name", "meter_category"),
        "region": ("region", "product_region", "resource_location"),
        "usage_type": ("usage_type", "meter_name"),
        "operation": ("operation",),
        "resource": ("resource", "resource_id"),
        "availability_zone": ("availability_zone",),
        "instance_type": ("instance_type",),
        "provider": ("provider",),
        "charge_type": ("charge_category", "charge_type"),
        "purchase_option": ("purchase_option",),
        "usage": ("usage", "usage_quantity", "usage_amount", "quantity"),
        "usage_unit": ("usage_unit", "unit", "unit_of_measure"),
        "currency": ("currency", "billing_currency", "billing_currency_code", "currency_code"),
        "tags": ("tags",),
    },
    costs={
        Metric.UNBLENDED: ("cost", "amount", "cost_in_billing_currency", "cost_usd", "amount_usd"),
        Metric.AMORTIZED: ("amortized_cost",),
        Metric.NET_UNBLENDED: ("net_cost",),
        Metric.NET_AMORTIZED: ("net_amortized_cost",),
        Metric.LIST: ("list_cost",),
    },
    tag_columns=("tag:", "tag_"),
)

MOST_OWN_COLUMNS = 20
"""A tidy table with more columns is some provider's report, whose other columns are no tags."""

DIALECTS = (FOCUS, CUR2, CUR, TIDY)

REQUIRED_TEXT = {
    "FOCUS": "ChargePeriodStart and BilledCost",
    "CUR": "line_item_usage_start_date and line_item_unblended_cost",
    "tidy table": "date and cost",
}
"""What to tell someone whose file was not recognised."""
