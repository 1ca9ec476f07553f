"""Who gives a number without a verb: "the residents say eleven, and the hospital six"."""

from dataclasses import dataclass

from muster.extract.parse import Doc, Token, lemma
from muster.extract.vocabulary import nouns

_NUMBERING = frozenset({"say", "count", "put", "report", "give", "claim", "list", "record", "estimate", "speak"})
_LINKS = frozenset({",", ";", "and", "but", "while", "whereas", "when"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Gap:
    """speaker, number: their head tokens; cue: the verb that is left out and said before; start: of the clause."""

    speaker: int
    cue: int
    start: int
    number: int


def gaps(doc: Doc) -> list[Gap]:
    """The numbers of a block that somebody gives behind another who gives one, with the verb said only once."""
    found = []
    for number in doc:
        if number.pos_ != "NUM" or number.i < 2 or not _ends(doc, number.i + 1):
            continue
        last = _speaker_before(doc, number.i)
        if last is None:
            continue
        start = last
        while start > number.sent.start and doc[start - 1].text not in _LINKS and number.i - start < 9:
            start -= 1
        linked = start > number.sent.start and doc[start - 1].lower_ in _LINKS
        cue = next((t for t in reversed(doc[number.sent.start : start]) if _numbers(t)), None)
        if linked and cue is not None and all(t.pos_ not in ("VERB", "AUX") for t in doc[start:last]):
            found.append(Gap(speaker=last, cue=cue.i, start=start, number=number.i))
    return found


def _ends(doc: Doc, at: int) -> bool:
    return at >= len(doc) or doc[at].text in (".", ",", ";", "!", ")") or doc[at].lower_ in ("and", "but")


def _speaker_before(doc: Doc, number: int) -> int | None:
    """The noun right before a number, or before "'s was" ("the ministry's was 288"), if it can speak."""
    at = number - 1
    if doc[at].lower_ in ("was", "is", "were") and doc[at - 1].tag_ == "POS":
        at -= 2
    elif doc[at].pos_ not in ("NOUN", "PROPN"):
        return None
    return at if at >= 0 and _speaks(doc[at]) else None


def _speaks(noun: Token) -> bool:
    words = nouns()
    known = words["groups"] | words["titles"] | words["people"] | words["wards"]
    return noun.ent_type_ in ("ORG", "PERSON", "GPE", "NORP") or lemma(noun) in known


def _numbers(verb: Token) -> bool:
    """Whether a verb gives a number itself."""
    return verb.pos_ == "VERB" and lemma(verb) in _NUMBERING and any(t.like_num for t in verb.subtree if t.i > verb.i)
