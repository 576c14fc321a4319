"""How an answer is to be shown: decided by the face, obeyed here.

Whether there is a terminal, how wide it is and whether colour is wanted are questions about the
outside world; renderers only read the result.
"""

from dataclasses import dataclass
from typing import Literal

Format = Literal["terminal", "markdown", "json", "csv"]


@dataclass(frozen=True, slots=True)
class Style:
    """The form of the output.

    ``width`` is in terminal cells and matters to the terminal format alone. Without ``color`` no
    escape code is written. Without ``unicode`` terminal and markdown text is plain ASCII; JSON and
    CSV carry data and stay as they are.
    """

    format: Format = "terminal"
    width: int = 80
    color: bool = False
    unicode: bool = True
