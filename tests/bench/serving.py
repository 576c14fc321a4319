"""A test account in a process of its own, so that it is not measured with who asks it.

``python -m tests.bench.serving NAME FOLDER`` prints the variables that lead to the account. Then it
answers each line that it reads: ``count`` with how many requests were billed and the seconds that
answering took, ``tomorrow`` when it has become the next day there.
"""

import json
import sys
import time
from datetime import date, timedelta
from pathlib import Path

from finops_cli.domain.source import CostSource
from tests.aws_endpoint.endpoint import Endpoint
from tests.aws_endpoint.wire import Answering, Message, Response

TODAY = date(2026, 11, 16)
PAGE_SIZES = {"demo": 1_000, "organisation": 5_000}
"""AWS does not publish how much a page holds."""

_DAY = timedelta(days=1)


class Timed(Endpoint):
    """An endpoint that knows how long it took to answer."""

    seconds = 0.0

    def _answer(self, message: Message) -> Response:
        began = time.perf_counter()
        try:
            return super()._answer(message)
        finally:
            self.seconds += time.perf_counter() - began

    def answer_with(self, service: str, operation: str, answer: Answering) -> None:
        """Let something else answer an operation."""
        self._answers = {**self._answers, (service, operation): answer}


def main(name: str, folder: Path) -> None:
    """Serve until no more lines come."""
    endpoint = _endpoint(name, folder)
    with endpoint:
        print(json.dumps(endpoint.environment()), flush=True)
        for line in sys.stdin:
            if line.strip() == "tomorrow":
                endpoint.organisation.today += _DAY
            told = {"billed": endpoint.billed(), "seconds": endpoint.seconds}
            print(json.dumps(told), flush=True)
        if endpoint.mishaps:
            sys.exit(endpoint.mishaps[0])


def _endpoint(name: str, folder: Path) -> Timed:
    if name == "demo":
        return Timed(_demo(folder), TODAY, page_size=PAGE_SIZES[name])
    from tests.bench.organisation import Everything, members

    endpoint = Timed(members(TODAY), TODAY, page_size=PAGE_SIZES[name])
    endpoint.answer_with("ce", "GetCostAndUsage", Everything(endpoint.organisation))
    return endpoint


def _demo(folder: Path) -> CostSource:
    """Return the demo, with the day after today too."""
    from finops_cli.sources import Today, open_source

    return open_source("demo", Today(TODAY + _DAY, pinned=True), folder)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
