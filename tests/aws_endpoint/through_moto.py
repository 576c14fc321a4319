"""What moto does well, served by it: S3, and Organizations with the accounts of the bill.

Moto takes a third of a second to load, so it is loaded when the first such call arrives.
"""

import io
import threading
from collections.abc import Iterable
from typing import Any

from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.wire import Message, Response


class Moto:
    """Moto's own WSGI application, in this process.

    Args:
        organisation: Whose accounts Organizations lists.
    """

    def __init__(self, organisation: Organisation) -> None:
        self._organisation = organisation
        self._lock = threading.Lock()
        self._application: Any = None

    def answer(self, message: Message, account: str) -> Response:
        """Answer a request as moto does, one at a time."""
        with self._lock:
            if self._application is None:
                self._application = self._load()
            return self._run(message, account)

    def _load(self) -> Any:
        from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app

        self._seed()
        return DomainDispatcherApplication(create_backend_app)

    def _seed(self) -> None:
        """Make the organisation anew: moto's state is shared by all endpoints of a process."""
        from moto.organizations.models import organizations_backends

        payer = self._organisation.payer
        organizations_backends.reset()
        backend = organizations_backends[payer]["aws"]
        backend.create_organization(region="us-east-1", FeatureSet="ALL")
        backend.accounts[0].name = self._organisation.names[payer]
        for account, name in self._organisation.names.items():
            if account != payer:
                status = backend.create_account(
                    AccountName=name, Email=f"{name}@example.com", Tags=[]
                )
                made = next(a for a in backend.accounts if a.id == _id_of(status))
                made.id = account

    def _run(self, message: Message, account: str) -> Response:
        answered: list[Any] = []

        def start(status: str, headers: list[tuple[str, str]], info: Any = None) -> None:
            answered[:] = [int(status.split()[0]), dict(headers)]

        parts: Iterable[bytes] = self._application(_environ(message, account), start)
        try:
            body = b"".join(parts)
        finally:
            close = getattr(parts, "close", None)
            if close:
                close()
        status, headers = answered
        for name in ("Content-Length", "Connection", "Server", "Date"):
            headers.pop(name, None)
        return Response(status, headers, body)


def _id_of(status: Any) -> str:
    return str(status["CreateAccountStatus"]["AccountId"])


def _environ(message: Message, account: str) -> dict[str, Any]:
    from urllib.parse import unquote

    host = message.headers.get("Host", "127.0.0.1")
    environ: dict[str, Any] = {
        "REQUEST_METHOD": message.method,
        "SCRIPT_NAME": "",
        "PATH_INFO": unquote(message.path),
        "RAW_URI": message.path,
        "QUERY_STRING": message.query,
        "SERVER_NAME": host.split(":")[0],
        "SERVER_PORT": host.split(":")[-1],
        "SERVER_PROTOCOL": "HTTP/1.1",
        "CONTENT_LENGTH": str(len(message.body)),
        "CONTENT_TYPE": message.headers.get("Content-Type", ""),
        "HTTP_X_MOTO_ACCOUNT_ID": account,
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(message.body),
        "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True,
        "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }
    for name, value in message.headers.items():
        if name.lower() not in ("content-length", "content-type", "transfer-encoding"):
            environ[f"HTTP_{name.upper().replace('-', '_')}"] = value
    return environ
