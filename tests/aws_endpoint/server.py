"""HTTP: reads a request whole, lets the endpoint answer, keeps the connection for the next."""

import socket
import threading
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.aws_endpoint.wire import NO_ANSWER, Message, Response

Answer = Callable[[Message], Response]


class Server(ThreadingHTTPServer):
    """A server on a free port of this machine, or on the port named.

    Args:
        answer: Called with each request, from many threads.
        port: The port; 0 for any that is free.
    """

    daemon_threads = True
    request_queue_size = 64

    def __init__(self, answer: Answer, port: int) -> None:
        super().__init__(("127.0.0.1", port), _Handler)
        self.answer = answer
        self._open: set[socket.socket] = set()
        self._lock = threading.Lock()

    def process_request(self, request: Any, client_address: Any) -> None:
        """Remember a connection, so that it can be closed with the server."""
        with self._lock:
            self._open.add(request)
        super().process_request(request, client_address)

    def shutdown_request(self, request: Any) -> None:
        """Close a connection."""
        with self._lock:
            self._open.discard(request)
        super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Say nothing of clients that hang up."""

    def hang_up(self) -> None:
        """Close every connection that clients keep."""
        with self._lock:
            waiting = list(self._open)
        for connection in waiting:
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:  # the client was faster
                continue


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    server: Server

    def handle_any(self) -> None:
        path, _, query = self.path.partition("?")
        if self.headers.get("Expect", "").lower() == "100-continue":
            self.send_response_only(100)
            self.end_headers()
            self.wfile.flush()
        message = Message(self.command, path, query, _Headers(self.headers.items()), self._body())
        self._send(self.server.answer(message))

    do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any

    def handle_expect_100(self) -> bool:
        return True

    def _body(self) -> bytes:
        if "chunked" in self.headers.get("Transfer-Encoding", "").lower():
            return b"".join(iter(self._chunk, b""))
        return self.rfile.read(int(self.headers.get("Content-Length") or 0))

    def _chunk(self) -> bytes:
        size = int(self.rfile.readline().split(b";")[0], 16)
        chunk = self.rfile.read(size)
        self.rfile.readline()
        return chunk

    def _send(self, response: Response) -> None:
        if response.status == NO_ANSWER:
            self.close_connection = True
            return
        self.send_response(response.status)
        for name, value in response.headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(response.body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(response.body[: response.keep])
        self.wfile.flush()
        if response.keep is not None:
            self.close_connection = True

    def log_message(self, *args: Any) -> None:
        """Say nothing: a test reads the endpoint's records."""


class _Headers(dict[str, str]):
    """Headers under the names of the field, whatever case they came in."""

    def __init__(self, items: Any) -> None:
        super().__init__({name.lower(): value for name, value in items})

    def get(self, name: str, default: Any = None) -> Any:
        return super().get(name.lower(), default)

    def __getitem__(self, name: str) -> str:
        return super().__getitem__(name.lower())
