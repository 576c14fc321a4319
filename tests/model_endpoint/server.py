"""HTTP: reads a request whole, and sends what comes of it piece by piece."""

import socket
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


class HungUp(Exception):
    """The line is to be cut here."""


@dataclass(slots=True)
class Sending:
    """A response, as far as it comes; its parts may raise ``HungUp``."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    parts: Iterator[bytes] = field(default_factory=lambda: iter(()))


Answer = Callable[[str, Mapping[str, str], bytes], Sending]
"""Answers a path, headers and a body; raises ``HungUp`` for no answer at all."""


class Server(ThreadingHTTPServer):
    """A server on a free port of this machine, or on the port named.

    Args:
        answer: Called with each request, from many threads.
        port: The port; 0 for any that is free.
    """

    daemon_threads = False
    block_on_close = True

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
    server: Server

    def handle_any(self) -> None:
        headers = {name.lower(): value for name, value in self.headers.items()}
        body = self.rfile.read(int(headers.get("content-length") or 0))
        try:
            self._send(self.server.answer(self.path, headers, body))
        except HungUp:
            self.close_connection = True

    do_GET = do_POST = handle_any

    def _send(self, sending: Sending) -> None:
        """Send a response in chunks, so that one that is cut off can be told from a whole one."""
        self.send_response(sending.status)
        for name, value in sending.headers.items():
            self.send_header(name, value)
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        for part in sending.parts:
            self.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        self.wfile.write(b"0\r\n\r\n")

    def log_message(self, *args: Any) -> None:
        """Say nothing: a test reads the endpoint's records."""
