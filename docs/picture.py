"""Draw the README's picture: a real answer of the demo, by Rich's own SVG export.

``make picture`` pins the day, so that a new picture differs only where the answer does (and in the
time it took, which is real too).
"""

import argparse
import tempfile
from dataclasses import replace
from pathlib import Path

from finops_cli import config
from finops_cli.bootstrap import Application, parse_day
from finops_cli.domain.answer import Answer
from finops_cli.domain.events import ignore
from finops_cli.output import svg

QUESTION = "why did EC2 spike"
WIDTH = 104


def main() -> None:
    """Write the picture to the file that the command line names."""
    parser = argparse.ArgumentParser(description="Draw a real answer of the demo as SVG.")
    parser.add_argument("file", type=Path)
    parser.add_argument("--as-of", required=True, metavar="DATE")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as cache:
        ask(Path(cache), arguments.as_of)  # builds the demo: the picture shows the usual run
        answer = ask(Path(cache), arguments.as_of)
    title = f'finops ask "{QUESTION}" --source demo'
    picture = svg(answer, WIDTH, title)
    arguments.file.write_text(
        "".join(f"{line.rstrip()}\n" for line in picture.splitlines()), encoding="utf-8"
    )


def ask(cache: Path, as_of: str) -> Answer:
    """Return the answer, its suggestions naming the source as on the command line."""
    settings = config.load({"source": "demo"}, {}, cache / "no-config.toml")
    answer = Application(settings, parse_day(as_of), cache, ignore).supervisor.ask(QUESTION)
    return replace(answer, next=tuple(f"{command} -s demo" for command in answer.next))


if __name__ == "__main__":
    main()
