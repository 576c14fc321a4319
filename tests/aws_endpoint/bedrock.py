"""Bedrock's list of models: three, one of them no longer current."""

from tests.aws_endpoint.wire import Call, Reply

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
