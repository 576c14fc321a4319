"""The agents on every provider's own protocol: what works, and every way in which it fails.

The clients of the providers and Strands run for real, against an endpoint on loopback.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from decimal import Decimal
from functools import partial
from threading import Thread

import pytest

from finops_cli.agents.loop.assistant import StrandsAssistant
from finops_cli.agents.model.failures import told, unusable
from finops_cli.agents.model.prices import price
from finops_cli.agents.model.providers import connect
from finops_cli.agents.model.setting import Limits
from finops_cli.domain.assistant import Written
from finops_cli.sources.aws.session.session import boto_session
from tests.agents.loop.scripted import Scripted, interrupt
from tests.agents.loop.stage import REQUEST, TODAY, Catalogue, Stage
from tests.agents.model.talking import PROVIDERS, setting_of, speaking
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import (
    Breaks,
    Calls,
    Empty,
    Fails,
    Garbage,
    Reply,
    Request,
    Says,
    Silent,
    Together,
    Usage,
)

GENEROUS = Limits(seconds=60.0)
ASK = Calls("forecast_agent", {"question": "S3?"}, says="Let me see.")
LOOK = Calls("cost_breakdown", {"by": "service"})
LONG = Says("Costs rose in May. Because of something that nobody will read to its end.", pieces=12)


@contextmanager
def staged(
    provider: str, *script: Reply, limits: Limits = GENEROUS
) -> Iterator[tuple[StrandsAssistant, Stage, ModelEndpoint]]:
    stage = Stage(Scripted(), Catalogue(), limits)
    with speaking(provider, script) as endpoint:
        setting = replace(setting_of(endpoint, provider), limits=limits)
        environment = endpoint.environment(provider)
        session = partial(boto_session, None, environment=environment)
        assistant = replace(
            stage.assistant,
            name=str(setting),
            model=lambda: connect(setting, environment, session),
            told=lambda error: told(error, setting),
            unusable=lambda stop, text: unusable(stop, text, setting),
            price=lambda usage: price(setting, usage),
        )
        yield assistant, stage, endpoint


def write(provider: str, *script: Reply, limits: Limits = GENEROUS) -> Written:
    with staged(provider, *script, limits=limits) as (assistant, _, _):
        return assistant.write(REQUEST)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_supervisor_asks_an_agent_that_looks_into_the_bill(provider: str) -> None:
    script = (ASK, LOOK, Says("77.25 USD"), Says("It was 77.25 USD."))
    with staged(provider, *script) as (assistant, stage, endpoint):
        written = assistant.write(REQUEST)
        requests: list[Request] = endpoint.requests
    assert written.trouble is None
    assert written.prose and written.prose.text == "It was 77.25 USD."
    assert len(written.answers) == 1
    assert stage.tokens().endswith("It was 77.25 USD.")
    assert (written.use.model_calls, written.use.tool_calls) == (4, 2)
    assert (written.use.input_tokens, written.use.output_tokens) == (400, 80)
    assert "How do we stand?" in requests[0].last
    assert "77.25 USD" in requests[2].last
    assert requests[0].tools == ("forecast_agent",)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_calls_side_by_side(provider: str) -> None:
    looks = Together(LOOK, Calls("anomaly_list", {}))
    written = write(provider, ASK, looks, Says("Both."), Says("Done."))
    assert written.trouble is None and len(written.answers) == 2


@pytest.mark.parametrize("provider", PROVIDERS)
def test_an_action_is_chosen(provider: str) -> None:
    actions = {"cost.summary": "What was spent."}
    reply = Calls("choose_action", {"action": "cost.summary"}, usage=Usage(300, 30))
    with staged(provider, reply) as (assistant, _, endpoint):
        choice = assistant.choose("What did it cost?", actions, TODAY)
        assert endpoint.requests[0].tools == ("choose_action",)
    assert (choice.action, choice.trouble) == ("cost.summary", None)
    assert choice.use.input_tokens == 300
    known = provider in ("bedrock", "ollama")  # what an endpoint of one's own costs nobody knows
    assert (choice.use.cost is not None) is known


def test_a_price_is_told() -> None:
    written = write("bedrock", Says("Well."))
    assert written.use.cost and written.use.cost > Decimal(0)


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_stream_that_breaks_half_way(provider: str) -> None:
    written = write(provider, Breaks(LONG, after=9))
    assert written.prose and written.prose.text == "Costs rose in May."
    assert written.trouble is not None


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize(
    "make",
    [
        lambda: Fails("AccessDeniedException", "no access", 403),
        lambda: Garbage(),
        lambda: Empty(),
        lambda: Breaks(after=0),
    ],
    ids=["denied", "garbage", "empty", "cut"],
)
def test_no_words_at_all(provider: str, make: Callable[[], Reply]) -> None:
    written = write(provider, *[make()] * 3)
    assert written.prose is None
    assert written.trouble is not None and written.trouble.message.endswith(".")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_throttled_model_is_asked_once_more(provider: str) -> None:
    busy = Fails("ThrottlingException", "Too many requests", 429)
    with staged(provider, busy, Says("Well.")) as (assistant, _, endpoint):
        written = assistant.write(REQUEST)
        asked = len(endpoint.requests)
    assert written.use.model_calls == asked
    if provider == "ollama":  # its Strands model does not tell throttling from other failures
        assert written.trouble is not None
    else:
        assert written.prose and written.prose.text == "Well." and asked == 2


@pytest.mark.parametrize("provider", ["bedrock", "openai", "anthropic"])
def test_malformed_arguments_do_not_run(provider: str) -> None:
    broken = Calls("cost_breakdown", '{"by": "serv')
    with staged(provider, ASK, broken, Says("No."), Says("Without.")) as (assistant, stage, end):
        written = assistant.write(REQUEST)
        assert "no JSON object" in end.requests[2].last
    assert stage.catalogue.calls == []
    assert written.prose and written.prose.text == "Without."


@pytest.mark.parametrize("provider", PROVIDERS)
@pytest.mark.parametrize("after", [0, 9])
def test_an_interrupt_while_a_model_is_silent(provider: str, after: int) -> None:
    with staged(provider, Silent(LONG, after)) as (assistant, _, endpoint):
        stop = Thread(target=lambda: (endpoint.held.wait(), interrupt()))
        stop.start()
        written = assistant.write(REQUEST)
        stop.join()
    assert written.trouble is not None and written.trouble.exit_code == 130
    assert written.prose is None or written.prose.text == "Costs rose in May."
