"""The sheet that the terminal's layouts write on: its width, its notation, its way to measure."""

from dataclasses import dataclass

from finops_cli.output import line
from finops_cli.output.line import Measure
from finops_cli.output.notation import Notation

INDENT = "  "
"""What evidence below the headline starts with."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What every layout needs to know."""

    width: int
    notation: Notation
    measure: Measure

    @property
    def room(self) -> int:
        """The cells of an indented line."""
        return self.width - len(INDENT)

    def left(self, text: str, width: int) -> str:
        """Return the text cropped or filled to a width, from the left."""
        return line.pad(self.cropped(text, width), width, self.measure, right=False)

    def right(self, text: str, width: int) -> str:
        """Return the text filled to a width, set to the right; numbers are never cropped."""
        return line.pad(text, width, self.measure, right=True)

    def cropped(self, text: str, width: int) -> str:
        """Return the text in at most so many cells."""
        return line.crop(text, width, self.measure, self.notation.glyph("…", "..."))
