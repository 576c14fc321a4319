"""Streams of answers that are closed as soon as they fail.

botocore leaves the connection of a stream open when AWS ends it with an error, until whoever holds
the exception lets go of it. Whoever reads from here may forget about that.
"""

from collections.abc import Iterator
from typing import Any


class ClosedStream:
    """A stream of events that is closed when reading it ends, however it ends.

    Args:
        stream: An event stream of botocore.
    """

    def __init__(self, stream: Any) -> None:
        self._stream = stream

    def __iter__(self) -> Iterator[Any]:
        try:
            yield from self._stream
        finally:
            self._stream.close()

    def close(self) -> None:
        """Hang up."""
        self._stream.close()


def close_streams(parsed: dict[str, Any], **others: Any) -> None:
    """Put such a stream in the place of botocore's; called with each answer, after it is parsed."""
    if hasattr(parsed.get("stream"), "close"):
        parsed["stream"] = ClosedStream(parsed["stream"])
