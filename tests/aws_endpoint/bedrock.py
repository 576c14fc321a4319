"""Bedrock's models: three, one of them no longer current, and the profiles that lead to them."""

from tests.aws_endpoint.wire import AwsError, Call, Reply

_MODELS = (
    ("anthropic.claude-sonnet-4-5-20250929-v1:0", "Claude Sonnet 4.5", "Anthropic", "ACTIVE"),
    ("amazon.nova-lite-v1:0", "Nova Lite", "Amazon", "ACTIVE"),
    ("anthropic.claude-v2:1", "Claude", "Anthropic", "LEGACY"),
)


def foundation_models(call: Call) -> Reply:
    """Answer ListFoundationModels."""
    provider = str(call.parameters.get("byProvider", "")).casefold()
    return {
        "modelSummaries": [
            {
                "modelArn": f"arn:aws:bedrock:us-east-1::foundation-model/{model}",
                "modelId": model,
                "modelName": name,
                "providerName": maker,
                "inputModalities": ["TEXT"],
                "outputModalities": ["TEXT"],
                "responseStreamingSupported": True,
                "inferenceTypesSupported": ["ON_DEMAND"],
                "modelLifecycle": {"status": status},
            }
            for model, name, maker, status in _MODELS
            if provider in ("", maker.casefold())
        ]
    }


_PLACES = ("global", "us", "eu")


def inference_profile(call: Call) -> Reply:
    """Answer GetInferenceProfile."""
    named = str(call.parameters["inferenceProfileIdentifier"]).rpartition("/")[2]
    place, _, model = named.partition(".")
    known = {each: name for each, name, _maker, status in _MODELS if status == "ACTIVE"}
    if place not in _PLACES or model not in known:
        said = "The provided inference profile identifier is invalid."
        raise AwsError("ResourceNotFoundException", said, 404)
    arn = f"arn:aws:bedrock:us-east-1:{call.account}:inference-profile/{named}"
    return {
        "inferenceProfileName": f"{place} {known[model]}",
        "inferenceProfileArn": arn,
        "inferenceProfileId": named,
        "models": [{"modelArn": f"arn:aws:bedrock:us-east-1::foundation-model/{model}"}],
        "status": "ACTIVE",
        "type": "SYSTEM_DEFINED",
    }
