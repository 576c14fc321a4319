"""What a user sees, kept as files: ``make golden`` rewrites them and a review reads the change."""

import os
from difflib import unified_diff
from inspect import stack
from pathlib import Path


def check(name: str, text: str) -> None:
    """Compare a text with the file of that name in the ``golden`` folder beside the calling test.

    With ``FINOPS_GOLDEN=1`` in the environment the file is written instead.
    """
    path = Path(stack()[1].filename).parent / "golden" / name
    if os.environ.get("FINOPS_GOLDEN") == "1":
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
        return
    kept = path.read_bytes().decode() if path.exists() else ""
    diff = unified_diff(kept.splitlines(), text.splitlines(), f"golden/{name}", "now", lineterm="")
    assert text == kept, "\n".join(["The output differs from its golden file:", *diff])
