"""What the supervisor agent is told of a question: all of it data, none of it an instruction."""

from finops_cli.agents.loop.digest import compact, digest, headline
from finops_cli.agents.loop.fencing import Fence
from finops_cli.domain.assistant import Request


def briefing(request: Request, fence: Fence) -> str:
    """Return the message that a model is sent.

    Args:
        request: What it is asked to write about.
        fence: Stands around everything that is not ours.
    """
    parts = [
        f"Today is {request.today}. Answer this question from the data below.",
        fence.around("question", request.question),
        "How code understood it:",
        fence.around("route", compact(request.route.to_dict())),
    ]
    if request.earlier:
        told = [f"{one.question or 'asked'}: {headline(one)}" for one in request.earlier]
        parts += ["Asked and answered before:", fence.around("earlier", "\n".join(told))]
    if request.answers:
        parts.append("What code found out:")
    parts += [fence.around("answer", digest(one)) for one in request.answers]
    if request.missing:
        parts += ["What could not be had:", fence.around("missing", "\n".join(request.missing))]
    return "\n\n".join(parts)
