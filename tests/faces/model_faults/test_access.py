"""A model that is not there, or not for this user: code answers, and says what is missing."""

from tests.faces.model_faults.page import fault
from tests.faces.model_faults.talk import BY_CODE, Talk
from tests.faces.seen import Seen
from tests.model_endpoint.replies import Fails

OPEN_ENDED = "is our s3 spend reasonable"
ROLE = "arn:aws:sts::111122223333:assumed-role/analyst/me"
NO_POLICY = (
    f"User: {ROLE} is not authorized to perform: bedrock:InvokeModelWithResponseStream on resource:"
    " arn:aws:bedrock:eu-central-1::foundation-model/test-model"
)
NO_FORM = "Model use case details have not been submitted for this account."
ON_DEMAND = (
    "Invocation of model ID test-model with on-demand throughput isn't supported. Retry your "
    "request with the ID or ARN of an inference profile."
)


def by_code(seen: Seen) -> Seen:
    """Return what is seen, once it is sure that code has answered."""
    assert seen.says(BY_CODE)
    if seen.document:
        assert seen.document["prose"] is None
    return seen


@fault("No model is set")
def test_none(talk: Talk) -> Seen:
    return by_code(talk.run("ask", OPEN_ENDED))


@fault("The setting names no provider that there is")
def test_unknown_provider(talk: Talk) -> Seen:
    talk.set({"FINOPS_MODEL": "bedrok"})
    return by_code(talk.run("ask", OPEN_ENDED))


@fault("The provider's package is not installed")
def test_no_package(talk: Talk) -> Seen:
    talk.set({"FINOPS_MODEL": "litellm:mistral/mistral-small-latest"})
    return by_code(talk.run("ask", OPEN_ENDED))


@fault("The provider's key is not set")
def test_no_key(talk: Talk) -> Seen:
    talk.set({"FINOPS_MODEL": "anthropic"})
    return by_code(talk.run("ask", OPEN_ENDED))


@fault("The provider does not know the key")
def test_wrong_key(talk: Talk) -> Seen:
    refusal = Fails("authentication_error", "invalid x-api-key", 401)
    return by_code(talk.ask([refusal], provider="anthropic"))


@fault("There are no AWS credentials for Bedrock")
def test_no_credentials(talk: Talk) -> Seen:
    talk.set({"FINOPS_MODEL": "bedrock", "AWS_EC2_METADATA_DISABLED": "true"})
    return by_code(talk.run("ask", OPEN_ENDED))


@fault("The IAM policy does not allow Bedrock")
def test_no_permission(talk: Talk) -> Seen:
    return by_code(talk.ask([Fails("AccessDeniedException", NO_POLICY, 403)]))


@fault("The account has not asked for access to the model")
def test_no_access(talk: Talk) -> Seen:
    return by_code(talk.ask([Fails("ResourceNotFoundException", NO_FORM, 404)]))


@fault("The model is reached through an inference profile only")
def test_on_demand(talk: Talk) -> Seen:
    return by_code(talk.ask([Fails("ValidationException", ON_DEMAND, 400)]))


@fault("Bedrock does not know the model")
def test_unknown_model(talk: Talk) -> Seen:
    refusal = Fails("ValidationException", "The provided model identifier is invalid.", 400)
    return by_code(talk.ask([refusal]))


@fault("Ollama is not running")
def test_no_ollama(talk: Talk) -> Seen:
    talk.set({"FINOPS_MODEL": "ollama:qwen3", "FINOPS_MODEL_URL": "http://127.0.0.1:9"})
    return by_code(talk.run("ask", OPEN_ENDED))


@fault("Ollama does not have the model")
def test_not_pulled(talk: Talk) -> Seen:
    refusal = Fails("not_found", "model 'test-model' not found", 404)
    return by_code(talk.ask([refusal], provider="ollama"))
