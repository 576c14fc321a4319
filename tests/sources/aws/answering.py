"""AWS for the tests of a doctor: each operation has its answer or its refusal."""

from finops_cli.sources.aws.guard.calls import CallFailed, Failure, Parameters, Reply
from finops_cli.sources.aws.guard.operations import Operation

ME = "111122223333"
DENIED = CallFailed(Failure.DENIED, "AccessDeniedException", "not authorized")


class Aws:
    """Answers operations by their names; what is not named is denied."""

    def __init__(self, **answers: Reply | list[Reply] | Exception) -> None:
        self.asked: list[tuple[Operation, Parameters]] = []
        self._answers = answers

    def __call__(self, operation: Operation, parameters: Parameters, /) -> Reply:
        self.asked.append((operation, parameters))
        answer = self._answers.get(operation.name, DENIED)
        if isinstance(answer, list):
            answer = answer.pop(0)
        if isinstance(answer, Exception):
            raise answer
        return answer
