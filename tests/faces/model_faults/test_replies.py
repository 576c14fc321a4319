"""A model that is slow, silent, or says what cannot be used: code answers all the same."""

from tests.faces.model_faults.page import fault
from tests.faces.model_faults.talk import BY_CODE, UNCLEAR, Talk
from tests.faces.seen import Seen
from tests.model_endpoint.replies import (
    Breaks,
    Calls,
    Empty,
    Fails,
    Garbage,
    Request,
    Says,
    Silent,
)

WORDS = "Most of it is S3. Nothing else that is worth a word was found in it."


def answered(seen: Seen, words: str | None) -> Seen:
    """Return what is seen, once it is sure that code has answered and what the model's words are.

    Args:
        seen: What is seen.
        words: The prose; None for none.
    """
    assert seen.says(BY_CODE)
    if seen.document:
        prose = seen.document["prose"]
        assert (prose and prose["text"]) == words
    else:
        assert seen.says("Written by bedrock:test-model") is (words is not None)
    return seen


@fault("The model is asked too often")
def test_throttled(talk: Talk) -> Seen:
    refusal = Fails("ThrottlingException", "Too many requests, please wait.", 429)
    return answered(talk.ask([refusal] * 2), None)


@fault("The model breaks")
def test_breaks(talk: Talk) -> Seen:
    return answered(talk.ask([Fails("InternalServerException", "Oops.", 500)] * 2), None)


@fault("The model does not answer in time")
def test_silent(talk: Talk) -> Seen:
    talk.set({"FINOPS_MODEL_SECONDS": "0.3"})
    return answered(talk.ask([Silent()]), None)


@fault("The stream breaks before a sentence is whole")
def test_broken_early(talk: Talk) -> Seen:
    return answered(talk.ask([Breaks()]), None)


@fault("The stream breaks later")
def test_broken_late(talk: Talk) -> Seen:
    reply = Breaks(Says(WORDS, pieces=2), after=1)
    return answered(talk.ask([reply]), "Most of it is S3.")


@fault("The model says nothing")
def test_empty(talk: Talk) -> Seen:
    return answered(talk.ask([Empty()]), None)


@fault("The model's text is cut at its length")
def test_cut(talk: Talk) -> Seen:
    reply = Says("Most of it is S3. The rest of it is", stop="max_tokens")
    return answered(talk.ask([reply]), "Most of it is S3.")


@fault("The model's provider withholds the text")
def test_withheld(talk: Talk) -> Seen:
    return answered(talk.ask([Says("I cannot.", stop="guardrail_intervened")]), "I cannot.")


@fault("Something else answers at the model's address")
def test_proxy(talk: Talk) -> Seen:
    return answered(talk.ask([Garbage()]), None)


@fault("The model calls a tool with arguments that are no JSON")
def test_malformed(talk: Talk) -> Seen:
    return answered(talk.ask([Calls("forecast_agent", '{"question": '), Says(WORDS)]), WORDS)


@fault("The model calls a tool that there is not")
def test_unknown_tool(talk: Talk) -> Seen:
    return answered(talk.ask([Calls("delete_everything", {}), Says(WORDS)]), WORDS)


@fault("The model calls the same tool over and over")
def test_loop(talk: Talk) -> Seen:
    def always(request: Request) -> Calls | Says:
        if "forecast_agent" in request.tools:
            return Calls("forecast_agent", {"question": "What did S3 cost?"})
        return Says("S3 cost 375 dollars.")

    return answered(talk.ask(always), None)


@fault("The model takes all the requests that it may have")
def test_calls(talk: Talk) -> Seen:
    talk.set({"FINOPS_MAX_MODEL_CALLS": "1"})
    return answered(talk.ask([Calls("forecast_agent", {"question": "S3?"})] * 3), None)


@fault("The model takes all the tokens that it may have")
def test_tokens(talk: Talk) -> Seen:
    talk.set({"FINOPS_MAX_MODEL_TOKENS": "100"})
    return answered(talk.ask([Calls("forecast_agent", {"question": "S3?"})] * 3), None)


@fault("The model costs all that it may")
def test_cost(talk: Talk) -> Seen:
    talk.set({"FINOPS_MAX_MODEL_COST": "0.0001", "FINOPS_MODEL_PRICE": "1/5"})
    return answered(talk.ask([Calls("forecast_agent", {"question": "S3?"})] * 3), None)


@fault("The model does not say what an unclear question means")
def test_no_choice(talk: Talk) -> Seen:
    return talk.ask([Says("Hm.")], question=UNCLEAR)


@fault("The model writes a figure that is not in the data")
def test_figure(talk: Talk) -> Seen:
    words = "S3 cost $9,999.99 in September."
    return answered(talk.ask([Says(words)]), words)
