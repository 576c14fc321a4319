"""``python -m finops_cli`` and the ``finops`` command."""

import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from finops_cli.faces.cli import run

    sys.exit(run(sys.argv[1:]))


if __name__ == "__main__":
    main()
