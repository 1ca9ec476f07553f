"""Kinds of incident and the words that tell one incident from another, from kinds.toml."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True, kw_only=True)
class Kinds:
    """The vocabulary of incidents.

    kind_of maps an act to its kind; acts of speech and figures are not in it.  compatible holds the
    unordered pairs of kinds that may be one incident; a kind is always compatible with itself.
    """

    kind_of: dict[str, str]
    labels: dict[str, str]
    violent: frozenset[str]
    speech: frozenset[str]
    founding_speech: frozenset[str]
    figures: frozenset[str]
    compatible: frozenset[frozenset[str]]
    another: re.Pattern[str]
    one_more: re.Pattern[str]
    aftermath: re.Pattern[str]
    besides: re.Pattern[str]
    incident_of: re.Pattern[str]

    def may_be_one(self, a: str, b: str) -> bool:
        """Say whether incidents of two kinds may be one."""
        return a == b or frozenset((a, b)) in self.compatible


@cache
def load_kinds() -> Kinds:
    """Read kinds.toml, which lies beside this module."""
    data = tomllib.loads((files("muster.reconcile") / "kinds.toml").read_text(encoding="utf-8"))
    kinds, cues = data["kinds"], data["cues"]
    return Kinds(
        kind_of={act: kind for kind, row in kinds.items() for act in row["acts"]},
        labels={kind: row["label"] for kind, row in kinds.items()},
        violent=frozenset(kind for kind, row in kinds.items() if row["violent"]),
        speech=frozenset(data["speech"]["acts"]),
        founding_speech=frozenset(data["speech"]["founding"]),
        figures=frozenset(data["figure"]["acts"]),
        compatible=frozenset(frozenset((a, b)) for a, others in data["compatible"].items() for b in others),
        another=_another(cues["another"], cues["incident_words"], cues["another_after"]),
        one_more=_any_of(cues["one_more"]),
        aftermath=_any_of(cues["aftermath"]),
        besides=_any_of(cues["besides"]),
        incident_of=_incident_of([*cues["incident_words"], *cues["weapon_words"]]),
    )


def _any_of(cues: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(rf"\b{re.escape(cue)}\b" for cue in cues), re.IGNORECASE)


def _incident_of(nouns: list[str]) -> re.Pattern[str]:
    """Match the words before a date that make it the name of an incident: "the attack of", "missiles on"."""
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, nouns))})(?:\s(?:of|on))?\s*$", re.IGNORECASE)


def _another(befores: list[str], nouns: list[str], whole: list[str]) -> re.Pattern[str]:
    """Match "a similar rocket attack": at most two words may stand between the two."""
    before, noun = "|".join(map(re.escape, befores)), "|".join(map(re.escape, nouns))
    return re.compile(rf"\b(?:{before})\s(?:\w+\s){{0,2}}(?:{noun})\b|{'|'.join(map(re.escape, whole))}", re.IGNORECASE)
