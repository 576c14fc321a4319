"""What a command left for its user, whatever the format."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

_BILL = re.compile(r"The bill is \$([\d,.]+\d)")


@dataclass(frozen=True)
class Seen:
    """What a command left for its user, in either format."""

    code: int
    text: str
    document: dict[str, Any] | None

    @property
    def total(self) -> Decimal | None:
        """The sum that the answer is about, None where it shows none."""
        found = _BILL.search(self.text)
        return Decimal(found[1].replace(",", "")) if found else None

    def says(self, sentence: str) -> bool:
        """Tell whether a sentence is there; ``…`` in it stands for anything."""
        parts = [re.escape(part) for part in sentence.split("…")]
        return re.search(".*?".join(parts), self.text) is not None


def read(code: int, document: dict[str, Any]) -> Seen:
    """Return what a JSON document says; it must tell a script what happened."""
    assert document["exit"]["code"] == code
    if error := document.get("error"):
        assert code and error["code"] and error["message"]
        return Seen(code, " ".join(f"{error['message']} {error['hint']}".split()), document)
    if code:
        assert document["warnings"] and document["exit"]["reason"]
    said = [document["title"], document["summary"], *document["warnings"]]
    said += [finding["text"] for finding in document["findings"]]
    said += [document["prose"]["text"]] if document["prose"] else []
    return Seen(code, " ".join(" ".join(said).split()), document)
