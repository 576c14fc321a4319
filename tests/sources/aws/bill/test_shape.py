"""Shapes: equal questions are equal, and a wider answer serves a narrower question."""

from datetime import date

import pytest

from finops_cli.domain import query as q
from finops_cli.domain.period import Period
from finops_cli.domain.query import CostQuery, Filter
from finops_cli.sources.aws.bill.shape import Shape, cell, keeps

PERIOD = Period(date(2026, 10, 1), date(2026, 11, 1))
EC2 = Filter(q.SERVICE, ("EC2",))
S3_EC2 = Filter(q.SERVICE, ("S3", "EC2"))
NO_TAX = Filter(q.CHARGE_CATEGORY, ("Tax",), exclude=True)
UNTAGGED = Filter("tag:team", (None,))


def shape(*group_by: str, filters: tuple[Filter, ...] = ()) -> Shape:
    return Shape.of(CostQuery(PERIOD, group_by=group_by, filters=filters))


def test_order_does_not_matter() -> None:
    assert shape(q.SERVICE, q.REGION) == shape(q.REGION, q.SERVICE)
    assert shape(filters=(EC2, UNTAGGED)) == shape(filters=(UNTAGGED, EC2))
    assert shape(filters=(S3_EC2,)) == shape(filters=(Filter(q.SERVICE, ("EC2", "S3")),))
    assert shape(q.CHARGE_CATEGORY) == shape(q.RECORD_TYPE)


@pytest.mark.parametrize("filters", [(), (EC2, UNTAGGED), (NO_TAX,), (Filter("tag:a", ('"\n',)),)])
def test_texts_lead_back(filters: tuple[Filter, ...]) -> None:
    one = shape(q.SERVICE, "tag:team", filters=filters)
    assert Shape.read(one.text()) == one


@pytest.mark.parametrize("text", ["", "[]", "{}", "[1, 2]", '[["service"], [["a"]]]'])
def test_what_is_no_shape_is_refused(text: str) -> None:
    with pytest.raises((ValueError, TypeError)):
        Shape.read(text)


@pytest.mark.parametrize(
    ("wide", "narrow", "serves"),
    [
        (shape(q.SERVICE).widened(), shape(q.SERVICE), True),
        (shape(q.SERVICE).widened(), shape(), True),
        (shape(q.SERVICE).widened(), shape(q.CHARGE_CATEGORY), True),
        (shape(q.SERVICE).widened(), shape(filters=(EC2,)), True),
        (shape(q.SERVICE).widened(), shape(q.CHARGE_CATEGORY, filters=(EC2, NO_TAX)), True),
        (shape(q.SERVICE, q.REGION), shape(q.REGION, filters=(EC2,)), True),
        (shape(q.SERVICE, q.REGION), shape(q.REGION, filters=(NO_TAX,)), False),
        (shape(q.SERVICE), shape(q.REGION), False),
        (shape(q.REGION, filters=(EC2,)), shape(q.REGION), False),
        (shape(q.REGION, filters=(EC2,)), shape(q.REGION, filters=(EC2, UNTAGGED)), False),
        (shape("tag:team", filters=(EC2,)), shape(filters=(EC2, UNTAGGED)), True),
    ],
)
def test_which_answers_serve(wide: Shape, narrow: Shape, serves: bool) -> None:
    assert wide.serves(narrow) is serves


def test_a_request_is_widened_only_where_a_grouping_is_free() -> None:
    assert shape(q.SERVICE).widened().group_by == (q.RECORD_TYPE, q.SERVICE)
    assert shape(q.SERVICE, q.REGION).widened() == shape(q.SERVICE, q.REGION)
    assert shape(q.RECORD_TYPE).widened() == shape(q.RECORD_TYPE)


def test_cells_are_in_our_words() -> None:
    by = shape(q.CHARGE_CATEGORY, "tag:team")
    assert by.group_by == (q.RECORD_TYPE, "tag:team")
    key = ("SavingsPlanRecurringFee", "team$web$1")
    assert cell(by, key, q.CHARGE_CATEGORY) == "Purchase"
    assert cell(by, key, q.RECORD_TYPE) == "SavingsPlanRecurringFee"
    assert cell(by, key, "tag:team") == "web$1"
    assert cell(by, ("Usage", "team$"), "tag:team") is None
    assert keeps(by, ("Usage", "team$"), [UNTAGGED])
    assert not keeps(by, ("Tax", "team$"), [UNTAGGED, NO_TAX])


def test_values_that_the_bill_lacks_are_none() -> None:
    by = shape(q.REGION, q.PURCHASE_OPTION)
    assert cell(by, ("On Demand Instances", "NoRegion"), q.REGION) is None
    assert cell(by, ("On Demand Instances", "NoRegion"), q.PURCHASE_OPTION) == "On Demand"
