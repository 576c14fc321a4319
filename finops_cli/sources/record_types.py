"""What kind of charge a line of an AWS bill is: record types of Cost Explorer, line items of a CUR.

They are one list under two names, but for the discounts, which Cost Explorer spells out.
"""

CHARGE_CATEGORY_OF_RECORD_TYPE = {
    "Usage": "Usage",
    "DiscountedUsage": "Usage",
    "SavingsPlanCoveredUsage": "Usage",
    "SavingsPlanNegation": "Usage",
    "Fee": "Purchase",
    "RIFee": "Purchase",
    "SavingsPlanRecurringFee": "Purchase",
    "SavingsPlanUpfrontFee": "Purchase",
    "Tax": "Tax",
    "Credit": "Credit",
    "Refund": "Refund",
    "EdpDiscount": "Credit",
    "BundledDiscount": "Credit",
    "PrivateRateDiscount": "Credit",
    "Discount": "Credit",
    "Enterprise Discount Program Discount": "Credit",
    "Bundled Discount": "Credit",
    "Private Rate Card Discount": "Credit",
    "Solution Provider Program Discount": "Credit",
    "Distributor Discount": "Credit",
    "Support fee": "Purchase",
}
"""Record type to FOCUS charge category, plus ``Refund``; any other type is an Adjustment."""

ADJUSTMENT = "Adjustment"

PURCHASE_OPTION_OF_RECORD_TYPE = {
    "SavingsPlanCoveredUsage": "Savings Plan",
    "SavingsPlanNegation": "Savings Plan",
    "SavingsPlanRecurringFee": "Savings Plan",
    "SavingsPlanUpfrontFee": "Savings Plan",
    "DiscountedUsage": "Reserved Instance",
    "RIFee": "Reserved Instance",
}
"""Record type to purchase option."""


def charge_category(record_type: str | None) -> str:
    """Return the charge category of a record type."""
    return CHARGE_CATEGORY_OF_RECORD_TYPE.get(record_type or "", ADJUSTMENT)
