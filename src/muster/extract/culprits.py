"""Who the attackers were, what the deaths came of, and who had no part in them."""

from functools import cache

from muster.extract.clauses import clause
from muster.extract.event import Event
from muster.extract.parse import Doc, Token, agent, children, heads_people, is_passive, lemma, subject
from muster.extract.vocabulary import acts, nouns

_PARTS = frozenset({"part", "role", "hand", "involvement", "share"})
_DEATHS = frozenset({"death", "killing", "fatality", "casualty"})
_DEEDS = frozenset({"attack", "kill", "abduct", "detain", "damage_property", "disappear"})


def culprits(doc: Doc, known: list[Event]) -> list[Event]:
    """Events that a copula, a cause or a share in a deed tells of, unless they are known already."""
    found = []
    for verb in doc:
        if verb.pos_ not in ("VERB", "AUX"):
            continue
        told = _identified(verb) or _caused(verb) or _shared(verb)
        if told is None or any(e.act == told[0] and e.head == verb.i for e in known):
            continue
        act, who = told
        start, end = clause(verb)
        found.append(
            Event(
                act=act, head=verb.i, start=start, end=end, actor=None if who is None else who.i, certainty=0.6,
                unexplained=act == "kill" and who is None,
            )
        )  # fmt: skip
    return found


@cache
def _culprits() -> dict[str, str]:
    return {word: act for act in ("attack", "kill", "abduct") for word in acts().words(act, "culprits")}


def _identified(verb: Token) -> tuple[str, Token] | None:
    """ "The attackers were soldiers", "his killers were men of the militia", "the raid was the work of rebels"."""
    who, told = subject(verb), children(verb, "attr")
    if lemma(verb) != "be" or who is None or not told or not children(verb, "nsubj"):
        return None
    act = _culprits().get(lemma(who))
    definite = any(c.lower_ == "the" or c.dep_ == "poss" for c in who.lefts)
    if act is not None and definite and _is_party(told[0]):
        return act, told[0]
    if lemma(told[0]) in ("work", "doing", "handiwork"):
        by = [n for p in children(told[0], "prep") if p.lower_ == "of" for n in children(p, "pobj")]
        by += children(told[0], "poss")
        deed = acts().nouns.get(lemma(who))
        if by and deed in _DEEDS and _is_party(by[0]):
            return deed, by[0]
    return None


def _is_party(noun: Token) -> bool:
    if noun.pos_ in ("NUM", "PRON"):
        return False
    named = noun.ent_type_ in ("PERSON", "ORG", "NORP", "GPE")
    return heads_people(noun) or named or lemma(noun) in acts().words("attack", "armed") | nouns()["groups"]


def _caused(verb: Token) -> tuple[str, Token | None] | None:
    """ "The deaths resulted from a quarrel", "were caused by the guards", "were the result of a fire"."""
    who = subject(verb)
    if who is None or lemma(who) not in _DEATHS or who.tag_ not in ("NNS", "NN"):
        return None
    preposition = {p.lower_ for p in children(verb, "prep")}
    if lemma(verb) in ("result", "stem", "arise", "follow") and "from" in preposition:
        return "kill", None
    if lemma(verb) == "cause" and is_passive(verb) and agent(verb) is not None:
        by = agent(verb)
        return "kill", by if by is not None and _is_party(by) else None
    if lemma(verb) == "be" and any(lemma(a) in ("result", "due") for a in children(verb, "attr", "acomp")):
        return "kill", None
    return None


def _shared(verb: Token) -> tuple[str, Token] | None:
    """ "The troops had no part in the killings", "the guards had a hand in it"."""
    held = children(verb, "dobj")
    who = subject(verb)
    if lemma(verb) not in ("have", "play") or not held or lemma(held[0]) not in _PARTS or who is None:
        return None
    deeds = [n for p in (*children(verb, "prep"), *children(held[0], "prep")) for n in children(p, "pobj")]
    deeds = [n for n in deeds if n.head.lower_ == "in"]
    if not deeds or not _is_party(who):
        return None
    act = acts().nouns.get(lemma(deeds[0]))
    if deeds[0].pos_ == "PRON":
        told = [acts().nouns.get(lemma(t)) for t in verb.doc[: verb.i] if t.pos_ == "NOUN"]
        act = next((a for a in reversed(told) if a in _DEEDS), "attack")
    return (act, who) if act in _DEEDS else None
