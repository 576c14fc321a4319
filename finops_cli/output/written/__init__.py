"""What a language model wrote over an answer, shown apart from the sentences of code.

It is Markdown from outside: read into blocks (``reader``), and written anew for the terminal
(``lines``) and as Markdown that brings nothing to life (``markdown``). A figure in it that no
answer holds is marked where it stands, under a caption that says how many there are (``caption``).
"""

from finops_cli.output.written.caption import warning
from finops_cli.output.written.lines import body, lines
from finops_cli.output.written.markdown import markdown

__all__ = ["body", "lines", "markdown", "warning"]
