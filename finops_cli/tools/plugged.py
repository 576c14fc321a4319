"""A plugin's tool among ours: whatever goes wrong in it is a sentence that names the plugin."""

from collections.abc import Callable
from functools import wraps
from inspect import Parameter, signature

from finops_cli.domain.answer import Answer
from finops_cli.domain.source import CostSource, Restart
from finops_cli.errors import FinopsError

Tool = Callable[..., Answer]
_LONGEST = 200
_SETTING = "metric"
"""What every tool is called with, from the user's settings, and a plugin's may have no use for."""


def parameters(tool: Tool) -> frozenset[str]:
    """Return the names of the arguments that a tool takes."""
    kinds = (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD)
    return frozenset(p.name for p in signature(tool).parameters.values() if p.kind not in kinds)


def plugged(name: str, make: Callable[[CostSource], Tool], source: CostSource) -> Tool:
    """Return a plugin's tool over a source, its failures told as ours are.

    Args:
        name: The tool's name, the plugin's agent before the dot.
        make: What makes it from the source.
        source: What it may read.

    Raises:
        FinopsError: It cannot be made.
    """
    try:
        tool = make(source)
    except (FinopsError, Restart):
        raise
    except (Exception, SystemExit) as error:
        raise _failure(name, _said(error)) from error
    if not callable(tool):
        raise _failure(name, f"{type(tool).__name__} is no tool")
    unused = {_SETTING} - parameters(tool)

    @wraps(tool)
    def answered(**arguments: object) -> Answer:
        given = {key: value for key, value in arguments.items() if key not in unused}
        try:
            answer = tool(**given)
        except (FinopsError, Restart):
            raise
        except (Exception, SystemExit) as error:
            raise _failure(name, _said(error)) from error
        if not isinstance(answer, Answer):
            raise _failure(name, f"it returned {type(answer).__name__}, not an Answer")
        return answer

    return answered


def _failure(name: str, why: str) -> FinopsError:
    plugin = name.split(".")[0]
    return FinopsError(
        f"The plugin {plugin} failed in {name}: {why}.",
        "The rest of finops is not affected; --debug shows where it happened.",
    )


def _said(error: BaseException) -> str:
    """Return an error as a phrase of one line."""
    words = " ".join(str(error).split()).rstrip(".")
    text = f"{type(error).__name__}: {words}" if words else type(error).__name__
    return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}..."
