"""A model that gave no answer, told to a person: one sentence, and what mends it."""

from finops_cli.agents.model.access import ANOTHER, NO_ACCESS, Teller, region, where
from finops_cli.agents.model.causes import Cause
from finops_cli.agents.model.faults import Fault, fault_of
from finops_cli.agents.model.providers import MAX_TOKENS, seconds_of
from finops_cli.agents.model.setting import BEDROCK, OLLAMA, ModelSetting
from finops_cli.errors import FinopsError, ModelBusy, ModelError, ModelSilent, NoReply

# Why a reply of Bedrock may end, as its API calls it; Strands passes these on.
_MALFORMED = ("malformed_model_output", "malformed_tool_use")
_WINDOW = "model_context_window_exceeded"
_FILTERED = ("guardrail_intervened", "content_filtered", "refusal")
_MOST_WORDS = 200
_AGAIN = "Try again in a minute."


def told(error: BaseException, setting: ModelSetting) -> FinopsError:
    """Return the error that a user sees where a model gave no answer.

    Args:
        error: What was raised: by a client, by Strands, or by us.
        setting: The model.
    """
    if isinstance(error, FinopsError):
        return error
    fault = fault_of(error)
    return _TELLERS[fault.cause](fault, setting)


def unusable(stop: str, text: str, setting: ModelSetting) -> NoReply | None:
    """Return what is wrong with a reply that came without any error; None where nothing is.

    Args:
        stop: Why it ended, as Strands calls it, such as ``end_turn``.
        text: What was said.
        setting: The model.
    """
    if stop in _FILTERED:
        return NoReply(
            f"The answer of the model {setting} was held back by a filter.",
            "Ask in other words; if a guardrail of your own is in force, look at its rules.",
        )
    if stop == _WINDOW:
        return _too_long(None, setting)
    if stop in _MALFORMED:
        return _malformed(None, setting)
    if not text.strip():
        return NoReply(f"The model {setting} said nothing.", ANOTHER)
    return None


def _too_long(_fault: Fault | None, setting: ModelSetting) -> NoReply:
    return NoReply(
        f"There is more to read than the model {setting} can take.",
        "Ask for less, such as one service or a shorter period, or choose a model that reads more.",
    )


def _cut_short(fault: Fault, setting: ModelSetting) -> FinopsError:
    return NoReply(
        f"The model {setting} wrote more than the {MAX_TOKENS:,} tokens of one reply.",
        "Ask for less at a time.",
    )


def _throttled(fault: Fault, setting: ModelSetting) -> FinopsError:
    more = (
        " Service Quotas > Amazon Bedrock shows the limits." if setting.provider == BEDROCK else ""
    )
    return ModelBusy(
        f"{where(setting)} is asked too often: the model {setting.model_id} was throttled.",
        f"{_AGAIN}{more}",
    )


def _overloaded(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelBusy(
        f"{where(setting)} cannot serve the model {setting.model_id} at the moment.", _AGAIN
    )


def _slow(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelSilent(
        f"The model {setting} said nothing for {seconds_of(setting):g} seconds.",
        "Try again, choose a faster model, or let it take longer: "
        "`finops config set model_seconds 180`.",
    )


def _unreachable(fault: Fault, setting: ModelSetting) -> FinopsError:
    if setting.provider == OLLAMA:
        return ModelSilent(f"At {setting.endpoint} no Ollama answers.", "Start it: `ollama serve`.")
    if setting.provider == BEDROCK:
        return ModelSilent(
            f"Bedrock cannot be reached in {region(setting)}.",
            "Check the connection, and whether Bedrock is in that region: "
            "`finops config set model_region us-east-1`.",
        )
    mend = "Check model_url" if setting.url else "Check the connection"
    return ModelSilent(
        f"{where(setting)} cannot be reached.", f"{mend}; behind a proxy, set HTTPS_PROXY."
    )


def _cut(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelSilent(f"The answer of the model {setting} broke off half-way.", "Try again.")


def _malformed(_fault: Fault | None, setting: ModelSetting) -> NoReply:
    if setting.url:
        mend = "Check that model_url leads to the model, and to no proxy or web page."
    else:
        mend = f"Try again. {ANOTHER}"
    return NoReply(f"What came from the model {setting} cannot be read.", mend)


def _refused(fault: Fault, setting: ModelSetting) -> FinopsError:
    words = fault.words if len(fault.words) <= _MOST_WORDS else f"{fault.words[:_MOST_WORDS]}.."
    return ModelError(f"{where(setting)} refuses the request: {words}.", ANOTHER)


def _unknown(fault: Fault, setting: ModelSetting) -> FinopsError:
    return ModelError(f"The model {setting} failed: {fault.name}.", ANOTHER)


_TELLERS: dict[Cause, Teller] = NO_ACCESS | {
    Cause.TOO_LONG: _too_long,
    Cause.CUT_SHORT: _cut_short,
    Cause.THROTTLED: _throttled,
    Cause.OVERLOADED: _overloaded,
    Cause.SLOW: _slow,
    Cause.UNREACHABLE: _unreachable,
    Cause.CUT: _cut,
    Cause.MALFORMED: _malformed,
    Cause.REFUSED: _refused,
    Cause.UNKNOWN: _unknown,
}
