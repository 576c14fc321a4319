"""Give a file its name, once: of several processes that make the same file, one is the first."""

import os
from pathlib import Path


def give_name(made: Path, path: Path) -> bool:
    """Give a finished file its name, and tell whether it got it: not if the name is taken by then.

    Whoever opens the name finds a whole file. The other name may stay, for the caller to remove.

    Raises:
        OSError: The folder cannot be written.
    """
    try:
        os.link(made, path)
    except FileExistsError:
        return False
    except OSError:  # a file system without links
        if path.exists():
            return False
        made.rename(path)
    return True
