"""The names of the months, in the languages that questions are asked and answered in.

Short names that are words of a language too (Portuguese "out", Spanish "ago") are left out, and an
English or German name counts only with a capital: "it may" is no month.
"""

_ENGLISH = "january february march april may june july august september october november december"
_SHORT = "jan feb mar apr may jun jul aug sep oct nov dec"
_GERMAN = "januar februar märz april mai juni juli august september oktober november dezember"
_SPANISH = (
    "enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"
)
_FRENCH = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_PORTUGUESE = (
    "janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"
)
_MORE = {"sept": 9, "okt": 10, "dez": 12, "dic": 12, "ene": 1, "déc": 12, "févr": 2, "fév": 2}


def _numbered(names: str) -> dict[str, int]:
    return {name: number for number, name in enumerate(names.split(), start=1)}


_CAPITAL = _numbered(_GERMAN) | _numbered(_SHORT) | _numbered(_ENGLISH)
_ANY_CASE = _numbered(_SPANISH) | _numbered(_FRENCH) | _numbered(_PORTUGUESE)

NUMBERS = _MORE | _ANY_CASE | _CAPITAL
"""Every name in lower case, and its month."""

PATTERN = "|".join(sorted(NUMBERS, key=len, reverse=True))
"""A pattern of them, the longest first."""

_WORDS_TOO = frozenset(("may", "mai", "mars", "mar", "march"))


def month(written: str) -> int | None:
    """Return the month that a name as written is, None where it is a word of another meaning."""
    name = written.lower()
    if name in _ANY_CASE and name not in _CAPITAL:
        return _ANY_CASE[name]
    return NUMBERS.get(name) if written[:1].isupper() else None


def alone(written: str) -> int | None:
    """Return the month that a name without a day or a year is; May and March need one."""
    return None if written.lower() in _WORDS_TOO else month(written)
