"""Which act an event noun names, where it carries something."""

from muster.extract.doers import accusing
from muster.extract.parse import Token, children, heads_people, lemma
from muster.extract.senses import is_person, is_place
from muster.extract.vocabulary import acts, nouns


def noun_act(noun: Token) -> str | None:
    """The act that an event noun names, where it carries a place, a date, an actor, a target or a weapon."""
    base = lemma(noun)
    if base in ("attack", "clash", "shooting", "raid", "assault") and _exists(noun):
        return "attack"
    if base == "treatment" and {lemma(t) for t in noun.lefts} & acts().words("ill_treat", "adjectives"):
        return "ill_treat"
    act = acts().nouns.get(base) or ("attack" if base in acts().vague_nouns else None)
    if act is None or noun.pos_ not in ("NOUN", "PROPN") or noun.dep_ in ("compound", "amod", "nmod"):
        return None
    modifiers = {lemma(t) for t in noun.lefts}
    if modifiers & acts().words("attack", "exclude_nouns") and act == "attack":
        return "demonstrate" if "hunger" in modifiers else None
    if base == "strike" and not modifiers & (nouns()["weapons"] | {"air", "drone", "military"}):
        return "demonstrate" if modifiers & {"hunger", "general", "wildcat", "illegal", "miner", "worker"} else None
    act = "attack" if base == "strike" else act
    if base == "fire" and not modifiers & (
        nouns()["weapons"] | {"army", "police", "sniper", "artillery", "heavy", "live", "small-arm", "gun", "machine"}
    ):
        return None
    if act in ("attack", "transfer", "displace") and base not in acts().vague_nouns and is_carried_out(noun):
        return act
    verb = occurrence(noun)
    if act == "ill_treat" and (accusing(noun) is not None or signs(noun) is not None):
        return act  # "accused the guards of abuse", "bore signs of torture"
    if act is not None and cases(noun) is not None:
        return act
    carried = _carries(noun) + (0 if verb is None else 1 + _carries(verb))
    if base in acts().vague_nouns:
        return act if carried >= 2 or (carried and base in ("massacre",)) else None
    if act in (
        "attack",
        "detain",
        "transfer",
        "release",
        "displace",
        "interview_or_visit",
        "deny_access",
        "demonstrate",
        "abduct",
        "damage_property",
        "ill_treat",
        "disappear",
    ) or base in ("wounding", "maiming"):
        return act if carried else None
    return None


_SIGNS = frozenset({"sign", "mark", "trace", "scar"})
_CASES = frozenset({"case", "instance"})


def is_carried_out(noun: Token) -> bool:
    """ "Accused the militia of carrying out the raid", "the army launched the assault": it is told who did it."""
    verb = noun.head
    if noun.dep_ == "nsubjpass" and lemma(verb) == "carry":
        return True  # "transfers had been carried out"
    if (
        noun.dep_ != "dobj"
        or lemma(verb) not in acts().words("attack", "doing")
        or lemma(verb) in ("do", "make", "plan")
    ):
        return False
    return bool(children(verb, "nsubj")) or (verb.dep_ == "pcomp" and verb.head.lower_ == "of")


def signs(noun: Token) -> Token | None:
    """The "signs" of "signs of torture"."""
    return _of(noun, _SIGNS)


def cases(noun: Token) -> Token | None:
    """The "cases" of "17 cases of enforced disappearance"; None where nothing counts them."""
    over = _of(noun, _CASES)
    return over if over is not None and children(over, "nummod") else None


def _of(noun: Token, words: frozenset[str]) -> Token | None:
    over = noun.head.head
    return over if noun.dep_ == "pobj" and noun.head.lower_ == "of" and lemma(over) in words else None


def occurrence(noun: Token) -> Token | None:
    """The verb that says of an event noun that it was: "a raid took place at dawn", "clashes broke out"."""
    verb = noun.head
    if noun.dep_ != "nsubj" or verb.pos_ != "VERB":
        return None
    words = {lemma(verb), *(f"{lemma(verb)} {lemma(c)}" for c in children(verb, "prt", "dobj"))}
    bare = words if len(words) == 1 else words - {lemma(verb)}
    return verb if bare & acts().words("attack", "occurring") else None


def _exists(noun: Token) -> bool:
    """ "there was a deadly attack"."""
    return noun.dep_ in ("attr", "nsubj") and bool(children(noun.head, "expl")) and noun.head.pos_ in ("AUX", "VERB")


def _carries(noun: Token) -> int:
    """How many of place, date, actor, target a noun phrase tells."""
    n = 0
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in (
            "on",
            "against",
            "by",
            "at",
            "in",
            "of",
            "upon",
            "near",
            "from",
            "inside",
            "outside",
            "to",
            "between",
        ):
            n += sum(
                1
                for p in children(child, "pobj")
                if is_person(p) or is_place(p) or p.ent_type_ in ("DATE", "TIME") or p.pos_ in ("NUM", "PROPN")
            )
        elif (child.dep_ == "poss" and (child.ent_type_ or heads_people(child))) or (
            child.dep_ in ("compound", "amod", "nmod", "npadvmod") and child.ent_type_ in ("DATE", "TIME", "GPE")
        ):
            n += 1
    return n
