"""The model that tests talk to does what its script says, and remembers what it was asked."""

from urllib.error import HTTPError
from urllib.request import Request as Post
from urllib.request import urlopen

import pytest

from tests.agents.model.talking import IDS, PROVIDERS, QUESTION, ask, setting_of, speaking
from tests.model_endpoint.endpoint import ModelEndpoint
from tests.model_endpoint.replies import Calls, Reply, Request, Says, Together


def answer_by_what_is_asked(request: Request) -> Reply:
    if request.last == QUESTION:
        return Calls("cost", {"month": "2026-10"})
    return Says(f"I was told: {request.last}")


@pytest.mark.parametrize("provider", PROVIDERS)
def test_a_script_may_be_a_function(provider: str) -> None:
    with speaking(provider, answer_by_what_is_asked) as endpoint:
        answer = ask(setting_of(endpoint, provider), endpoint.environment(provider))
    assert str(answer).strip() == "I was told: 2026-10 cost 12.50 USD."


def test_a_request_that_the_script_does_not_foresee_is_refused() -> None:
    with speaking("bedrock", []) as endpoint:
        with pytest.raises(Exception, match="no reply for request 1"):
            ask(setting_of(endpoint, "bedrock"), {})
        assert [request.model for request in endpoint.requests] == [IDS["bedrock"]]


def test_no_other_path_is_served() -> None:
    with ModelEndpoint() as endpoint, pytest.raises(HTTPError) as caught:
        urlopen(Post(f"{endpoint.url}/elsewhere", data=b"{}"))
    caught.value.close()
    assert caught.value.code == 404


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/v1/messages", "/api/chat"])
def test_an_answer_may_come_at_once(path: str) -> None:
    body = b'{"model": "m", "stream": false, "messages": [{"role": "user", "content": "Hi"}]}'
    calls = Together(Calls("cost", {"month": "2026-10"}), says="I look.")
    with ModelEndpoint([calls]) as endpoint, urlopen(Post(endpoint.url + path, body)) as reply:
        text = reply.read().decode()
        assert not endpoint.requests[0].streams
    assert "I look." in text and "2026-10" in text
