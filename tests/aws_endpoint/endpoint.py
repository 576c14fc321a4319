"""An AWS account on this machine: any source of costs, served as AWS would serve it.

    with Endpoint(source, date(2026, 11, 24)) as aws:
        subprocess.run(["finops", ...], env=os.environ | aws.environment())
        assert aws.billed() == 1

Nothing is canned: Cost Explorer's answers are computed from the source's daily frames, so the same
question asked of the source itself must give the same figures.
"""

import os
import threading
import time
import traceback
from collections.abc import Iterable, Mapping
from datetime import date
from types import TracebackType
from typing import Any
from uuid import uuid4

from finops_cli.domain.source import CostSource
from tests.aws_endpoint import protocols
from tests.aws_endpoint.anomalies import Anomaly
from tests.aws_endpoint.bill import Bill
from tests.aws_endpoint.catalogue import answers
from tests.aws_endpoint.faults import Faults
from tests.aws_endpoint.identity import SECRET, access_key, scope, signer
from tests.aws_endpoint.models import check_input, check_output
from tests.aws_endpoint.organisation import Organisation
from tests.aws_endpoint.server import Server
from tests.aws_endpoint.through_moto import Moto
from tests.aws_endpoint.wire import (
    NO_ANSWER,
    AwsError,
    Call,
    Message,
    Record,
    Reply,
    Response,
)

PAYER = "111122223333"


class Endpoint:
    """A server that answers as AWS while the ``with`` block runs.

    Args:
        source: Where the costs come from; it is asked under a lock.
        today: The day it is; ``endpoint.organisation.today`` may be moved later.
        account: The payer, whose credentials ``environment`` gives.
        page_size: How many groups, days or values one page holds.
        multi_year: Whether 38 months of monthly data are switched on.
        faults: What goes wrong; also to be changed later through ``endpoint.faults``.
        delay: Seconds that every answer takes.
        external_id: The external id that roles ask for.
        anomalies: What Cost Anomaly Detection found; by default it is looked for in the bill.
        budgets: The payer's budgets as AWS writes them; by default the demo's own, or one for all.
        port: The port, 0 for any that is free.
    """

    def __init__(
        self,
        source: CostSource,
        today: date,
        *,
        account: str = PAYER,
        page_size: int = 1000,
        multi_year: bool = False,
        faults: Faults | None = None,
        delay: float = 0.0,
        external_id: str | None = None,
        anomalies: Iterable[Anomaly] | None = None,
        budgets: Iterable[Reply] | None = None,
        port: int = 0,
    ) -> None:
        self.faults = faults or Faults()
        self.organisation = Organisation(
            Bill(source), today, account, page_size, multi_year, self.faults
        )
        self.delay = delay
        self.mishaps: list[str] = []
        self._answers = answers(self.organisation, external_id, anomalies, budgets)
        self._moto = Moto(self.organisation)
        self._records: list[Record] = []
        self._lock = threading.Lock()
        self._server = Server(self._answer, port)
        self._thread = threading.Thread(
            target=self._server.serve_forever, args=(0.02,), daemon=True
        )

    def __enter__(self) -> "Endpoint":
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._server.shutdown()
        self._thread.join()
        self._server.hang_up()
        self._server.server_close()

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self._server.server_port}"

    @property
    def requests(self) -> list[Record]:
        """All requests so far, in the order in which they were answered."""
        with self._lock:
            return list(self._records)

    def billed(self, operation: str | None = None) -> int:
        """Return how many requests AWS would have charged for."""
        wanted = [r for r in self.requests if operation in (None, r.operation)]
        return sum(record.billed for record in wanted)

    def environment(self, account: str | None = None) -> dict[str, str]:
        """Return the variables that make a client in another process call this endpoint."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            "AWS_ACCESS_KEY_ID": access_key(account or self.organisation.payer),
            "AWS_SECRET_ACCESS_KEY": SECRET,
            "AWS_DEFAULT_REGION": "us-east-1",
            "AWS_EC2_METADATA_DISABLED": "true",
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
        }

    def _answer(self, message: Message) -> Response:
        account = signer(message.headers, self.organisation.payer)
        signed_for = scope(message.headers)[1]
        request_id = str(uuid4())
        try:
            read = protocols.read(message, signed_for)
        except AwsError as error:
            return protocols.write_error(signed_for, error, request_id)
        if read is None:
            return self._delegate(message, Call(signed_for or "s3", message.path, {}, account))
        call = Call(*read, account)
        if self.faults.hits("hang_up", call):
            self._note(call, NO_ANSWER)
            return Response(NO_ANSWER)
        if call.service == "organizations":
            return self._delegate(message, call)
        return self._compute(call, request_id)

    def _delegate(self, message: Message, call: Call) -> Response:
        """Let moto answer, unless a fault strikes first."""
        refusal = self._wait(call) or self._not_for_members(call)
        if refusal is not None:
            response = protocols.write_error(call.service, refusal, str(uuid4()))
        else:
            of_payer = call.service == "organizations"
            account = self.organisation.payer if of_payer else call.account
            response = self._moto.answer(message, account)
        self._note(call, response.status)
        return response

    def _not_for_members(self, call: Call) -> AwsError | None:
        members_may = call.service != "organizations" or call.operation == "DescribeOrganization"
        if members_may or call.account == self.organisation.payer:
            return None
        said = "You don't have permissions to access this resource."
        return AwsError("AccessDeniedException", said)

    def _compute(self, call: Call, request_id: str) -> Response:
        try:
            reply = self._reply(call)
            response = protocols.write(call.service, call.operation, reply, request_id)
        except AwsError as error:
            response = protocols.write_error(call.service, error, request_id)
        except Exception:
            self.mishaps.append(traceback.format_exc())
            broken = AwsError("InternalFailure", self.mishaps[-1].splitlines()[-1], 500)
            response = protocols.write_error(call.service, broken, request_id)
        self._note(call, response.status)
        if response.status == 200 and self.faults.hits("cut", call):
            response.keep = len(response.body) // 2
        return response

    def _reply(self, call: Call) -> Reply:
        refusal = self._wait(call)
        if refusal is not None:
            raise refusal
        answer = self._answers.get((call.service, call.operation))
        if call.service not in protocols.QUERY:
            check_input(call.service, call.operation, call.parameters)
        if answer is None:
            raise AwsError(
                "NotServed", f"The test endpoint does not serve {call.service}:{call.operation}."
            )
        reply = answer(call)
        if call.service not in protocols.QUERY:
            check_output(call.service, call.operation, reply)
        return reply

    def _wait(self, call: Call) -> AwsError | None:
        time.sleep(self.delay + self.faults.delay(call))
        return self.faults.refusal(call)

    def _note(self, call: Call, status: int) -> None:
        billed = call.service == "ce" and status == 200
        body: Mapping[str, Any] = call.parameters
        record = Record(call.service, call.operation, body, call.account, status, billed)
        with self._lock:
            self._records.append(record)
