"""What models write, and what a hostile one might: texts for every form that shows a prose."""

from dataclasses import replace
from decimal import Decimal as D

from finops_cli.domain.model_use import ModelUse
from finops_cli.domain.prose import Prose, Unmatched
from tests.output import examples

USE = ModelUse("bedrock:anthropic.claude-haiku-4-5", 3, 2, 11310, 1100, D("0.0168"), 4.25)

WRITTEN_TEXT = """# Why EC2 moved

**Nearly all of it is one team.** `p4d.24xlarge` in *us-east-1* cost **$4,391** more from
Nov 9 on, which is 91 % of the change; at this pace the month closes at $31,500.

## What I would do

1. Ask *ml-research* whether the two instances are still needed.
   - They have run 24 h a day since Nov 9.
   - Stopping them saves about $18,000 a month.
2. If they are, a [Compute Savings Plan](https://aws.amazon.com/savingsplans/) is cheaper.

> A budget alert at 80 % would have told you on Nov 12.

| Instance | Change | Share |
|:---------|-------:|------:|
| `p4d.24xlarge` | +$4,391 | 91 % |
| `g5.12xlarge` | +$461 | 10 % |

```sh
finops explain ec2 --filter account=ml-research --by resource
```
"""

HOSTILE_WRITTEN = (
    "# \x1b[2J[bold]Root[/bold] \u202eevil\n\n"
    "<script>alert(1)</script> <img src=x> ![pixel](https://evil.example/p.png) &#x1b;[31m\n\n"
    "[click](javascript:alert(1)) [here](https://evil.example/?q=secret) <https://evil.example>\n"
    "www.evil.example @all #12 $x$ ~~gone~~ [ref]\n\n[ref]: https://evil.example\n\n"
    "- [ ] task\n- `a`@all\n\n---\n\\---\n\n```mermaid\n````\x9b2J\n```\n\n"
    "| a | b |\n|---|---|\n| \\| pipe | <b>x</b> |\n\n"
    "    indented $7,777\n\n"
    + "> " * 30
    + "deep\n\n"
    + "Donaudampfschifffahrtsgesellschaft" * 9
    + "\n\n東京リージョンの計算インスタンスは高いです。" * 3
)


def written(text: str, matched: int, *doubted: str) -> Prose:
    """Return a prose in which each doubted figure is unmatched where it first stands."""
    starts = sorted((text.index(one), one) for one in doubted)
    found = tuple(Unmatched(one, start, start + len(one)) for start, one in starts)
    return Prose(text, matched, found)


PROSE = written(WRITTEN_TEXT, 12, "$31,500", "$18,000")
WRITTEN = replace(
    examples.EXPLAIN,
    prose=PROSE,
    provenance=replace(examples.EXPLAIN.provenance, model=USE, seconds=5.1),
)
HOSTILE = replace(
    examples.EXPLAIN,
    prose=written(HOSTILE_WRITTEN, 0, "$7,777"),
    provenance=replace(
        examples.EXPLAIN.provenance, model=ModelUse("\x1b[2Jollama:x@all", cost=D(0))
    ),
)
