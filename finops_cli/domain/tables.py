"""Tables of names written as text, as the lexicon and the list of services are."""

from collections.abc import Iterator


def read_table(text: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the rows of a table: a name and the spellings behind it.

    Args:
        text: Lines of ``name = spelling | spelling``; an indented line goes on with the row above,
            a line that starts with ``#`` is a comment.
    """
    rows: list[str] = []
    for line in text.splitlines():
        if line.startswith(" ") and rows:
            rows[-1] += " " + line.strip()
        elif line.strip() and not line.startswith("#"):
            rows.append(line)
    for row in rows:
        name, _, rest = row.partition(" = ")
        yield name, [spelling.strip() for spelling in rest.split("|")]
