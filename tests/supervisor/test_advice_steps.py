"""Questions about savings reach the advisor; about commitments they are told that it cannot."""

from datetime import date

import pytest

from finops_cli.domain.plan import Step
from finops_cli.supervisor import plan, route

TODAY = date(2026, 11, 25)
EC2 = "service=Amazon Elastic Compute Cloud - Compute"


@pytest.mark.parametrize(
    ("question", "step"),
    [
        ("where can we save", Step("advisor.savings", {})),
        ("any idle resources?", Step("advisor.list", {})),
        ("rightsizing recommendations", Step("advisor.list", {})),
        ("which ec2 instances should be downsized", Step("advisor.list", {"filters": [EC2]})),
    ],
)
def test_a_question_about_savings_reaches_the_advisor(question: str, step: Step) -> None:
    assert plan(route(question, TODAY), question, TODAY).steps == (step,)


def test_commitments_have_no_step_yet() -> None:
    question = "should we buy a savings plan"
    assert plan(route(question, TODAY), question, TODAY).steps == ()


def test_a_complete_assessment_tells_the_savings_too() -> None:
    question = "how is our bill doing overall, complete assessment"
    steps = plan(route(question, TODAY), question, TODAY).steps
    assert "advisor.savings" in [step.tool for step in steps]
