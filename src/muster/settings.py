"""Settings: one frozen record, read from MUSTER_* environment variables when a command starts.

Stages never see it; `run` makes their options from it.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import Field, dataclass, field, fields
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from muster.errors import MusterError

_PREFIX = "MUSTER_"
#: How much of what the rules find is kept: docs/method/confidence.md.
EXTRACTION = ("strict", "balanced", "wide")
_SIZES = {"": 1, "K": 1 << 10, "M": 1 << 20, "G": 1 << 30}


def _setting(
    default: object, meaning: str, lowest: float | None = None, among: tuple[str, ...] = (), *, secret: bool = False
) -> object:
    return field(default=default, repr=not secret, metadata={"meaning": meaning, "lowest": lowest, "among": among})


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What an operator may set.  The variable of a field is MUSTER_ and its name in capitals.

    A field may also be given as a file: MUSTER_<FIELD>_FILE names a file that holds the value, so that a
    secret need not stand in the environment.  *_bytes take a number or one with K, M or G (powers of 1024).
    """

    workers: int = _setting(0, "child processes that read and extract; 0: one for each core", 0)  # type: ignore[assignment]
    timeout_s: float = _setting(30.0, "wall-clock seconds that one file may take in one stage", 0.1)  # type: ignore[assignment]
    read_memory_bytes: int = _setting(1 << 30, "address space of a process that parses files", 256 << 20)  # type: ignore[assignment]
    extract_memory_bytes: int = _setting(3 << 30, "address space of a process that extracts", 512 << 20)  # type: ignore[assignment]
    max_file_bytes: int = _setting(100 << 20, "the largest file or archive member that is taken in", 1)  # type: ignore[assignment]
    max_total_bytes: int = _setting(2 << 30, "the most bytes that one archive may unpack to", 1)  # type: ignore[assignment]
    max_files: int = _setting(100_000, "the most files that one build takes in", 1)  # type: ignore[assignment]
    max_members: int = _setting(10_000, "the most members of one archive", 1)  # type: ignore[assignment]
    max_depth: int = _setting(3, "how deep an archive may lie in archives", 0)  # type: ignore[assignment]
    model: str = _setting("", "the spaCy model to parse English with; empty: the one that Muster comes with")  # type: ignore[assignment]
    gpu: Literal["", "yes"] = _setting(
        "",
        "yes: the model that parses English works on the GPU; without one the command stops and says so",
        among=("", "yes"),
    )  # type: ignore[assignment]
    extraction: Literal["strict", "balanced", "wide"] = _setting(
        "balanced",
        "how sure a statement must be to be kept: strict, balanced or wide",
        among=EXTRACTION,
    )  # type: ignore[assignment]
    llm_model: str = _setting("", "a language model that the `llm` library knows, to ask beside the rules; empty: none")  # type: ignore[assignment]
    llm_consent: Literal["", "yes"] = _setting(
        "", "yes: text may be sent to a language model that is not known to be on this machine", among=("", "yes")
    )  # type: ignore[assignment]
    site: str = _setting("", "the folder that the web pages serve; `muster serve` sets it")  # type: ignore[assignment]
    secret_key: str = _setting("", "what signs sessions; empty: a key that the site makes for itself", secret=True)  # type: ignore[assignment]
    hosts: str = _setting("", "names by which a web server with TLS is reached, with spaces between them")  # type: ignore[assignment]
    acquired_by: str = _setting("", "who brings documents in, as the acquisition log shall name them")  # type: ignore[assignment]
    database_url: str = _setting(
        "", "the PostgreSQL database of new cases, postgresql://USER:PASSWORD@HOST/NAME; empty: SQLite", secret=True
    )  # type: ignore[assignment]

    @property
    def n_workers(self) -> int:
        """The number of child processes of one kind: workers, or one for each core this process may use."""
        if self.workers:
            return self.workers
        return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Make the settings from an environment.

    Raises:
        MusterError: "wrong_setting", by the name of the variable: an unknown name, or a wrong value.
    """
    known = {_PREFIX + each.name.upper(): each for each in fields(Settings)}
    values: dict[str, object] = {}
    for name in sorted(environment):
        if not name.startswith(_PREFIX):
            continue
        plain = name.removesuffix("_FILE")
        if plain not in known:
            raise _unknown(name, known)
        text = environment[name] if plain == name else _from_file(name, environment[name])
        values[known[plain].name] = _value(name, text, known[plain].type, **_bounds(known[plain]))
    return Settings(**values)  # type: ignore[arg-type]


def _unknown(name: str, known: Mapping[str, object]) -> MusterError:
    near = get_close_matches(name, known, n=1)
    hint = f"Did you mean {near[0]}?" if near else f"The settings are {', '.join(known)}."
    return MusterError("wrong_setting", f"{name} is not a setting of Muster.", hint, 2)


def _from_file(name: str, path: str) -> str:
    try:
        return Path(path).read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise MusterError(
            "wrong_setting", f"{name} names a file that cannot be read: {path}.", str(error), 2
        ) from error


def _bounds(setting: Field[object]) -> dict[str, Any]:
    return {key: setting.metadata[key] for key in ("lowest", "among")}


def _value(name: str, text: str, kind: object, lowest: float | None, among: tuple[str, ...]) -> object:
    text = text.strip()
    if among and text not in among:
        wanted = " or ".join(each for each in among if each)
        raise MusterError("wrong_setting", f"{name} must be {wanted}, but is {text!r}.", _unset(name), 2)
    if among or kind is str:
        return text
    try:
        value = _number(text, name) if kind is int else float(text)
    except ValueError:
        raise MusterError("wrong_setting", f"{name} must be a number, but is {text!r}.", _unset(name), 2) from None
    if not (lowest is not None and lowest <= value < float("inf")):
        raise MusterError("wrong_setting", f"{name} must be {lowest:g} or more, but is {text}.", _unset(name), 2)
    return value


def _number(text: str, name: str) -> int:
    match = re.fullmatch(r"([0-9]{1,15})\s*([KMG]?)", text)
    if not match or (match[2] and not name.removesuffix("_FILE").endswith("_BYTES")):
        raise ValueError(text)
    return int(match[1]) * _SIZES[match[2]]


def _unset(name: str) -> str:
    return f"Correct it, or unset {name} to use the default."
