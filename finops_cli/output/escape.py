"""Text from a bill is hostile until shown: tags, names and ids are written by anyone.

A control sequence could rewrite the terminal, a bidirectional override turn an amount around, a
pipe break a table, a mention page a colleague, a leading ``=`` run a formula. Each form of output
has its own way to make text inert; what was taken out stays visible as a mark.
"""

import re

from finops_cli.domain.answer import Kind

_MARK = "\ufffd"
_LAYOUT = re.compile("[\t\n\v\f\r\x85\u2028\u2029]+")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u180e\u200b\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000e0000-\U000e007f]"
)
_ASCII = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "·": "-",
        "…": "...",
        "→": "->",
        "×": "x",
        "±": "+/-",
        "≥": ">=",
        "≤": "<=",
        "‘": "'",
        "’": "'",
        "“": '"',
        "”": '"',
        "\u00a0": " ",
        "€": "EUR ",
        "£": "GBP ",
        "¥": "JPY ",
        "₩": "KRW ",
        "₹": "INR ",
    }
)
_MARKDOWN = re.compile(r"[\\`*\[\]<>~$&#]|(?<![^\W_])_|_(?![^\W_])")
_ALIVE = re.compile(r"(?<!\w)@\w|://|\bwww\.", re.IGNORECASE)
_LIVELY = re.compile(r"@|://|\bwww\.", re.IGNORECASE)
_BLOCK_START = re.compile(r"^(?:([-+=])(?=\s|=|$)|(\d+)([.)])(?=\s|$))")
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


def inert(text: str) -> str:
    """Return the text with control, format and lone surrogate characters marked; lines stay."""
    return _CONTROL.sub(_MARK, text)


def plain(text: str) -> str:
    """Return the text on one line, with nothing in it that a terminal would obey."""
    return inert(_LAYOUT.sub(" ", text))


def ascii_only(text: str) -> str:
    """Return the text in ASCII; what has no near equal becomes a question mark."""
    return text.translate(_ASCII).encode("ascii", "replace").decode("ascii")


def markdown(text: str) -> str:
    """Return one line of text as literal markdown, outside tables.

    A word that a web page would bring to life (a link, a mention) becomes a code span; where it
    also holds what a code span cannot, only the signs that it lives by do.
    """
    return re.sub(r"[^ ]+", lambda word: _markdown_word(word[0]), text)


def _markdown_word(word: str) -> str:
    literal = _MARKDOWN.sub(r"\\\g<0>", word)
    if not _ALIVE.search(word):
        return literal
    if not re.search(r"[`|\\]", word):
        return f"`{word}`"
    return _LIVELY.sub(r"`\g<0>`", literal)


def markdown_value(text: str, kind: Kind | None = None) -> str:
    """Return a written value as literal markdown; the dollar sign of an amount stays as it is."""
    literal = markdown(text)
    return literal if kind is Kind.TEXT else literal.replace("\\$", "$")


def markdown_block(text: str) -> str:
    """Return a markdown paragraph that cannot be taken for a list item or a heading's underline."""
    return _BLOCK_START.sub(lambda at: f"\\{at[1]}" if at[1] else f"{at[2]}\\{at[3]}", text)


def markdown_cell(text: str) -> str:
    """Return markdown for a table cell: a pipe must not end it."""
    return text.replace("|", "\\|")


def markdown_code(text: str) -> str:
    """Return the text as a code span, whatever backticks it holds."""
    longest = max((len(run) for run in re.findall("`+", text)), default=0)
    fence = "`" * (longest + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def csv_text(text: str) -> str:
    """Return the text for a CSV cell; an apostrophe keeps a spreadsheet from running it."""
    safe = inert(text)
    return f"'{safe}" if safe.startswith(_FORMULA) else safe


def json_text(document: str) -> str:
    """Return a JSON document with the characters that a terminal obeys written as escapes."""
    return _CONTROL.sub(_json_escape, document)


def _json_escape(match: re.Match[str]) -> str:
    units = match[0].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at : at + 2].hex()}" for at in range(0, len(units), 2))
