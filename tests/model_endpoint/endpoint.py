"""A language model on this machine that says what a test wrote for it.

    with ModelEndpoint([Calls("cost_summary", {"period": "2026-10"}), Says("It rose.")]) as model:
        subprocess.run(["finops", ...], env=os.environ | model.environment())
        assert len(model.requests) == 2

It speaks Bedrock's Converse and ConverseStream, OpenAI's chat completions, Anthropic's messages and
Ollama's chat, told apart by the path; so the clients' own code runs for real.
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping, Sequence
from types import ModuleType, TracebackType

from tests.model_endpoint import anthropic, bedrock, ollama, openai
from tests.model_endpoint.replies import (
    Breaks,
    Calls,
    Fails,
    Frame,
    Garbage,
    Reply,
    Request,
    Script,
    Silent,
    message_of,
)
from tests.model_endpoint.server import HungUp, Sending, Server

MODEL = "test-model"
_PATHS = {
    "/v1/chat/completions": openai,
    "/chat/completions": openai,
    "/v1/messages": anthropic,
    "/api/chat": ollama,
}


class ModelEndpoint:
    """A server that answers as a language model while the ``with`` block runs.

    Args:
        script: The replies, one a request; or a function from a request to its reply.
        models: The models that Ollama says it has.
        port: The port, 0 for any that is free.

    Attributes:
        held: Set as soon as a ``Silent`` reply keeps a request waiting.
    """

    def __init__(
        self, script: Sequence[Reply] | Script = (), *, models: Sequence[str] = (), port: int = 0
    ) -> None:
        self.held = threading.Event()
        self._script = script
        self._models = models
        self._released = threading.Event()
        self._requests: list[Request] = []
        self._lock = threading.Lock()
        self._server = Server(self._answer, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def __enter__(self) -> "ModelEndpoint":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._released.set()
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def requests(self) -> list[Request]:
        """All requests so far, in the order in which they came."""
        with self._lock:
            return list(self._requests)

    def release(self) -> None:
        """Hang up on those that a ``Silent`` reply keeps waiting."""
        self._released.set()

    def model_url(self, provider: str) -> str:
        """Return the base URL of a provider, as the setting ``model_url`` takes it."""
        return f"{self.url}/v1" if provider in ("openai", "litellm") else self.url

    def environment(self, provider: str = "bedrock") -> dict[str, str]:
        """Return the variables that make ``finops`` in another process use this model."""
        common = {"FINOPS_MODEL": f"{provider}:{MODEL}"}
        if provider == "bedrock":
            return common | {
                "AWS_ENDPOINT_URL_BEDROCK_RUNTIME": self.url,
                "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
                "AWS_SECRET_ACCESS_KEY": "for-tests-only",
                "AWS_DEFAULT_REGION": "us-east-1",
                "AWS_EC2_METADATA_DISABLED": "true",
                "AWS_CONFIG_FILE": os.devnull,
                "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            }
        keys = {"anthropic": "ANTHROPIC_API_KEY", "openai": "OPENAI_API_KEY"}
        key = {keys[provider]: "for-tests-only"} if provider in keys else {}
        return common | {"FINOPS_MODEL_URL": self.model_url(provider)} | key

    def _answer(self, path: str, headers: Mapping[str, str], body: bytes) -> Sending:
        path = path.partition("?")[0]
        if path == "/api/tags":
            return _json(200, {}, ollama.tags(self._models))
        protocol = bedrock if path.startswith("/model/") else _PATHS.get(path)
        if protocol is None:
            return _json(404, {}, b'{"message": "No model speaks at this path."}')
        request = protocol.read(path, json.loads(body), headers)
        with self._lock:
            number = len(self._requests)
            self._requests.append(request)
        return self._sending(protocol, request, self._reply(request, number), number)

    def _reply(self, request: Request, number: int) -> Reply:
        if callable(self._script):
            return self._script(request)
        if number < len(self._script):
            return self._script[number]
        return Fails("ScriptOver", f"The script has no reply for request {number + 1}.")

    def _sending(
        self, protocol: ModuleType, request: Request, reply: Reply, number: int
    ) -> Sending:
        if isinstance(reply, Silent) and not reply.after:
            self._hold()
        if isinstance(reply, Garbage):
            return Sending(200, {"Content-Type": "text/html"}, iter((reply.body,)))
        if isinstance(reply, Fails):
            return _json(reply.status, *protocol.refusal(reply))
        if protocol is ollama and isinstance(reply, Calls) and not _is_json(reply):
            # Ollama parses what a model calls, and fails itself where that cannot be.
            said = f"error parsing tool call: raw='{reply.input}', err=invalid character"
            return _json(500, *protocol.refusal(Fails("", said)))
        if isinstance(reply, (Breaks, Silent)):
            parts = self._some(protocol, request, reply, number)
        elif request.streams:
            frames = protocol.stream(message_of(reply, number), request)
            parts = (frame.data for frame in frames)
        else:
            return _json(200, {}, protocol.whole(message_of(reply, number), request))
        return Sending(200, {"Content-Type": protocol.STREAM_TYPE}, parts)

    def _some(
        self, protocol: ModuleType, request: Request, reply: Breaks | Silent, number: int
    ) -> Iterator[bytes]:
        """Yield the first frames of a stream."""
        frames = protocol.stream(message_of(reply.reply, number), request)
        yield from _beginning(frames, reply.after)
        if isinstance(reply, Silent):
            self._hold()
        elif reply.fails:
            yield protocol.broken(reply.fails).data
        else:
            raise HungUp

    def _hold(self) -> None:
        self.held.set()
        self._released.wait()
        raise HungUp


def _beginning(frames: Iterator[Frame], parts: int) -> Iterator[bytes]:
    for frame in frames:
        yield frame.data
        parts -= frame.is_part
        if parts <= 0:
            return


def _is_json(call: Calls) -> bool:
    try:
        return not isinstance(call.input, str) or isinstance(json.loads(call.input), dict)
    except ValueError:
        return False


def _json(status: int, headers: Mapping[str, str], body: bytes) -> Sending:
    return Sending(status, {"Content-Type": "application/json", **headers}, iter((body,)))
