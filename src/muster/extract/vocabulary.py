"""The English vocabulary files as look-up tables."""

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from muster.records import Modality

Voice = Literal["verbs", "suffer"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Trigger:
    """A verb phrase that names an act: its words behind the verb, all lower-case lemmas.

    suffer: the subject is the one it befell.
    """

    act: str
    verb: str
    rest: tuple[str, ...]
    suffer: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Acts:
    """acts.toml, indexed.  triggers: verb lemma to its phrases, the longest first."""

    codes: tuple[str, ...]
    triggers: dict[str, tuple[Trigger, ...]]
    nouns: dict[str, str]
    vague_nouns: frozenset[str]
    victims: dict[str, str]
    table: dict[str, dict[str, Any]]

    def words(self, act: str, key: str) -> frozenset[str]:
        """The list `key` of one act, empty where the file has none."""
        return frozenset(self.table[act].get(key, ()))


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """cues_en.toml, indexed.  verbs: lemma to class; classes: class to its modality and polarity.
    wide: words of attitude and belief by what they take; adjectives: word to class; telling: nouns as in "by
    the army's account"; labels: words before a colon that name no speaker; turns: words in the labels of talk;
    put_in: verbs that are put into what they report.
    """

    verbs: dict[str, str]
    nouns: frozenset[str]
    alleged_nouns: frozenset[str]
    denied_nouns: frozenset[str]
    modality: dict[str, Modality]
    polarity: dict[str, str]
    hedges: dict[str, frozenset[str]]
    wide: dict[str, frozenset[str]]
    adjectives: dict[str, str]
    telling: frozenset[str]
    labels: frozenset[str]
    turns: dict[str, frozenset[str]]
    put_in: frozenset[str]


def _load(name: str) -> dict[str, Any]:
    return tomllib.loads(files("muster.extract").joinpath(name).read_text(encoding="utf-8"))


@cache
def acts() -> Acts:
    """The acts and the English words that name them."""
    table = _load("acts.toml")
    triggers: dict[str, list[Trigger]] = {}
    nouns: dict[str, str] = {}
    victims: dict[str, str] = {}
    for act, entry in table.items():
        for key in ("verbs", "suffer"):
            for phrase in entry.get(key, ()):
                verb, *rest = phrase.split()
                trigger = Trigger(act=act, verb=verb, rest=tuple(rest), suffer=key == "suffer")
                triggers.setdefault(verb, []).append(trigger)
        nouns |= {noun: act for noun in entry.get("nouns", ()) if " " not in noun}
        victims |= dict.fromkeys(entry.get("victims", ()), act)
    return Acts(
        codes=tuple(code for code in table if code != "obstruct"),
        triggers={verb: tuple(sorted(found, key=lambda t: -len(t.rest))) for verb, found in triggers.items()},
        nouns=nouns,
        vague_nouns=frozenset(table["attack"]["vague_nouns"]),
        victims=victims,
        table=table,
    )


@cache
def cues() -> Cues:
    """The words that attribute speech."""
    table = _load("cues_en.toml")
    classes = ("say", "allege", "deny", "doubt", "demand", "order", "offer", "threaten", "plan", "accuse")
    verbs: dict[str, str] = {}
    for name in classes:
        for verb in table[name]["verbs"]:
            verbs.setdefault(verb, name)
    return Cues(
        verbs=verbs,
        nouns=frozenset(table["nouns"]["words"]),
        alleged_nouns=frozenset(table["nouns"]["alleged"]),
        denied_nouns=frozenset(table["nouns"]["denied"]),
        modality={name: table[name].get("modality", "asserted") for name in classes},
        polarity={name: table[name].get("polarity", "affirmed") for name in classes},
        hedges={key: frozenset(value) for key, value in table["hedges"].items()},
        adjectives={word: name for name, words in table["adjectives"].items() for word in words},
        telling=frozenset(table["nouns"]["telling"]),
        labels=frozenset(table["labels"]["words"]),
        put_in=frozenset(table["say"]["put_in"]),
        turns={key: frozenset(value) for key, value in table["turns"].items()},
        wide={key: frozenset(value) for key, value in table["wide"].items()},
    )


@cache
def verbs() -> frozenset[str]:
    """All verbs that name an act or attribute speech."""
    return frozenset({*acts().triggers, *cues().verbs, *acts().words("attack", "doing")})


@cache
def nouns() -> dict[str, frozenset[str]]:
    """nouns_en.toml: class of noun to its lemmas."""
    return {key: frozenset(value) for key, value in _load("nouns_en.toml").items() if isinstance(value, list)}
