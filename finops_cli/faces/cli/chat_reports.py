"""Answers about a chat itself: its commands, its model, the chats that are kept, one as a page."""

from collections.abc import Sequence
from datetime import datetime
from decimal import Decimal

from finops_cli.domain.answer import Answer, Column, Figure, Kind, Provenance, Sentence, Table
from finops_cli.domain.chat import ChatList, Turn
from finops_cli.domain.model_use import ModelUse, added
from finops_cli.faces.cli.talk import Said
from finops_cli.output import Style, render

_OF_CHATS = Provenance(source="chats")
_COMMANDS = (
    ("/plan QUESTION", "what would be done and what it would cost, without doing it"),
    ("/model", "the language model in use, and what this chat has cost so far"),
    ("/save FILE", "write this chat as Markdown; /save! writes over a file that is there"),
    ("/clear", "forget what was said and begin anew"),
    ("/quit", "end the chat, as Ctrl-D does"),
)
_FOLLOW_UPS = '"and last month?", "only us-east-1", "by account", "and s3?", "why?", "forecast it"'


def commands() -> Answer:
    """Return what can be said in a chat."""
    columns = Column("command", Kind.TEXT), Column("what it does", Kind.TEXT, prose=True)
    return Answer(
        title=Sentence("Ask about your bill in your own words, and follow up on the answer."),
        summary=(Sentence(f"Follow-ups such as {_FOLLOW_UPS} change the question before."),),
        provenance=_OF_CHATS,
        tables=(Table("Commands", columns, _COMMANDS),),
    )


def listed(found: ChatList) -> Answer:
    """Return the chats that are kept, the last used first."""
    columns = (
        Column("chat", Kind.TEXT),
        Column("started", Kind.TEXT, heading="started (UTC)"),
        Column("last_used", Kind.TEXT, heading="last used (UTC)"),
        Column("turns", Kind.COUNT, heading="questions"),
        Column("first_question", Kind.TEXT, heading="first question"),
    )
    rows = tuple((c.id, _minute(c.started), _minute(c.used), c.turns, c.first) for c in found.chats)
    count = Figure("count", len(rows), Kind.COUNT)
    chats = "chat is" if len(rows) == 1 else "chats are"
    words = f"{{count}} {chats} kept, each for seven days after its last use."
    return Answer(
        title=Sentence(words if rows else "No chat is kept.", (count,)),
        provenance=_OF_CHATS,
        tables=(Table("Chats", columns, rows),) if rows else (),
        warnings=found.damaged,
        next=("finops chat --continue",) if rows else ("finops chat",),
    )


def _minute(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M}"


def model(name: str | None, answers: Sequence[Answer]) -> Answer:
    """Return which language model is in use and what the answers have taken."""
    uses = [answer.provenance.model for answer in answers if answer.provenance.model]
    took = (
        Figure("requests", sum(answer.provenance.api_calls for answer in answers), Kind.COUNT),
        Figure("paid", _sum(answers), Kind.MONEY, "USD"),
    )
    told = [Sentence("AWS was sent {requests} billable requests, {paid}.", took)]
    if uses:
        told.append(_taken(added(uses)))
    title = "The language model is {model}." if name else "No language model is in use."
    return Answer(
        title=Sentence(title, (Figure("model", name),)),
        summary=tuple(told),
        provenance=_OF_CHATS,
    )


def _sum(answers: Sequence[Answer]) -> Decimal:
    return sum((answer.provenance.api_cost for answer in answers), Decimal(0))


def _taken(use: ModelUse) -> Sentence:
    figures = (
        Figure("calls", use.model_calls, Kind.COUNT),
        Figure("tokens", use.input_tokens + use.output_tokens, Kind.COUNT),
        Figure("price", use.cost, Kind.MONEY, "USD"),
    )
    words = "The model was asked {calls} times and took {tokens} tokens"
    return Sentence(f"{words}, {{price}}." if use.cost is not None else f"{words}.", figures)


def as_markdown(turns: Sequence[Turn], said: Sequence[Said]) -> str:
    """Return a chat as a page: of earlier days the headlines, of this one the whole answers."""
    earlier = turns[: len(turns) - len(said)]
    parts = [f"## {turn.question}\n\n{turn.title}\n" for turn in earlier]
    style = Style("markdown")
    parts += [f"## {one.question}\n\n{render(one.answer, style)}" for one in said]
    return "\n".join(parts)
