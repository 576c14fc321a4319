"""The wire forms: JSON 1.0 and 1.1 by target, REST-JSON by path, Query with XML.

Reading takes a message to a service, an operation and its parameters; writing takes a reply or an
error back. What belongs where in a REST request is told by botocore's model.
"""

import json
import re
from collections.abc import Mapping
from functools import cache
from typing import Any
from urllib.parse import parse_qs, unquote
from xml.sax.saxutils import escape

from tests.aws_endpoint.models import service_model
from tests.aws_endpoint.wire import AwsError, Message, Reply, Response

TARGETS = {
    "AWSInsightsIndexService": "ce",
    "AWSBudgetServiceGateway": "budgets",
    "AWSSupport_20130415": "support",
    "CostOptimizationHubService": "cost-optimization-hub",
    "ComputeOptimizerService": "compute-optimizer",
    "AWSOrganizationsV20161128": "organizations",
}
QUERY = ("sts",)
REST = ("trustedadvisor", "bedrock")
_STS = "https://sts.amazonaws.com/doc/2011-06-15/"


def read(message: Message, signed_for: str) -> tuple[str, str, Reply] | None:
    """Return service, operation and parameters; None for what is left to moto."""
    target = message.headers.get("X-Amz-Target")
    if target:
        prefix, _, operation = target.partition(".")
        if prefix not in TARGETS:
            return None
        return TARGETS[prefix], operation, _read_json(message.body)
    if signed_for in QUERY:
        form = {k: v[0] for k, v in parse_qs(message.body.decode()).items()}
        return signed_for, form.pop("Action", ""), form
    if signed_for in REST:
        return _read_rest(signed_for, message)
    return None


def _read_json(body: bytes) -> Reply:
    try:
        content = json.loads(body or b"{}")
    except ValueError as error:
        raise AwsError("SerializationException", "The body is no JSON") from error
    if not isinstance(content, dict):
        raise AwsError("SerializationException", "The body is no structure")
    return content


def _read_rest(service: str, message: Message) -> tuple[str, str, Reply]:
    for name, method, pattern in _routes(service):
        found = pattern.fullmatch(message.path)
        if found and method == message.method:
            shape = service_model(service).operation_model(name).input_shape
            parameters = _read_json(message.body) if message.body else {}
            values = {k: v[0] for k, v in parse_qs(message.query).items()}
            for member, inner in (shape.members if shape else {}).items():
                sent_as = inner.serialization.get("name", member)
                where = inner.serialization.get("location")
                if where == "querystring" and sent_as in values:
                    text = values[sent_as]
                    parameters[member] = int(text) if inner.type_name == "integer" else text
                elif where == "uri" and sent_as in found.groupdict():
                    parameters[member] = unquote(found[sent_as])
            return service, name, parameters
    raise AwsError("UnknownOperationException", f"{message.method} {message.path}", 404)


@cache
def _routes(service: str) -> list[tuple[str, str, re.Pattern[str]]]:
    model = service_model(service)
    routes = []
    for name in model.operation_names:
        http = model.operation_model(name).http
        uri = http["requestUri"].split("?")[0]
        # Every second piece is the name of a place that is open.
        pieces = re.split(r"\{(\w+)\+?\}", uri)
        parts = [f"(?P<{p}>[^/]+)" if i % 2 else re.escape(p) for i, p in enumerate(pieces)]
        pattern = "".join(parts)
        routes.append((name, http["method"], re.compile(pattern)))
    # A path with fewer places left open is the more exact one.
    return sorted(routes, key=lambda route: route[2].groups)


def write(service: str, operation: str, reply: Reply, request_id: str) -> Response:
    """Return the response of a good answer."""
    if service in QUERY:
        body = (
            f'<{operation}Response xmlns="{_STS}"><{operation}Result>{_xml(reply)}'
            f"</{operation}Result><ResponseMetadata><RequestId>{request_id}</RequestId>"
            f"</ResponseMetadata></{operation}Response>"
        )
        return _response(200, "text/xml", body, request_id)
    return _response(200, _content_type(service), json.dumps(reply), request_id)


def write_error(service: str, error: AwsError, request_id: str) -> Response:
    """Return the response of a refusal."""
    if service in QUERY:
        kind = "Sender" if error.status < 500 else "Receiver"
        body = (
            f'<ErrorResponse xmlns="{_STS}"><Error><Type>{kind}</Type><Code>{error.code}</Code>'
            f"<Message>{escape(error.message)}</Message></Error>"
            f"<RequestId>{request_id}</RequestId></ErrorResponse>"
        )
        return _response(error.status, "text/xml", body, request_id)
    spelling = _message_member(service, error.code)
    content = {"__type": error.code, spelling: error.message, **error.fields}
    if service in REST:
        del content["__type"]
    response = _response(error.status, _content_type(service), json.dumps(content), request_id)
    if service in REST:
        response.headers["x-amzn-ErrorType"] = error.code
    return response


def _message_member(service: str, code: str) -> str:
    """Return whether the error's shape says ``Message`` or ``message``."""
    model = service_model(service)
    if code in model.shape_names:
        members = model.shape_for(code).members
        return next((name for name in members if name.lower() == "message"), "message")
    return "message"


def _content_type(service: str) -> str:
    if service in REST:
        return "application/json"
    version = service_model(service).metadata.get("jsonVersion", "1.1")
    return f"application/x-amz-json-{version}"


def _response(status: int, content_type: str, body: str, request_id: str) -> Response:
    headers = {"Content-Type": content_type, "x-amzn-RequestId": request_id}
    return Response(status, headers, body.encode())


def _xml(value: Any) -> str:
    if isinstance(value, Mapping):
        return "".join(f"<{name}>{_xml(inner)}</{name}>" for name, inner in value.items())
    return escape(str(value))
