"""Keeps the libraries that speak to a model from writing log lines between a person's answers.

What goes wrong is told by the answer. Whoever sets up logging still hears them: nothing is switched
off, only Python's habit of printing what nobody listens to.
"""

import logging

_LIBRARIES = (
    "anthropic",
    "asyncio",
    "botocore",
    "httpx",
    "mcp",
    "ollama",
    "openai",
    "opentelemetry",
    "strands",
    "urllib3",
)


def quieten() -> None:
    """Give each library's logger a listener that says nothing, once."""
    for name in _LIBRARIES:
        logger = logging.getLogger(name)
        if not logger.handlers:
            logger.addHandler(logging.NullHandler())
