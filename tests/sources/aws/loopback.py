"""A server on this machine that answers with what a test wrote down, byte by byte."""

import json
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Self
from urllib.parse import parse_qs

OK_XML = (
    '<{0}Response xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><{0}Result>{1}</{0}Result>'
    "<ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></{0}Response>"
)


@dataclass(frozen=True, slots=True)
class Request:
    """What arrived."""

    headers: dict[str, str]
    body: str

    @property
    def form(self) -> dict[str, str]:
        """The parameters of an API that is asked in forms, such as STS."""
        return {name: values[0] for name, values in parse_qs(self.body).items()}


Answer = Callable[[Request], bytes]


def answer(status: int, body: bytes, length: int | None = None, kind: str = "") -> bytes:
    """Return the bytes of an answer; a length beyond the body's makes it break off."""
    promised = len(body) if length is None else length
    head = f"HTTP/1.1 {status} Said\r\nContent-Type: {kind}\r\nContent-Length: {promised}\r\n"
    return f"{head}Connection: close\r\n\r\n".encode() + body


def as_json(body: object, status: int = 200) -> bytes:
    """Return an answer in JSON."""
    return answer(status, json.dumps(body).encode(), kind="application/x-amz-json-1.1")


def refusal(code: str, message: str = "", status: int = 400) -> bytes:
    """Return an error as the APIs in JSON write it."""
    return as_json({"__type": f"com.amazonaws.any#{code}", "message": message}, status)


def refusal_xml(code: str, message: str = "", status: int = 403) -> bytes:
    """Return an error as STS writes it."""
    error = f"<Error><Type>Sender</Type><Code>{code}</Code><Message>{message}</Message></Error>"
    return answer(status, f"<ErrorResponse>{error}</ErrorResponse>".encode(), kind="text/xml")


def as_xml(operation: str, result: str) -> bytes:
    """Return an answer of STS."""
    return answer(200, OK_XML.format(operation, result).encode(), kind="text/xml")


class Loopback:
    """Takes connections one by one, keeps what arrived, and answers as told.

    Args:
        says: Makes each answer from its request; no bytes hang up without a word.
    """

    def __init__(self, says: Answer) -> None:
        self.requests: list[Request] = []
        self._says = says
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve, daemon=True)

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._listener.getsockname()[1]}"

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:  # closed: the test is over
                return
            with connection:
                request = _read(connection)
                self.requests.append(request)
                connection.sendall(self._says(request))


def _read(connection: socket.socket) -> Request:
    with connection.makefile("rb") as stream:
        stream.readline()
        headers: dict[str, str] = {}
        while line := stream.readline().decode().strip():
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        body = stream.read(int(headers.get("content-length", 0))).decode()
    return Request(headers, body)
