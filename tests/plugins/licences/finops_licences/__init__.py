"""An agent for finops that knows what software licences on an AWS bill cost."""

from finops_cli.plugin import AgentSpec, Plugin
from finops_licences.licences import Licences

PROMPT = """\
You answer questions about software licences on an AWS bill: subscriptions from AWS Marketplace, and
instances whose price includes a licence. Call licences.summary, name the dearest first, and say
that the price of an instance holds the machine too.
"""

PLUGIN = Plugin(
    agent=AgentSpec(
        name="licences",
        description="What software licences cost: subscriptions, and instances that include one.",
        prompt=PROMPT,
        tools=("licences.summary",),
    ),
    tools={"licences.summary": lambda source: Licences(source).summary},
    words={
        "licences.summary": (
            "licences",
            "licenses",
            "licence costs",
            "license costs",
            "marketplace subscriptions",
        )
    },
)
