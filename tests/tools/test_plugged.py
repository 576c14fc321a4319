"""A plugin's tool in the catalogue: handed the source alone, its failures told as ours."""

import inspect
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from finops_cli.domain.answer import Answer, Provenance, Sentence
from finops_cli.domain.source import CostSource, Restart, Shortfall
from finops_cli.errors import FinopsError, NoHistory
from finops_cli.tools import Catalogue, Tool
from tests.fakes import FakeSource


def _source() -> FakeSource:
    return FakeSource([{"date": date(2026, 9, 1), "cost": Decimal(7), "service": "A"}])


def _answer(words: str = "Done") -> Answer:
    return Answer(Sentence(words), Provenance("fake"))


def _with(tool: Tool, source: CostSource | None = None) -> Catalogue:
    return Catalogue(source or _source(), more={"carbon.summary": lambda _source: tool})


def _raises(error: BaseException) -> Callable[..., Any]:
    def tool() -> Answer:
        raise error

    return tool


def test_it_stands_beside_ours_and_gets_the_source() -> None:
    source = _source()
    handed: list[CostSource] = []

    def make(given: CostSource) -> Tool:
        handed.append(given)
        return _answer

    catalogue = Catalogue(source, more={"carbon.summary": make})
    assert set(catalogue) - set(Catalogue(source)) == {"carbon.summary"}
    assert len(catalogue) == len(list(catalogue))
    assert catalogue["carbon.summary"]() == _answer()
    assert handed == [source]
    with pytest.raises(KeyError):
        Catalogue(source)["carbon.summary"]


def test_it_keeps_what_a_model_reads_of_it() -> None:
    def summary(period: str = "last-30d") -> Answer:
        """Tell what the cloud emits."""
        return _answer(period)

    tool = _with(summary)["carbon.summary"]
    assert inspect.unwrap(tool) is summary
    assert tool.__doc__ == summary.__doc__
    assert list(inspect.signature(tool).parameters) == ["period"]
    ours = Catalogue(_source())["cost.summary"]
    assert "period" in inspect.signature(ours).parameters and ours.__doc__


def test_what_a_tool_takes_is_known() -> None:
    def summary(period: str = "", *more: str, limit: int = 0, **rest: str) -> Answer:
        return _answer()

    assert _with(summary).accepted("carbon.summary") == {"period", "limit"}
    assert Catalogue(_source()).accepted("cost.summary") == {"period", "filters", "metric"}


def test_the_users_metric_is_left_out_where_it_is_not_taken() -> None:
    def plain(period: str = "") -> Answer:
        return _answer(period)

    def metered(metric: str = "") -> Answer:
        return _answer(metric)

    assert _with(plain)["carbon.summary"](metric="list", period="mtd") == _answer("mtd")
    assert _with(metered)["carbon.summary"](metric="list") == _answer("list")


@pytest.mark.parametrize(
    ("tool", "why"),
    [
        (_raises(ValueError("a\nb.")), "ValueError: a b"),
        (_raises(ZeroDivisionError()), "ZeroDivisionError"),
        (_raises(RuntimeError("x" * 9999)), "RuntimeError: xxx"),
        (lambda: {"cost": 7}, "it returned dict, not an Answer"),
        (lambda limit: _answer(), "missing 1 required positional argument: 'limit'"),
        (_raises(SystemExit(3)), "SystemExit: 3"),
    ],
)
def test_its_failures_name_it(tool: Tool, why: str) -> None:
    with pytest.raises(FinopsError) as caught:
        _with(tool)["carbon.summary"]()
    assert type(caught.value) is FinopsError
    assert caught.value.message.startswith("The plugin carbon failed in carbon.summary: ")
    assert why in caught.value.message and caught.value.hint
    assert "\n" not in caught.value.message and len(caught.value.message) < 300


def test_what_cannot_be_made_names_it_too() -> None:
    def make(_source: CostSource) -> Tool:
        raise KeyError("service")

    catalogue = Catalogue(_source(), more={"carbon.summary": make, "carbon.no": lambda _: None})  # type: ignore[dict-item,return-value]
    with pytest.raises(FinopsError, match="The plugin carbon failed in carbon.summary: KeyError"):
        catalogue["carbon.summary"]
    with pytest.raises(FinopsError, match="NoneType is no tool"):
        catalogue["carbon.no"]


def test_an_error_of_ours_stays_what_it_is() -> None:
    error = NoHistory("Too little.", "Wait.")
    with pytest.raises(NoHistory) as caught:
        _with(_raises(error))["carbon.summary"]()
    assert caught.value is error


def test_its_answer_tells_what_the_source_lacked() -> None:
    source = _source()

    def tool() -> Answer:
        source.meter.shortfalls.append(Shortfall("A day lacks.", 5, "no_answer"))
        return _answer()

    answer = _with(tool, source)["carbon.summary"]()
    assert (answer.warnings, answer.exit.code) == (("A day lacks.",), 5)


def test_it_is_made_again_where_the_source_changes_under_it() -> None:
    tries: list[int] = []

    def tool() -> Answer:
        tries.append(1)
        if len(tries) < 3:
            raise Restart
        return _answer()

    assert _with(tool)["carbon.summary"]() == _answer()
    assert len(tries) == 3


def test_its_price_is_never_sure() -> None:
    assert not _with(_answer).rehearse("carbon.summary", {})
    assert not _with(_raises(ValueError("x"))).rehearse("carbon.summary", {})
